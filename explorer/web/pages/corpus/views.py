"""The views of the corpus page."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.corpus"
_PAIRS = "pairs"

#: First what the network is given: it shows all that the other views are about, and needs no chart.
VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "minibatch": View(N_("A minibatch"), f"{_PAGE}.minibatch:show_minibatch", _PAIRS),
        "growth": View(N_("Vocabulary growth"), f"{_PAGE}.growth:show_growth", _PAIRS),
        "unknown": View(N_("Rare words"), f"{_PAGE}.unknown:show_unknown", _PAIRS),
        "lengths": View(N_("Sentence lengths"), f"{_PAGE}.lengths:show_lengths", _PAIRS),
        "padding": View(N_("Padding"), f"{_PAGE}.padding:show_padding", _PAIRS),
        "claims": CLAIMS_VIEW,
    }
)
