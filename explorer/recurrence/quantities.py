"""The names of everything a trace holds, cell by cell; knows nothing of torch or of any array."""

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

LONG_NAMES: dict[str, str] = {
    "reset": "reset gate",
    "update": "update gate",
    "input": "input gate",
    "forget": "forget gate",
    "output": "output gate",
    "candidate": "candidate",
    "memory": "memory cell internal state",
    "hidden": "hidden state",
}
