"""What gates with gradients cost: ``python -m benchmarks.unrolled [--json]``.

``explorer.unrolled`` against the fused module, which shows no gate, forward and forward with
backward. One thread.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from benchmarks.timing import Timing, interleave, report  # first: it sets the threads

# isort: split
import torch
from torch import Tensor, nn

from explorer.recurrence.unrolled import unrolled

SIZE = 256  # units, and numbers per input
KINDS: dict[str, type[nn.GRU] | type[nn.LSTM]] = {"GRU": nn.GRU, "LSTM": nn.LSTM}
SETTINGS = ((1, 200, 12), (32, 50, 12))  # batch, steps, rounds


def output_of(run: nn.Module, inputs: Tensor) -> Tensor:
    """The outputs, whatever stands beside them."""
    returned = run(inputs)
    while isinstance(returned, tuple):
        returned = returned[0]
    found: Tensor = returned
    return found


def forward(run: nn.Module, inputs: Tensor) -> None:
    """One pass, kept for a gradient."""
    output_of(run, inputs)


def backward(run: nn.Module, inputs: Tensor) -> None:
    """One pass and the gradient of its outputs' sum."""
    run.zero_grad()
    output_of(run, inputs).sum().backward()


WAYS: dict[str, Callable[[nn.Module, Tensor], None]] = {
    "forward": forward,
    "with backward": backward,
}


def timings() -> Iterator[Timing]:
    """Each kind, setting and way; no ratio is promised."""
    for (batch, steps, rounds), (kind, build) in product(SETTINGS, KINDS.items()):
        module, inputs = build(SIZE, SIZE), torch.randn(steps, batch, SIZE)
        ours = unrolled(module)
        for name, way in WAYS.items():
            taken = interleave(
                {"ours": partial(way, ours, inputs), "fused": partial(way, module, inputs)},
                rounds=rounds,
            )
            yield Timing(f"{kind} batch {batch} T={steps}, {name}", taken["ours"], taken["fused"])


def main() -> None:
    """Measures everything and prints it as it goes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.unrolled", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    as_json = parser.parse_args().json
    torch.set_num_threads(1)
    torch.manual_seed(0)
    report(timings(), as_json=as_json)


if __name__ == "__main__":
    main()
