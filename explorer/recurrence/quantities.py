"""The names of everything a trace holds, cell by cell; knows nothing of torch or of any array."""

from explorer.locale import N_

DIMS = ("layer", "direction", "batch", "step", "unit")

QUANTITIES: dict[str, tuple[str, ...]] = {
    "rnn": ("hidden",),
    "gru": ("reset", "update", "candidate", "hidden"),
    "lstm": ("input", "forget", "output", "candidate", "memory", "hidden"),
}

# Gates lie between 0 and 1 and decide how much passes; the other quantities are what passes.
GATES: dict[str, tuple[str, ...]] = {
    "rnn": (),
    "gru": ("reset", "update"),
    "lstm": ("input", "forget", "output"),
}

# The gate that multiplies what a unit held one step before.
RETAINING: dict[str, str] = {"gru": "update", "lstm": "forget"}

# Said in the reader's language where they are shown.
LONG_NAMES: dict[str, str] = {
    "reset": N_("reset gate"),
    "update": N_("update gate"),
    "input": N_("input gate"),
    "forget": N_("forget gate"),
    "output": N_("output gate"),
    "candidate": N_("candidate"),
    "memory": N_("memory cell"),
    "hidden": N_("hidden state"),
}
