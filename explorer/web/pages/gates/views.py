"""The views of the pages on gates."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.gates"
#: What a view needs: the text as the model reads it, and that the text stands above the view, too.
READ, TEXT = "reading", "text"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "units": View(N_("Step by step"), f"{_PAGE}.step_view:show_steps", READ, alone=True),
        "unit": View(N_("What a unit does"), f"{_PAGE}.held_unit:show_unit", TEXT, alone=True),
        "match": View(N_("Select and match"), f"{_PAGE}.match_view:show_match", TEXT, alone=True),
        "texts": View(N_("Two texts"), f"{_PAGE}.two_texts_view:show_two_texts", TEXT, alone=True),
        "what-if": View(N_("What if"), f"{_PAGE}.what_if:show_what_if", TEXT, alone=True),
        "lines": View(N_("Single units"), f"{_PAGE}.text_views:show_unit", TEXT, alone=True),
        "saturation": View(N_("Saturation"), f"{_PAGE}.text_views:show_shares", TEXT),
        "claims": CLAIMS_VIEW,
        "model": View(N_("The model and its files"), f"{_PAGE}.card:show_model", "model"),
        "heatmaps": View(N_("All units"), f"{_PAGE}.text_views:show_units", TEXT),
    }
)
#: What a change makes of the guesses after the chosen step, a part of its view.
GUESSES = "guesses"
#: The parts of the views below the text that are drawn again with every other step.
BY_STEP: Mapping[str, tuple[str, ...]] = MappingProxyType({"what-if": (GUESSES,)})
#: What is part of another view now, by the names that links have for it.
OLDER: Mapping[str, str] = MappingProxyType({"equation": "units", "download": "model"})
