"""9.6 Encoder–decoder: sentences of any length as states of one shape."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.encoder_decoder import page
from explorer.web.pages.encoder_decoder.parameters import PARAMETERS

this = navigation.open_page("encoder_decoder", PARAMETERS)
st.title(_("Encoder–decoder"))
st.markdown(
    _(
        "Any sentence in, the same shape out: the encoder reads a sentence of any "
        "length, and its last state, of fixed size, is all that the decoder knows about "
        "it."
    )
)
page.show(this)
this.close()
