"""What does it cost to train both directions?

An update of one recurrent layer that reads both ways beside one that reads one way, of the same
size and of the same number of parameters; in turns, so that a busy machine slows all alike.
"""

from collections.abc import Mapping
from statistics import median
from time import process_time

import torch
from torch import Tensor, nn

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Verdict, Watch
from explorer.locale import N_

INPUTS, UNITS = 96, 160
SAME_PARAMETERS = 242  # units of one direction that make as many parameters as both, to 1 %
BATCH, STEPS = 32, 64
ROUNDS, UPDATES = 9, 4

BOTH, SIZE, PARAMETERS = "both directions", "one, same size", "one, same parameters"


def measure(watch: Watch) -> Numbers:
    """Seconds of processor time an update, in rounds, and bytes."""
    torch.manual_seed(0)
    layers = contenders()
    inputs = torch.randn(BATCH, STEPS, INPUTS)
    optimisers = {name: torch.optim.Adam(layer.parameters()) for name, layer in layers.items()}
    for name, layer in layers.items():
        _update(layer, optimisers[name], inputs)  # the first one allocates
    seconds: dict[str, list[float]] = {name: [] for name in layers}
    for done in range(ROUNDS):
        for name, layer in layers.items():
            started = process_time()
            for _update_number in range(UPDATES):
                _update(layer, optimisers[name], inputs)
            seconds[name].append((process_time() - started) / UPDATES)
        watch((done + 1) / ROUNDS)
    return {"cost": table(layers, seconds, {n: kept(la, inputs) for n, la in layers.items()})}


def contenders() -> dict[str, nn.LSTM]:
    """The three layers."""
    return {
        BOTH: nn.LSTM(INPUTS, UNITS, batch_first=True, bidirectional=True),
        SIZE: nn.LSTM(INPUTS, UNITS, batch_first=True),
        PARAMETERS: nn.LSTM(INPUTS, SAME_PARAMETERS, batch_first=True),
    }


def kept(layer: nn.LSTM, inputs: Tensor) -> int:
    """Bytes that a forward pass keeps for the backward pass, the weights not counted."""
    own = {p.untyped_storage().data_ptr() for p in layer.parameters()}
    found: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            found[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        held = layer(inputs)  # until it is counted, no storage may be given to another tensor
    del held
    return sum(found.values())


def table(
    layers: Mapping[str, nn.LSTM], seconds: Mapping[str, list[float]], memory: Mapping[str, int]
) -> dict[str, list[float | str]]:
    """A row a layer; times as ratios to one direction of the same size, round by round."""
    ratios = {
        name: Spread.of([a / b for a, b in zip(of, seconds[SIZE], strict=True)])
        for name, of in seconds.items()
    }
    return {
        "layer": [*layers],
        "parameters": [sum(p.numel() for p in layer.parameters()) for layer in layers.values()],
        "milliseconds": [1000 * median(of) for of in seconds.values()],
        "mean": [ratio.mean for ratio in ratios.values()],
        "sd": [ratio.sd for ratio in ratios.values()],
        "count": [ratio.count for ratio in ratios.values()],
        "kept, MB": [memory[name] / 1e6 for name in layers],
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if both directions take at least half as long again as one of the same size."""
    time = dict(zip(numbers["cost"]["layer"], numbers["cost"]["mean"], strict=True))
    memory = dict(zip(numbers["cost"]["layer"], numbers["cost"]["kept, MB"], strict=True))
    longer, like = float(time[BOTH] or 0), float(time[BOTH] or 0) / float(time[PARAMETERS] or 1)
    more = float(memory[BOTH] or 0) / float(memory[SIZE] or 1)
    verdict: Verdict = (
        "holds"
        if longer > 1.5 and like > 1.1
        else "holds in part"
        if longer > 1.5
        else "does not hold here"
    )
    return Judgement(
        verdict,
        N_(
            "An update in both directions takes {longer} times as long as in one direction "
            "of the same size and keeps {more} times as much memory; compared with one "
            "direction with the same number of parameters, it takes {like} times as long."
        ),
        {"longer": f"{longer:.2f}", "more": f"{more:.2f}", "like": f"{like:.2f}"},
    )


def _update(layer: nn.LSTM, optimiser: torch.optim.Optimizer, inputs: Tensor) -> None:
    loss = layer(inputs)[0].square().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


EXPERIMENT = Experiment(
    name="two-directions-cost",
    section="9.4",
    claim=N_("Bidirectional networks are costly to train."),
    measure=measure,
    judge=judge,
)
