"""9.7 Sequence to sequence: one translation, inspected token by token."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.translation import page
from explorer.web.pages.translation.parameters import PARAMETERS

this = navigation.open_page("translation", PARAMETERS)
st.title(_("Sequence to sequence"))
st.markdown(
    _(
        "Type an English sentence. A trained encoder reads it, and a decoder writes its "
        "translation from the encoder's last state alone, word by word, each with its probability."
    )
)
page.show(this)
this.close()
