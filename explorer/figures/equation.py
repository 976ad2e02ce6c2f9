"""The cell's equations with the numbers of one step filled in, as LaTeX, in three conventions.

Values in, LaTeX out. Each line says what the symbols say, then what the numbers say.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from explorer.figures.palette import COLOURS
from explorer.recurrence.unit_terms import Affine, StepTerms

CONVENTIONS = ("book", "pytorch", "paper")


@dataclass(frozen=True)
class Equations:
    """The equations of one step in one convention.

    Attributes:
        latex: The lines, as one aligned block.
        state: The new hidden state (GRU) or memory cell (LSTM) that this convention gives with
            these weights.
    """

    latex: str
    state: float


def gru_equations(step: StepTerms, convention: str) -> Equations:
    """A GRU's equations 9.1.1 to 9.1.3.

    ``book`` multiplies the state by the reset gate before the matrix product, ``pytorch`` after
    it; ``paper`` (Chung et al., 2014) does as the book, and weighs the new candidate by the update
    gate where the other two weigh the old state.
    """
    r, z, h = step.value["reset"], step.value["update"], step.previous["hidden"]
    split = convention == "pytorch"
    reset = _gate("reset", "R", "r", step.affine["reset"], split=split)
    candidate, n = _gru_candidate(step.affine["candidate"], r, convention)
    Z, N, H = (_paint(q, s) for q, s in _GRU_SYMBOLS.items())
    numbers = f"{_n(z)} \\cdot {_p(h)} + {_n(1 - z)} \\cdot {_p(n)}"
    if convention == "paper":
        update = _paper_update(step.affine["update"], 1 - z)
        blend = f"(1 - {Z}) \\odot H_{{t-1}} + {Z} \\odot {N}"
    else:
        update = _gate("update", "Z", "z", step.affine["update"], split=split)
        blend = f"{Z} \\odot H_{{t-1}} + (1 - {Z}) \\odot {N}"
    state = z * h + (1 - z) * n
    return Equations(_aligned([reset, update, candidate, _line(H, blend, numbers, state)]), state)


def lstm_equations(step: StepTerms, convention: str) -> Equations:
    """An LSTM's equations 9.2.1 to 9.2.4.

    ``book`` has one bias a gate and ``pytorch`` two that add up to it; ``paper`` (Hochreiter and
    Schmidhuber, 1997) has no forget gate, which came with Gers et al. in 2000.
    """
    split = convention == "pytorch"
    gates = [("input", "I", "i"), ("forget", "F", "f"), ("output", "O", "o")]
    shown = [g for g in gates if g[0] != "forget" or convention != "paper"]
    lines = [_gate(*gate, step.affine[gate[0]], split=split) for gate in shown]
    lines.append(_tanh_line(step.affine["candidate"], split=split))
    f = 1.0 if convention == "paper" else step.value["forget"]
    i, n, o = (step.value[name] for name in ("input", "candidate", "output"))
    c = f * step.previous["memory"] + i * n
    I_t, F_t, O_t, N, C, H = (_paint(q, s) for q, s in _LSTM_SYMBOLS.items())
    kept = "C_{t-1}" if convention == "paper" else f"{F_t} \\odot C_{{t-1}}"
    kept_number = _p(step.previous["memory"])
    if convention != "paper":
        kept_number = f"{_n(f)} \\cdot {kept_number}"
    memory = _line(C, f"{kept} + {I_t} \\odot {N}", f"{kept_number} + {_n(i)} \\cdot {_p(n)}", c)
    hidden = _line(
        H, f"{O_t} \\odot \\tanh({C})", f"{_n(o)} \\cdot \\tanh({_n(c)})", o * math.tanh(c)
    )
    return Equations(_aligned([*lines, memory, hidden]), c)


_GRU_SYMBOLS = {"update": "Z_t", "candidate": "\\tilde{H}_t", "hidden": "H_t"}
_LSTM_SYMBOLS = {
    "input": "I_t",
    "forget": "F_t",
    "output": "O_t",
    "candidate": "\\tilde{C}_t",
    "memory": "C_t",
    "hidden": "H_t",
}


def _gru_candidate(affine: Affine, reset: float, convention: str) -> tuple[str, float]:
    """The candidate's line and value: the one place where the order of the reset gate matters."""
    R, N = _paint("reset", "R_t"), _paint("candidate", "\\tilde{H}_t")
    if convention == "pytorch":
        symbols = f"X_t W_{{xh}} + b_{{xh}} + {R} \\odot (H_{{t-1}} W_{{hh}} + b_{{hh}})"
        numbers = (
            f"{_n(affine.input)} + {_p(affine.input_bias)} + "
            f"{_n(reset)} \\cdot ({_n(affine.state)} + {_p(affine.state_bias)})"
        )
        total = affine.input + affine.input_bias + reset * (affine.state + affine.state_bias)
    else:
        gated = affine.gated_state or 0.0
        symbols = f"X_t W_{{xh}} + ({R} \\odot H_{{t-1}}) W_{{hh}} + b_h"
        numbers = f"{_n(affine.input)} + {_p(gated)} + {_p(affine.bias)}"
        total = affine.input + gated + affine.bias
    value = math.tanh(total)
    return _line(N, f"\\tanh({symbols})", f"\\tanh({numbers})", value), value


