"""What a trace costs: ``python -m benchmarks.trace [--json]``.

The public call, labelled dataset included, against the fused module's plain forward (which shows
no gate) and against a hand-written loop of cells that collects the gates. One thread.
"""

import argparse
from collections.abc import Iterator
from itertools import product

from benchmarks.timing import Difference, Timing, interleave, report  # first: it sets the threads

# isort: split
import torch
from torch import Tensor, nn

from explorer.recurrence.parity import FACTOR, parity
from explorer.recurrence.trace import trace

SIZE = 256  # units, and numbers per input
KINDS: dict[str, type[nn.GRU] | type[nn.LSTM]] = {"GRU": nn.GRU, "LSTM": nn.LSTM}
# (batch, steps, rounds): greatest ratio to the fused forward
LIMITS = {
    (1, 200, 200): {"GRU": 0.85, "LSTM": 1.7},
    (1, 1000, 40): {"GRU": 0.85, "LSTM": 1.7},
    (32, 50, 80): {"GRU": 1.25, "LSTM": 1.25},
}
FLOAT64_LIMIT = 1e-13


def gru_loop(module: nn.GRU, inputs: Tensor) -> list[list[Tensor]]:
    """The gates of a GRU as one gets them by hand: one step, one cell, one list at a time."""
    hidden = inputs.new_zeros(inputs.shape[1], module.hidden_size)  # (B, H)
    kept = []
    for step in inputs:  # (B, I)
        x = nn.functional.linear(step, module.weight_ih_l0, module.bias_ih_l0)  # (B, 3H)
        h = nn.functional.linear(hidden, module.weight_hh_l0, module.bias_hh_l0)  # (B, 3H)
        (x_r, x_z, x_n), (h_r, h_z, h_n) = x.chunk(3, dim=1), h.chunk(3, dim=1)
        reset, update = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)  # (B, H)
        candidate = torch.tanh(x_n + reset * h_n)
        hidden = update * hidden + (1 - update) * candidate
        kept.append([reset, update, candidate, hidden])
    return kept


def lstm_loop(module: nn.LSTM, inputs: Tensor) -> list[list[Tensor]]:
    """The gates of an LSTM, by hand in the same way."""
    hidden = memory = inputs.new_zeros(inputs.shape[1], module.hidden_size)  # (B, H)
    kept = []
    for step in inputs:  # (B, I)
        x = nn.functional.linear(step, module.weight_ih_l0, module.bias_ih_l0)  # (B, 4H)
        h = nn.functional.linear(hidden, module.weight_hh_l0, module.bias_hh_l0)  # (B, 4H)
        i, f, g, o = (x + h).chunk(4, dim=1)  # (B, H)
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        memory = f * memory + i * g
        hidden = o * torch.tanh(memory)
        kept.append([i, f, o, g, memory, hidden])
    return kept


def timings() -> Iterator[Timing]:
    """Each setting against the fused forward and against the loop of cells."""
    for ((batch, steps, rounds), limits), (kind, build) in product(LIMITS.items(), KINDS.items()):
        module = build(SIZE, SIZE).eval()
        inputs = torch.randn(steps, batch, SIZE)
        loop = gru_loop if kind == "GRU" else lstm_loop
        taken = interleave(
            {
                "trace": lambda m=module, x=inputs: trace(m, x),
                "fused": lambda m=module, x=inputs: m(x),
                "loop": lambda m=module, x=inputs, f=loop: f(m, x),
            },
            rounds=rounds,
        )
        name = f"{kind} batch {batch} T={steps}"
        yield Timing(f"{name}, fused forward", taken["trace"], taken["fused"], limits[kind])
        yield Timing(f"{name}, loop of cells", taken["trace"], taken["loop"])


def differences() -> Iterator[Difference]:
    """The worst over layers, directions and bias.

    In float32 the distance from float64, in units of the module's own, which is rounding too; in
    float64 the distance from the module itself.
    """
    for (kind, build), dtype in product(KINDS.items(), (torch.float32, torch.float64)):
        found = []
        for layers, both, bias in product((1, 2, 3), (False, True), (False, True)):
            module = build(SIZE, SIZE, layers, bias=bias, bidirectional=both, dtype=dtype).eval()
            found.append(parity(module, torch.randn(50, 4, SIZE, dtype=dtype)))
            found.append(parity(module, torch.randn(200, 1, SIZE, dtype=dtype)))
        if dtype == torch.float64:
            yield Difference(f"{kind} parity, float64", max(p.trace for p in found), FLOAT64_LIMIT)
        else:
            worst = max(p.trace / p.module for p in found)
            yield Difference(f"{kind} parity, float32, by the module's own", worst, FACTOR)


def main() -> None:
    """Measures everything and prints it as it goes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trace", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    as_json = parser.parse_args().json
    torch.set_num_threads(1)
    torch.manual_seed(0)
    with torch.inference_mode():
        report(timings(), as_json=as_json)
        report(differences(), as_json=as_json)


if __name__ == "__main__":
    main()
