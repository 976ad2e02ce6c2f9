"""What the page can show, by the names in its address. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.locale import N_

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "fill": N_("Fill in the blank"),
        "states": N_("States of both directions"),
        "moves": N_("Change a word"),
        "markov": N_("Forward–backward"),
        "misuse": N_("The next word"),
        "claims": N_("Claims"),
        "models": N_("The models"),
    }
)
OF_A_SENTENCE = frozenset({"fill", "states", "moves"})
"""The views that are of the reader's sentence."""
