"""The views of the translation page."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.translation"
_MADE = "translation"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "moved": View(N_("Named units"), f"{_PAGE}.moved_units:show_moved", _MADE),
        "gates": View(N_("Gates and states"), f"{_PAGE}.gate_timeline:show_gates", _MADE),
        "words": View(N_("Source words"), f"{_PAGE}.attribution_view:show_words", _MADE),
        "change": View(N_("Effect of the change"), f"{_PAGE}.difference:show_difference", _MADE),
        "diagnosis": View(N_("Diagnosis"), f"{_PAGE}.diagnosis_view:show_diagnosis", _MADE),
        "forcing": View(N_("Teacher forcing"), f"{_PAGE}.teacher_forcing:show_forcing", _MADE),
        "padding": View(N_("Padding and the mask"), f"{_PAGE}.padding:show_padding", _MADE),
        "model": View(N_("The model"), f"{_PAGE}.model_card:show_card", "model"),
        "claims": CLAIMS_VIEW,
    }
)
OLDER = MappingProxyType({"reference": "diagnosis"})
"""What links may call a view besides."""
