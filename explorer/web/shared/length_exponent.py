"""The exponent of the length by which hypotheses are ranked, asked for on more than one page."""

from collections.abc import Callable

import streamlit as st

from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _

_LOWEST, _HIGHEST = 0.0, 2.0


def ask_alpha(frame: Frame, *, default: float, changed: Callable[[], None] = lambda: None) -> float:
    """α, from 0 to 2.

    Args:
        frame: The page's frame.
        default: Where the address says nothing.
        changed: Called when the reader changes it.
    """
    return st.number_input(
        _("Length exponent α"),
        _LOWEST,
        _HIGHEST,
        step=0.05,
        key=frame.address.decimal("alpha", default, _LOWEST, _HIGHEST),
        on_change=changed,
        width=190,
        help=_(
            "Hypotheses are ranked by log p / Lᵅ. Log-probabilities are negative, so a larger "
            "α favours long sentences; 0 ranks by log p alone."
        ),
    )
