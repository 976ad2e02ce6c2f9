"""9.1 Gated recurrent unit: the gates of a trained GRU on the reader's own text."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.gates import page
from explorer.web.pages.gates.parameters import PARAMETERS

this = navigation.open_page("gru", PARAMETERS)
st.title(_("Gated recurrent unit (GRU)"))
st.markdown(
    _(
        "The *reset gate* decides how much of the old state the candidate may use; the *update "
        "gate*, how much of the old state is kept."
    )
)
page.show(this, "gru")
this.close()
