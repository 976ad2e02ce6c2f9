"""The cell's equations, term by term, in three conventions, and one unit's numbers in each.

A term is named as what it is worth is named in the cell's diagram (``cell_values.js``): so the
equation and the diagram show the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.figures.palette import COLOURS
from explorer.recurrence.unit_terms import UnitActivations

CONVENTIONS = ("book", "pytorch", "paper")

Symbol = tuple[tuple[str, str], ...]
"""Letters with their indices: ``(("X", "t"), ("W", "xz"))`` is X_t W_xz."""


@dataclass(frozen=True)
class Term:
    """A term of an equation, or what stands between two.

    Attributes:
        symbol: What it is; for what stands between terms one text without an index.
        value: The name of what it is worth; empty if that is no number.
        lights: The name of what it is in the diagram; of a product sign the product's.
        colour: Of its quantity, as a CSS hexadecimal colour; empty if it has none.
    """

    symbol: Symbol
    value: str = ""
    lights: str = ""
    colour: str = ""


Line = tuple[Term, ...]
"""An equation: what it gives, and what that is made of."""


def equations(cell: str, convention: str) -> tuple[Line, ...]:
    """A GRU's equations 9.1.1 to 9.1.3, or an LSTM's 9.2.1 to 9.2.4.

    ``book`` multiplies a GRU's state by the reset gate before the matrix product, ``pytorch``
    after it, and has two biases where the others have their sum. ``paper`` is for a GRU Chung et
    al. (2014), who do as the book, and weigh the new candidate by the update gate where the other
    two weigh the old state; for an LSTM Hochreiter and Schmidhuber (1997), who have no forget gate.

    Args:
        cell: "gru", in whichever order its model was trained, or "lstm".
        convention: One of ``CONVENTIONS``.
    """
    return (_lstm if cell == "lstm" else _gru)(convention)


def diagram(cell: str, convention: str) -> str:
    """Which diagram shows these equations."""
    if cell == "lstm":
        return "lstm-paper" if convention == "paper" else "lstm"
    return {"book": "gru-book", "pytorch": "gru", "paper": "gru-paper"}[convention]


def in_convention(unit: UnitActivations, convention: str) -> UnitActivations:
    """One unit as these equations compute it from the traced gates and the states before.

    Args:
        unit: Without interventions.
        convention: One of ``CONVENTIONS``.

    Returns:
        The unit, its candidate and states as this convention gives them with the same weights.
    """
    return (_lstm_values if unit.gated_state is None else _gru_values)(unit, convention)


def _gru_values(unit: UnitActivations, convention: str) -> UnitActivations:
    r, z, before = unit.values["reset"], unit.values["update"], unit.previous["hidden"]
    name = "candidate"
    if convention == "pytorch":
        state = r * (unit.state[name] + unit.state_bias[name])
        n = np.tanh(unit.input[name] + unit.input_bias[name] + state)
    else:
        n = np.tanh(unit.input[name] + unit.gated_state + unit.bias(name))
    made = {**unit.values, name: n, "hidden": z * before + (1 - z) * n}
    if convention != "paper":
        return replace(unit, values=made)
    # 1 − σ(a) = σ(−a): the gate of the same weights with their signs turned.
    return replace(
        unit,
        values=made | {"update": 1 - z},
        input={**unit.input, "update": -unit.input["update"]},
        state={**unit.state, "update": -unit.state["update"]},
        input_bias={**unit.input_bias, "update": -unit.input_bias["update"]},
        state_bias={**unit.state_bias, "update": -unit.state_bias["update"]},
    )


def _lstm_values(unit: UnitActivations, convention: str) -> UnitActivations:
    at = unit.values
    kept = unit.previous["memory"]
    if convention != "paper":
        kept = at["forget"] * kept
    memory = kept + at["input"] * at["candidate"]
    return replace(unit, values={**at, "memory": memory, "hidden": at["output"] * np.tanh(memory)})


def _gru(convention: str) -> tuple[Line, ...]:
    split, paper = convention == "pytorch", convention == "paper"
    R, Z, N, H = (_quantity(*of) for of in _GRU)
    before = _state("H", "hidden")
    inside: Line
    if split:
        inside = (
            *(_term("X_t W_xh", "input candidate"), _plus(), _bias("candidate", "xh", "input ")),
            *(_plus(), R, _times("gated candidate"), _between("(")),
            *(_term("H_t−1 W_hh", "state candidate"), _plus()),
            *(_bias("candidate", "hh", "state "), _between(")")),
        )
    else:
        inside = (
            *(_term("X_t W_xh", "input candidate"), _plus()),
            *(_term("(R_t ⊙ H_t−1) W_hh", "gated candidate"), _plus()),
            _bias("candidate", "h"),
        )
    rest = replace(_term("(1 − Z_t)", "rest"), lights="update", colour=COLOURS["update"])
    keeps, takes = (rest, Z) if paper else (Z, rest)
    return (
        _gate(R, "r", "reset", split=split),
        _gate(Z, "z", "update", split=split),
        (N, _between("= tanh("), *inside, _between(")")),
        (H, _between("="), keeps, _times("kept"), before, _plus(), takes, _times("new"), N),
    )


def _lstm(convention: str) -> tuple[Line, ...]:
    split, paper = convention == "pytorch", convention == "paper"
    gates, (N, C, H) = [_quantity(*of) for of in _LSTM[:3]], [_quantity(*of) for of in _LSTM[3:]]
    I, F, O = gates  # noqa: E741 (the book's letters)
    before = _state("C", "memory")
    kept = (before,) if paper else (F, _times("kept"), before)
    names = {"i": (I, "input"), "f": (F, "forget"), "o": (O, "output")}
    shown = {letter: of for letter, of in names.items() if letter != "f" or not paper}
    return (
        *(_gate(gate, letter, name, split=split) for letter, (gate, name) in shown.items()),
        _affine(N, "tanh", "c", "candidate", split=split),
        (C, _between("="), *kept, _plus(), I, _times("new"), N),
        (H, _between("="), O, _times("hidden"), _term("tanh(C_t)", "squashed")),
    )


_GRU = (("R", "reset"), ("Z", "update"), ("H̃", "candidate"), ("H", "hidden"))
_LSTM = (
    *(("I", "input"), ("F", "forget"), ("O", "output")),
    *(("C̃", "candidate"), ("C", "memory"), ("H", "hidden")),
)


def _gate(left: Term, letter: str, quantity: str, *, split: bool) -> Line:
    return _affine(left, "σ", letter, quantity, split=split)


def _affine(left: Term, function: str, letter: str, quantity: str, *, split: bool) -> Line:
    """A gate, or an LSTM's candidate: the function of a sum."""
    biases: Sequence[Term] = (_bias(quantity, letter),)
    if split:
        biases = (
            _bias(quantity, f"x{letter}", "input "),
            _plus(),
            _bias(quantity, f"h{letter}", "state "),
        )
    return (
        *(left, _between(f"= {function}(")),
        *(_term(f"X_t W_x{letter}", f"input {quantity}"), _plus()),
        *(_term(f"H_t−1 W_h{letter}", f"state {quantity}"), _plus()),
        *(*biases, _between(")")),
    )


def _quantity(letter: str, quantity: str) -> Term:
    return Term(((letter, "t"),), quantity, quantity, COLOURS[quantity])


def _state(letter: str, quantity: str) -> Term:
    return Term(((letter, "t−1"),), f"before {quantity}", f"before {quantity}", COLOURS[quantity])


def _bias(quantity: str, index: str, of: str = "") -> Term:
    name = f"bias {of}{quantity}"
    return Term((("b", index),), name, name)


def _term(written: str, value: str) -> Term:
    """A term as one writes it: an index ends at a blank or a bracket."""
    letters = [_split(part) for part in written.replace(")", " )").replace("(", "( ").split(" ")]
    return Term(tuple(letters), value, value)


def _split(part: str) -> tuple[str, str]:
    letter, _underscore, index = part.partition("_")
    return letter, index


def _between(text: str) -> Term:
    return Term(((text, ""),))


def _plus() -> Term:
    return _between("+")


def _times(product: str) -> Term:
    return Term((("⊙", ""),), lights=product)
