"""Every view by its name. Brings in torch, unlike the controls above it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from explorer.web.kit.frame import Frame
from explorer.web.pages.bidirectional.controls import Asked
from explorer.web.pages.bidirectional.guesses_view import show_fill
from explorer.web.pages.bidirectional.hmm_view import show_markov
from explorer.web.pages.bidirectional.misuse_view import show_misuse
from explorer.web.pages.bidirectional.models_view import show_cards
from explorer.web.pages.bidirectional.state_changes import show_moves
from explorer.web.pages.bidirectional.states_view import show_states
from explorer.web.shared.chapter import BY_PAGE
from explorer.web.shared.claims.view import show_claims


def _show_claims(frame: Frame) -> None:
    show_claims(frame, BY_PAGE["bidirectional"].number)


_OF_SENTENCE: Mapping[str, Callable[[Frame, Asked], None]] = MappingProxyType(
    {"fill": show_fill, "states": show_states, "moves": show_moves}
)
_OTHERS: Mapping[str, Callable[[Frame], None]] = MappingProxyType(
    {
        "markov": show_markov,
        "misuse": show_misuse,
        "claims": _show_claims,
        "models": show_cards,
    }
)


def show_of_sentence(frame: Frame, view: str, asked: Asked) -> None:
    """A view of the reader's sentence."""
    _OF_SENTENCE[view](frame, asked)


def show_view(frame: Frame, view: str) -> None:
    """A view that is of no sentence."""
    _OTHERS[view](frame)
