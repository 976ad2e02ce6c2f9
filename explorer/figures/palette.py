"""One colour and one line pattern per quantity, the same in every figure.

The gates have hues of Okabe and Ito's palette for colour-blind readers (2008); the others were
chosen so that no two quantities of a cell come near each other under any of the three kinds of
colour blindness, and all stand out on white and on black. Patterns tell lines apart without colour.
"""

import numpy as np

from explorer.recurrence.quantities import GATES as _GATES_OF

COLOURS = {
    "reset": "#D55E00",
    "update": "#0072B2",
    "input": "#009E73",
    "forget": "#E69F00",
    "output": "#56B4E9",
    "candidate": "#E694C2",
    "memory": "#946CDA",
    "hidden": "#838C95",
}
_TOLD_APART = 98
#: Where a signed quantity is below zero.
NEGATIVE = "#A65628"

#: Of text on a chart by plotly: nearly black. On Streamlit's pages it stands for the grey that is
#: nearest to the page's text, light on dark (``streamlit_plotly_theme.GRAY_90``).
INK = "#000037"

#: Lengths of dash and gap, pixels.
DASHES = {
    "reset": [6, 3],
    "update": [12, 3],
    "input": [2, 2],
    "forget": [8, 3],
    "output": [12, 3, 2, 3],
    "candidate": [4, 2, 1, 2],
    "memory": [14, 2],
    "hidden": [1, 0],
}

#: What a token is, a corpus's two sides, and ways to make batches: each group in charts of its own.
CORPUS_COLOURS = {
    "word": "#0072B2",
    "piece": "#D55E00",
    "character": "#009E73",
    "source": "#8A6FDF",
    "target": "#E69F00",
    "fixed": "#808080",
    "random": "#D98CB3",
    "bucketed": "#56B4E9",
}
CORPUS_DASHES = {
    "word": [1, 0],
    "piece": [8, 3],
    "character": [2, 2],
    "source": [1, 0],
    "target": [8, 3],
    "fixed": [2, 2],
    "random": [1, 0],
    "bucketed": [8, 3],
}

#: Kinds of network beside each other.
CELL_COLOURS = {"rnn": "#808080", "gru": "#B8439B", "lstm": "#117A4B"}

#: What belongs to no quantity and to no kind of network: seen on light and dark pages alike.
NEUTRAL = "#838C95"

#: Gates lie between 0 and 1; the other quantities have a sign.
GATES = frozenset(gate for gates in _GATES_OF.values() for gate in gates)


def colour_of(quantity: str) -> str:
    """The colour of a quantity, also of one that the book does not have."""
    return COLOURS.get(quantity, NEUTRAL)


def transparent(colour: str) -> str:
    """The colour at no opacity, so that a scale begins at whatever the page's background is."""
    return _at_opacity(colour, 0)


def tinted(colour: str) -> str:
    """The colour as a tint of the page, light or dark, on which the page's text stands out."""
    return _at_opacity(colour, 0.6)


def _at_opacity(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def scale(quantity: str, *, signed: bool) -> list[tuple[float, str]]:
    """A plotly colour scale: from nothing to the quantity's colour, or diverging about zero."""
    colour = colour_of(quantity)
    if not signed:
        return [(0.0, transparent(colour)), (1.0, colour)]
    return [(0.0, NEGATIVE), (0.5, transparent(colour)), (1.0, colour)]


def reach(quantity: str, values: np.ndarray) -> float:
    """The value at which a quantity's colour is full.

    Gates end at 1. States are unbounded in an LSTM's memory, where one unit may count to forty
    while the others stay near one: 98 of 100 values are told apart, the rest are at full colour.
    """
    if quantity in GATES:
        return 1.0
    return max(1.0, float(np.nanpercentile(np.abs(values), _TOLD_APART)))