def _paper_update(affine: Affine, value: float) -> str:
    """The update gate of the paper that weighs the new candidate: one minus the others'.

    As 1 − σ(a) = σ(−a), it is the gate of the same weights with their signs turned.
    """
    turned = Affine(-affine.input, -affine.state, -affine.input_bias, -affine.state_bias)
    symbols = "\\sigma(X_t W_{xz} + H_{t-1} W_{hz} + b_z)"
    return _line(_paint("update", "Z_t"), symbols, f"\\sigma({_sum(turned)})", value)


def _gate(quantity: str, symbol: str, name: str, affine: Affine, *, split: bool = False) -> str:
    left = _paint(quantity, f"{symbol}_t")
    return _affine_line(left, "\\sigma", name, affine, _sigmoid, split=split)


def _tanh_line(affine: Affine, *, split: bool) -> str:
    left = _paint("candidate", "\\tilde{C}_t")
    return _affine_line(left, "\\tanh", "c", affine, math.tanh, split=split)


def _affine_line(
    left: str,
    function: str,
    name: str,
    affine: Affine,
    apply: Callable[[float], float],
    *,
    split: bool,
) -> str:
    bias = f"b_{{x{name}}} + b_{{h{name}}}" if split else f"b_{name}"
    symbols = f"{function}(X_t W_{{x{name}}} + H_{{t-1}} W_{{h{name}}} + {bias})"
    value = apply(affine.input + affine.state + affine.bias)
    return _line(left, symbols, f"{function}({_sum(affine, split=split)})", value)


def _sum(affine: Affine, *, split: bool = False) -> str:
    biases = [affine.input_bias, affine.state_bias] if split else [affine.bias]
    return " + ".join([_n(affine.input), *(_p(part) for part in (affine.state, *biases))])


def _line(left: str, symbols: str, numbers: str, value: float) -> str:
    return f"{left} &= {symbols} \\\\ &= {numbers} \\\\ &= \\mathbf{{{_n(value)}}}"


def _aligned(lines: list[str]) -> str:
    return "\\begin{aligned}" + " \\\\[6pt] ".join(lines) + "\\end{aligned}"


def _paint(quantity: str, symbol: str) -> str:
    return f"\\textcolor{{{COLOURS[quantity]}}}{{{symbol}}}"


def _n(value: float) -> str:
    return f"{value:.3f}"


def _p(value: float) -> str:
    """A number inside a sum or product: in brackets where it is negative."""
    return f"({value:.3f})" if value < 0 else f"{value:.3f}"


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
