"""9.5 Machine translation and its data: sentence pairs on their way to a model."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.corpus import page
from explorer.web.pages.corpus.parameters import PARAMETERS

this = navigation.open_page("corpus", PARAMETERS)
st.title(_("Machine translation and its data"))
st.markdown(
    _(
        "A translation model learns from sentence pairs. Before training, words become "
        "vocabularies, rare words become `<unk>`, and sentences of many lengths become "
        "matrices of one shape."
    )
)
page.show(this)
this.close()
