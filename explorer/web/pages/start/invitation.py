"""The way into the first tour."""

import streamlit as st

from explorer.web.kit.carried import TOUR, to_tour
from explorer.web.kit.i18n import _

_FIRST = "gru"


def invite() -> None:
    """A link to the first tour, unless one is being taken."""
    if TOUR.chosen is None:
        st.page_link(
            "pages/start.py",
            label=_("**New here? Take the tour**: what a gate is for, in six minutes"),
            icon=":material/signpost:",
            query_params=to_tour(_FIRST),
        )
