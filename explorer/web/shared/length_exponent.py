"""The exponent of the length by which hypotheses are ranked, asked for on more than one page."""

from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Decimal
from explorer.web.kit.widgets import number
from explorer.web.shared.parameters import ALPHA


def ask_alpha(frame: Frame, parameter: Decimal = ALPHA) -> float:
    """α, from 0 to 2."""
    return number(
        frame,
        _("Length exponent α"),
        parameter,
        step=0.05,
        width=190,
        help=_(
            "Hypotheses are ranked by log p / Lᵅ. Log-probabilities are negative, so a larger "
            "α favours long sentences; 0 ranks by log p alone."
        ),
    )
