"""The exercises of the chapter, each with the view that answers it."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.exercises import page
from explorer.web.pages.exercises.parameters import PARAMETERS

this = navigation.open_page("exercises", PARAMETERS)
st.title(_("Exercises"))
st.markdown(
    _(
        "The 29 exercises of sections 9.1 to 9.8 in version 0.17 of *Dive into Deep "
        "Learning*, in our own words. Version 1.0, where the chapter is number 10, has "
        "28 of them: 9.3.1 is gone. Each link opens a view that answers the question, "
        "already set up."
    )
)
page.show(this)
this.close()
