"""9.3 Deep recurrent networks: several layers on a text, and what training them takes."""

import streamlit as st

from explorer.web import navigation
from explorer.web.kit.i18n import _
from explorer.web.pages.deep import page
from explorer.web.pages.deep.parameters import PARAMETERS

this = navigation.open_page("deep", PARAMETERS)
st.title(_("Deep recurrent networks"))
st.markdown(
    _(
        "Each layer passes its state to its own next step, and to the layer above at the "
        "same step. See both flows on a text of your own, what each layer remembers, and "
        "what it takes to train several layers."
    )
)
page.show(this)
this.close()
