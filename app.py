"""Gatescope: ``streamlit run app.py``. The start page is pages/start.py."""

import streamlit as st

from explorer.web import frame
from explorer.web.models import warming_up

# The server imports this file once and finds its application here, …
app = st.App("app.py", lifespan=warming_up)

# … and runs it as a script for every view.
if __name__ == "__main__":
    frame.navigate()
