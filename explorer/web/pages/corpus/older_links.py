"""What a link means that names no view: once the page had none, and such links are out there."""

from typing import Any

import streamlit as st

from explorer.web.kit.frame import Frame
from explorer.web.kit.parameters import Parameter
from explorer.web.pages.corpus.parameters import (
    AXES,
    MINIMUM,
    PIECES,
    SEED,
    SHOW,
    SIZE,
    STEPS,
    WRITTEN_AS,
)
from explorer.web.shared.claims.parameters import CLAIM

_SPEAKS_OF: dict[Parameter[Any], str] = {
    **dict.fromkeys((STEPS, SIZE, SEED, WRITTEN_AS), SHOW.default),
    **dict.fromkeys((AXES, PIECES), "growth"),
    MINIMUM: "unknown",
}


def meant_by(frame: Frame) -> str:
    """The view of which the page's parameters speak; an address that opens another names it."""
    if CLAIM.name in st.query_params:
        return "claims"
    of = frame.address.value
    return next((view for p, view in _SPEAKS_OF.items() if of(p) != p.default), SHOW.default)
