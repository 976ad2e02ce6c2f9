"""The views of the search page."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.search"
_SEARCHES = "searches"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "prefix": View(N_("The chosen prefix"), f"{_PAGE}.prefix_view:show_prefix", _SEARCHES),
        "bill": View(N_("Cost"), f"{_PAGE}.costs:show_bill", _SEARCHES),
        "rank": View(N_("Another α"), f"{_PAGE}.reranking:show_reranking", _SEARCHES),
        "widths": View(N_("Beam widths"), f"{_PAGE}.widths:show_widths", _SEARCHES),
        "chance": View(N_("Sampling"), f"{_PAGE}.sampling_view:show_chance", _SEARCHES),
        "open": View(N_("Open a search"), f"{_PAGE}.open_view:show_opened"),
        "claims": CLAIMS_VIEW,
    }
)
