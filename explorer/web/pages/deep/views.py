"""The views of the page on depth."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.deep"
_TEXT = "text"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "grid": View(N_("Layers and steps"), f"{_PAGE}.layer_grid:show_grid", _TEXT),
        "chosen": View(N_("Chosen units"), f"{_PAGE}.unit_views:show_layers", _TEXT),
        "unit": View(N_("What a unit does"), f"{_PAGE}.unit_views:show_one", _TEXT),
        "units": View(N_("All units"), f"{_PAGE}.layer_pictures:show_units", _TEXT),
        "memory": View(N_("Memory"), f"{_PAGE}.layer_memory:show_memory", _TEXT),
        "training": View(
            N_("Training laboratory"), f"{_PAGE}.laboratory:show_laboratory", "experiment"
        ),
        "claims": CLAIMS_VIEW,
    }
)
