"""9.2 Long short-term memory: the gates and the memory of a trained LSTM on the reader's text."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.gates import page
from explorer.web.pages.gates.parameters import PARAMETERS

this = navigation.open_page("lstm", PARAMETERS)
st.title(_("Long short-term memory (LSTM)"))
st.markdown(
    _(
        "The *input gate* lets the candidate into the memory cell, the *forget gate* keeps what "
        "is in it, and the *output gate* lets it out."
    )
)
page.show(this, "lstm")
this.close()
