"""9.8 Beam search: every search on one question, as trees that play."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.search import page
from explorer.web.pages.search.parameters import PARAMETERS

this = navigation.open_page("search", PARAMETERS)
st.title(_("Beam search"))
st.markdown(
    _(
        "A model gives every possible next word a probability; a search builds a "
        "sentence from them. Watch greedy, beam, exhaustive and exact search work on the "
        "same problem, and compare what they find with what they cost."
    )
)
page.show(this)
this.close()
