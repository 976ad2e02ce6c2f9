"""The start page: a result that is already there, and the map of the chapter."""

import streamlit as st

from explorer.web import navigation
from explorer.web.components.class_entry import class_entry
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.i18n import _
from explorer.web.pages.start.chapter_map import show_map
from explorer.web.pages.start.first_picture import show_first_picture
from explorer.web.pages.start.invitation import invite
from explorer.web.pages.start.parameters import PARAMETERS
from explorer.web.tours.offer import offer_own_tour
from explorer.web.warming_up import import_torch_soon

this = navigation.open_page("start", PARAMETERS)
st.title("Gatescope")
st.markdown(_("Watch the gates of recurrent networks work, character by character, on any text."))
invite()
offer_own_tour()
with readable_errors():
    show_first_picture(this)
st.header(_("The chapter, section by section"))
show_map()
st.header(_("With a class"))
class_entry()
this.close()
import_torch_soon()
