"""Gatescope: ``streamlit run app.py``. The start page is pages/start.py."""

import streamlit as st
from starlette.middleware import Middleware

from explorer.web import navigation
from explorer.web.page_parameters import page_parameters
from explorer.web.serving.class_endpoint import InStep
from explorer.web.serving.first_script import FirstScript
from explorer.web.serving.guard import Guard
from explorer.web.serving.kept_messages import KeptMessages
from explorer.web.warming_up import warming_up

# The server imports this file once and finds its application here, …
app = st.App(
    "app.py",
    lifespan=warming_up,
    middleware=[
        Middleware(Guard),
        Middleware(FirstScript, pages=navigation.PATHS),
        Middleware(InStep, pages=page_parameters, titles=navigation.TITLES),
        Middleware(KeptMessages),
    ],
)

# … and runs it as a script for every view.
if __name__ == "__main__":
    navigation.navigate()
