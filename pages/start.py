"""The start page: a result that is already there, and the map of the chapter."""

import streamlit as st

from explorer.web import frame
from explorer.web.map import show_map
from explorer.web.models import import_torch_soon
from explorer.web.start import show_opening

this = frame.open_page("start")
_ = this.translate
st.title("Gatescope")
st.markdown(
    _(
        "Watch the gates of recurrent networks work, character by character, on any text. "
        "Below, a trained GRU reads a sentence: press ▶ or choose a character."
    )
)
with frame.readable_errors(_):
    show_opening(this)
st.header(_("The chapter, section by section"))
show_map(this)
this.close()
import_torch_soon()
