"""Yours: what a reader's own model did, from a file that it wrote."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.yours import page
from explorer.web.pages.yours.parameters import PARAMETERS

this = navigation.open_page("yours", PARAMETERS)
st.title(_("Yours"))
st.markdown(_("What the gates of your own model did, on your own inputs."))
page.show(this)
this.close()
