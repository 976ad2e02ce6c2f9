"""The way to a translation's diagnosis, which the translation page gives. Brings in no torch."""

from collections.abc import Mapping

import streamlit as st

from explorer.web.kit.carried import carried
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import Asked
from explorer.web.pages.search.searchable_models import subjects

_PAGE = "pages/translation.py"
_NAMES = {
    "of": "model",
    "text": "text",
    "width": "beam",
    "alpha": "alpha",
    "reference": "reference",
}
"""What the two pages call the same parameter."""


def follow_old_link() -> None:
    """Opens the diagnosis where the address asks for the verdict, which is part of it."""
    given = st.query_params.to_dict()
    if given.get("show") == "verdict" and subjects().get(given.get("of", "")) == "translation":
        st.switch_page(_PAGE, query_params=_there(given))


def link_to_diagnosis(asked: Asked) -> None:
    """A link that asks what is wrong with the beam's translation."""
    rules = {"width": str(asked.rules.width), "alpha": str(asked.rules.alpha)}
    st.page_link(
        _PAGE,
        label=_("Diagnose this translation"),
        icon=":material/stethoscope:",
        query_params=_there({"of": asked.subject, "text": asked.text, **rules}),
    )


def _there(given: Mapping[str, str]) -> dict[str, str]:
    own = {there: given[here] for here, there in _NAMES.items() if here in given}
    return {**carried(), **own, "show": "diagnosis"}
