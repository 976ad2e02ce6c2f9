"""What the page shows. Brings in torch, unlike the controls above it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.bidirectional.ask import Asked
from explorer.web.bidirectional.cards import show_cards
from explorer.web.bidirectional.fill import show_fill
from explorer.web.bidirectional.markov import show_markov
from explorer.web.bidirectional.misuse import show_misuse
from explorer.web.bidirectional.moves import show_moves
from explorer.web.bidirectional.states import show_states
from explorer.web.chapter import BY_PAGE
from explorer.web.choice import choose
from explorer.web.experiments.claims import show_claims
from explorer.web.frame import Frame


def _show_claims(frame: Frame, asked: Asked) -> None:
    show_claims(frame, BY_PAGE["bidirectional"].number)


VIEWS: Mapping[str, tuple[str, Callable[[Frame, Asked], None]]] = MappingProxyType(
    {
        "fill": (N_("Fill in the blank"), show_fill),
        "states": (N_("States of both directions"), show_states),
        "moves": (N_("Change a word"), show_moves),
        "markov": (N_("Forward–backward"), show_markov),
        "misuse": (N_("The next word"), show_misuse),
        "claims": (
            N_("Claims"),
            lambda frame, asked: show_claims(frame, BY_PAGE["bidirectional"].number),
        ),
        "models": (N_("The models"), show_cards),
    }
)


def show_views(frame: Frame, asked: Asked) -> None:
    """The view that the reader chose."""
    _ = frame.translate
    shown = {name: _(title) for name, (title, _view) in VIEWS.items()}
    chosen = choose(frame, _("Show"), "show", shown, default="fill")
    VIEWS[chosen][1](frame, asked)
