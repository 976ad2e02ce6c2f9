"""The views of the page on recordings."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View

_PAGE = "explorer.web.pages.yours"
#: What every view needs: a part of a recording, and what the reader looks at of it.
PART = "part"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "units": View(N_("Step by step"), f"{_PAGE}.part_views:show_steps", PART, alone=True),
        "unit": View(N_("Single units"), f"{_PAGE}.part_views:show_unit", PART, alone=True),
        "heatmaps": View(N_("All units"), f"{_PAGE}.part_views:show_units", PART),
        "saturation": View(N_("Saturation"), f"{_PAGE}.part_views:show_shares", PART),
        "two": View(N_("Two recordings"), f"{_PAGE}.two_view:show_two", PART, alone=True),
    }
)
