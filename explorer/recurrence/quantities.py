"""The names of everything that a trace holds, cell by cell."""

from explorer.locale import N_

DIMS = ("layer", "direction", "batch", "step", "unit")
#: What stands in place of "unit" in the hidden state of an LSTM that projects it (``proj_size``):
#: the numbers of a projection are sums over all units, and fewer.
PROJECTED = "projected_unit"

QUANTITIES: dict[str, tuple[str, ...]] = {
    "rnn": ("hidden",),
    "gru": ("reset", "update", "candidate", "hidden"),
    "gru-book": ("reset", "update", "candidate", "hidden"),
    "lstm": ("input", "forget", "output", "candidate", "memory", "hidden"),
}

# Gates lie between 0 and 1 and decide how much passes; the other quantities are what passes.
GATES: dict[str, tuple[str, ...]] = {
    "rnn": (),
    "gru": ("reset", "update"),
    "gru-book": ("reset", "update"),
    "lstm": ("input", "forget", "output"),
}

# The gate that multiplies what a unit held one step before.
RETAINING: dict[str, str] = {"gru": "update", "gru-book": "update", "lstm": "forget"}

# To be translated where they are shown.
_NAMES: dict[str, str] = {
    "reset": N_("reset gate"),
    "update": N_("update gate"),
    "input": N_("input gate"),
    "forget": N_("forget gate"),
    "output": N_("output gate"),
    "memory": N_("memory cell"),
    "hidden": N_("hidden state"),
}
_CANDIDATES: dict[str, str] = {
    "gru": N_("candidate hidden state"),
    "gru-book": N_("candidate hidden state"),
    "lstm": N_("candidate memory cell"),
}


def add(
    cell: str,
    names: tuple[str, ...],
    states: tuple[str, ...],
    gates: tuple[str, ...],
    retaining: str | None,
) -> None:
    """Takes in a cell that a user described, or another description of it."""
    QUANTITIES[cell], GATES[cell] = names, gates
    RETAINING.pop(cell, None)
    if retaining is not None:
        RETAINING[cell] = retaining
    _CANDIDATES[cell] = _CANDIDATES["lstm" if "memory" in states else "gru"]


def long_name(cell: str, quantity: str) -> str:
    """What the book calls a quantity of a cell, in English, to be translated where it is shown.

    Its name, where the book has no other.

    Raises:
        KeyError: There is no such cell.
    """
    return _CANDIDATES[cell] if quantity == "candidate" else _NAMES.get(quantity, quantity)
