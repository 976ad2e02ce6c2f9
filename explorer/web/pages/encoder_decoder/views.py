"""The views of the page on encoder and decoder."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.encoder_decoder"
_READ = "sentences"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "map": View(N_("Sentence map"), f"{_PAGE}.sentence_map:show_map", _READ),
        "line": View(N_("Interpolation"), f"{_PAGE}.interpolation:show_line", _READ),
        "shape": View(N_("One shape"), f"{_PAGE}.one_shape:show_shape", _READ),
        "way": View(N_("Word by word"), f"{_PAGE}.state_path:show_way", _READ),
        "length": View(N_("BLEU and length"), f"{_PAGE}.bleu_by_length:show_length", "model"),
        "claims": CLAIMS_VIEW,
    }
)
