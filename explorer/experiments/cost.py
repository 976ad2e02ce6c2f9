"""What a plain RNN, a GRU and an LSTM of one size cost: time and memory, run and trained.

The book's exercise (section 9.2). Times are of PyTorch's own layers on one thread, and differ
between machines; the verdict looks at their ratios to the plain RNN's alone. They are times of the
processor, which do not run while a neighbour has it.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from statistics import median
from time import process_time

import torch
from torch import Tensor, nn

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, columns, rows, spread, spread_columns
from explorer.experiments.timing import taken_in_turns
from explorer.experiments.verdicts import Interval, by_share, interval
from explorer.locale import N_
from explorer.models.architecture import Cell
from explorer.models.recurrent import CELLS, layers
from explorer.recurrence.cells import CELLS as EQUATIONS

UNITS = (32, 256)  # the book's number, and that of the shipped character models; inputs are as many
BATCH, STEPS = 32, 32
PHASES = ("forward", "training")
BLOCKS, ROUNDS = 7, 25  # a ratio is of the medians of a block; its spread is over the blocks
#: What the equations ask for: matrix products beside the plain RNN's one.
EXPECTED: Mapping[Cell, int] = {"gru": 3, "lstm": 4}
NEAR = 1.5  # a ratio is as expected where it is at most so many times more or less
BYTES = 4  # of a float32
#: Products of two vectors that a step takes, equations (9.1.2), (9.1.3), (9.2.3) and (9.2.4).
_ELEMENTWISE: Mapping[Cell, int] = {"rnn": 0, "gru": 3, "lstm": 3}
#: Numbers that a unit must keep of a step for the backward pass: all that its equations made. A
#: GRU's candidate needs the product that it resets, too.
_NEEDED: Mapping[Cell, int] = {"rnn": 1, "gru": 5, "lstm": 6}


def measure(watch: Watch) -> Numbers:
    """Times by units, phase and cell; sizes and bytes by units and cell."""
    done, total = 0, len(UNITS) * len(PHASES) * BLOCKS
    timed: list[Row] = []
    for units, phase in product(UNITS, PHASES):
        calls = _calls(units, phase)
        for _block in range(BLOCKS):
            timed += _timed(calls, units, phase)
            done += 1
            watch(done / total)
    ratios = [{name: row[name] for name in ("units", "phase", "cell", "ratio")} for row in timed]
    times = [{name: row[name] for name in ("units", "phase", "cell", "seconds")} for row in timed]
    return {
        "ratio": spread_columns(ratios, value="ratio"),
        "seconds a step": spread_columns(times, value="seconds"),
        "size": columns([size(cell, units) for units in UNITS for cell in CELLS]),
    }


def judge(numbers: Numbers) -> Judgement:
    """Whether times keep to the number of matrix products, at every size and in both phases.

    A ratio does if its whole 95 % interval, over the blocks, is within `NEAR` of what is expected.
    """
    found = {
        (cell, str(row["phase"]), int(row["units"] or 0)): interval(spread(row))
        for cell in EXPECTED
        for row in rows(numbers["ratio"], cell=cell)
    }
    near = [_near(ratio, EXPECTED[cell]) for (cell, _phase, _units), ratio in found.items()]
    sizes = sorted({units for _cell, _phase, units in found})
    said = {
        place: text
        for (cell, phase, units), ratio in found.items()
        if units == sizes[-1]
        for place, text in ratio.said(f"{cell}_{phase}", 2).items()
    }
    return Judgement(
        by_share(near),
        N_(
            "A GRU has {gru} times and an LSTM {lstm} times as many parameters as a plain RNN. "
            "With {units} units, running takes {gru_forward} ({gru_forward_low} to "
            "{gru_forward_high}) and {lstm_forward} ({lstm_forward_low} to {lstm_forward_high}) "
            "times as long, training {gru_training} ({gru_training_low} to {gru_training_high}) "
            "and {lstm_training} ({lstm_training_low} to {lstm_training_high}) times (means of "
            "{blocks} blocks of turns on one machine, with 95% intervals). Of {all} ratios at "
            "{sizes} sizes, {near} are within a factor of {factor} of {gru} and {lstm}."
        ),
        {
            **{cell: str(products) for cell, products in EXPECTED.items()},
            "units": str(sizes[-1]),
            "blocks": str(numbers["ratio"]["count"][0]),
            "sizes": str(len(sizes)),
            "all": str(len(near)),
            "near": str(sum(near)),
            "factor": str(NEAR),
            **said,
        },
    )


def _near(ratio: Interval, expected: int) -> bool:
    return expected / NEAR <= ratio.low and ratio.high <= expected * NEAR


def size(cell: Cell, units: int) -> Row:
    """What a layer of H units over H inputs holds and does; bytes a step are of one sequence.

    ``kept`` is what PyTorch keeps for the backward pass, ``needed`` what the equations make.
    """
    layer = _layer(cell, units)
    blocks = len(EQUATIONS[layer.mode].blocks)
    return {
        "units": units,
        "cell": cell,
        "parameters": sum(parameter.numel() for parameter in layer.parameters()),
        "multiplications": blocks * units * 2 * units + _ELEMENTWISE[cell] * units,
        "state bytes": len(EQUATIONS[layer.mode].states) * units * BYTES,
        "needed bytes": _NEEDED[cell] * units * BYTES,
        "kept bytes": kept_bytes(layer, torch.randn(BATCH, STEPS, units)) / (STEPS * BATCH),
    }


def kept_bytes(layer: nn.RNNBase, inputs: Tensor) -> int:
    """The bytes that PyTorch keeps from the forward for the backward pass, parameters aside.

    The inputs are among them, once, since the weights' gradient needs them.
    """
    own = {parameter.untyped_storage().data_ptr() for parameter in layer.parameters()}
    kept: dict[int, int] = {}
    alive = []  # what has been freed could share its address with what comes next

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        alive.append(storage)
        if storage.data_ptr() not in own:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        layer(inputs)
    return sum(kept.values())


def _calls(units: int, phase: str) -> Mapping[str, Callable[[], object]]:
    """By cell, a forward pass, or one with its backward pass."""
    inputs = torch.randn(BATCH, STEPS, units)  # (B, T, I)
    call = _forward if phase == "forward" else _train
    return {cell: partial(call, _layer(cell, units), inputs) for cell in CELLS}


def _timed(calls: Mapping[str, Callable[[], object]], units: int, phase: str) -> Iterator[Row]:
    """One block: seconds a step, and their ratio to the plain RNN's."""
    taken = taken_in_turns(calls, rounds=ROUNDS, clock=process_time)
    seconds = {cell: median(times) / STEPS for cell, times in taken.items()}
    for cell, each in seconds.items():
        ratio = each / seconds["rnn"]
        yield {"units": units, "phase": phase, "cell": cell, "seconds": each, "ratio": ratio}


def _layer(cell: Cell, units: int) -> nn.RNNBase:
    return layers(cell, units, units, layers=1, dropout=0.0)


def _forward(layer: nn.RNNBase, inputs: Tensor) -> None:
    with torch.inference_mode():
        layer(inputs)


def _train(layer: nn.RNNBase, inputs: Tensor) -> None:
    """A forward and a backward pass, without an optimiser's step."""
    layer.zero_grad()
    layer(inputs)[0].sum().backward()


EXPERIMENT = Experiment(
    name="cost",
    section="9.2",
    claim=N_(
        "To run and to train, a GRU costs three times and an LSTM four times as much as "
        "a plain RNN of the same size."
    ),
    measure=measure,
    judge=judge,
)
