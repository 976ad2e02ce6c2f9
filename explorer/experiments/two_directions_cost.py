"""What does it cost to train both directions?

An update of one recurrent layer that reads both ways beside one that reads one way, of the same
size and of the same number of parameters; in turns of a random order, so that a busy machine slows
all alike. And the book's reason: the longer chain that gradients go through, of one layer and two.
"""

from collections.abc import Mapping
from random import Random
from statistics import median
from time import process_time

import torch
from torch import Tensor, nn

from explorer.experiments.cost import kept_bytes
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Table, Watch
from explorer.experiments.gradient_chain import longest_chain
from explorer.experiments.tables import Row, columns, rows, spread
from explorer.experiments.verdicts import by_share, interval
from explorer.locale import N_

INPUTS, UNITS = 96, 160
SAME_PARAMETERS = 242  # units of one direction that make as many parameters as both, to 1 %
BATCH, STEPS = 32, 64
ROUNDS, UPDATES = 12, 3
LAYERS = (1, 2)  # of the networks whose chains are counted

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
    order = Random(0)
    for done in range(ROUNDS):
        for name in order.sample([*layers], len(layers)):
            started = process_time()
            for _update_number in range(UPDATES):
                _update(layers[name], optimisers[name], inputs)
            seconds[name].append((process_time() - started) / UPDATES)
        watch((done + 1) / ROUNDS)
    kept_by = {name: kept_bytes(layer, inputs) for name, layer in layers.items()}
    return {"cost": table(layers, seconds, kept_by), "chain": chains()}


def chains() -> Table:
    """The longest chain of steps that a gradient goes through, over `STEPS` steps."""
    found: list[Row] = [
        {
            "layers": layers,
            "one direction": longest_chain(STEPS, layers, both=False),
            "both directions": longest_chain(STEPS, layers, both=True),
        }
        for layers in LAYERS
    ]
    return columns(found)


def contenders() -> dict[str, nn.LSTM]:
    """The three layers."""
    return {
        BOTH: nn.LSTM(INPUTS, UNITS, batch_first=True, bidirectional=True),
        SIZE: nn.LSTM(INPUTS, UNITS, batch_first=True),
        PARAMETERS: nn.LSTM(INPUTS, SAME_PARAMETERS, batch_first=True),
    }


def table(
    layers: Mapping[str, nn.LSTM], seconds: Mapping[str, list[float]], memory: Mapping[str, int]
) -> Table:
    """A row a layer; times of both directions as ratios to its own, round by round."""
    ratios = {
        name: Spread.of([a / b for a, b in zip(seconds[BOTH], of, strict=True)])
        for name, of in seconds.items()
    }
    found: list[Row] = [
        {
            "layer": name,
            "parameters": sum(p.numel() for p in layer.parameters()),
            "milliseconds": 1000 * median(seconds[name]),
            **vars(ratios[name]),
            "kept, MB": memory[name] / 1e6,
        }
        for name, layer in layers.items()
    ]
    return columns(found)


def judge(numbers: Numbers) -> Judgement:
    """It holds if both directions take longer, and gradients go through longer chains.

    Longer: the 95 % interval of the ratio of times is above 1, to one direction of the same size
    and to one of as many parameters. Chains: with one layer, and with two.
    """
    times = {str(row["layer"]): spread(row) for row in rows(numbers["cost"])}
    kept_by = {row["layer"]: float(row["kept, MB"] or 0) for row in rows(numbers["cost"])}
    slower = [interval(times[beside]).low > 1 for beside in (SIZE, PARAMETERS)]
    chain = {
        row["layers"]: (int(row["one direction"] or 0), int(row["both directions"] or 0))
        for row in rows(numbers["chain"])
    }
    longer = [both > one for one, both in chain.values()]
    return Judgement(
        by_share([*slower, *longer]),
        N_(
            "An update in both directions takes {longer} times as long (95% interval {longer_low} "
            "to {longer_high}) as in one direction of the same size and keeps {more} times as much"
            " memory; compared with one direction with the same number of parameters, it takes "
            "{like} times as long ({like_low} to {like_high}; {rounds} rounds). Over {steps} "
            "steps, a gradient goes through a chain of {one} steps in one layer, in both "
            "directions through {one_both}; in two layers through {two} and {two_both}."
        ),
        {
            **interval(times[SIZE]).said("longer", 2),
            **interval(times[PARAMETERS]).said("like", 2),
            "more": f"{kept_by[BOTH] / kept_by[SIZE]:.2f}",
            "rounds": str(times[SIZE].count),
            "steps": str(STEPS),
            "sequences": str(BATCH),
            "units": str(UNITS),
            "one": str(chain[1][0]),
            "one_both": str(chain[1][1]),
            "two": str(chain[2][0]),
            "two_both": str(chain[2][1]),
        },
    )


def _update(layer: nn.LSTM, optimiser: torch.optim.Optimizer, inputs: Tensor) -> None:
    loss = layer(inputs)[0].square().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


EXPERIMENT = Experiment(
    name="two-directions-cost",
    section="9.4",
    claim=N_(
        "Bidirectional networks are slow to train: each update takes longer, and gradients go "
        "through longer chains."
    ),
    measure=measure,
    judge=judge,
)
