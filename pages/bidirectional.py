"""9.4 Bidirectional recurrent networks: a missing word, from one side and from both."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.bidirectional import page
from explorer.web.pages.bidirectional.parameters import PARAMETERS

this = navigation.open_page("bidirectional", PARAMETERS)
st.title(_("Bidirectional recurrent networks"))
st.markdown(
    _(
        "Blank out a word of a sentence. One model reads what comes before it, one what "
        "comes after it, and one reads both: see what each fills in."
    )
)
page.show(this)
this.close()
