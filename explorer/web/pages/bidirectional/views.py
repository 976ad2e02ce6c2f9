"""The views of the bidirectional page."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.views import View
from explorer.web.shared.claims.parameters import CLAIMS_VIEW

_PAGE = "explorer.web.pages.bidirectional"
_OF_SENTENCE = "sentence"

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "fill": View(N_("Fill in the blank"), f"{_PAGE}.guesses_view:show_fill", _OF_SENTENCE),
        "moves": View(N_("Change a word"), f"{_PAGE}.state_changes:show_moves", _OF_SENTENCE),
        "states": View(
            N_("States of both directions"), f"{_PAGE}.states_view:show_states", _OF_SENTENCE
        ),
        "markov": View(N_("Forward–backward"), f"{_PAGE}.hmm_view:show_markov"),
        "misuse": View(N_("The next word"), f"{_PAGE}.misuse_view:show_misuse"),
        "claims": CLAIMS_VIEW,
        "models": View(N_("The models"), f"{_PAGE}.models_view:show_cards"),
    }
)
