"""One colour and one line pattern per quantity, the same in every figure.

The hues are those of Okabe and Ito's palette for colour-blind readers (2008) where they stand out
on white and on black alike; the pattern tells lines apart where colour does not.
"""

from explorer.recurrence.quantities import GATES as _GATES_OF

COLOURS = {
    "reset": "#D55E00",
    "update": "#0072B2",
    "input": "#009E73",
    "forget": "#E69F00",
    "output": "#56B4E9",
    "candidate": "#CC79A7",
    "memory": "#8A6FDF",
    "hidden": "#64748B",
}
#: Where a signed quantity is below zero.
NEGATIVE = "#A65628"

#: Lengths of dash and gap, pixels.
DASHES = {
    "reset": [6, 3],
    "update": [1, 0],
    "input": [2, 2],
    "forget": [8, 3],
    "output": [1, 0],
    "candidate": [4, 2, 1, 2],
    "memory": [10, 3],
    "hidden": [1, 0],
}

#: Gates lie between 0 and 1; the other quantities have a sign.
GATES = frozenset(gate for gates in _GATES_OF.values() for gate in gates)


def transparent(colour: str) -> str:
    """The colour at no opacity, so that a scale begins at whatever the page's background is."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0)"


def scale(quantity: str) -> list[tuple[float, str]]:
    """A plotly colour scale: from nothing to the gate's colour, or diverging about zero."""
    colour = COLOURS[quantity]
    if quantity in GATES:
        return [(0.0, transparent(colour)), (1.0, colour)]
    return [(0.0, NEGATIVE), (0.5, transparent(colour)), (1.0, colour)]
