"""Does a deep network depend more on its initial weights than a shallow one?

The small language models of the experiment on convergence, with one layer and with three, from four
kinds of start. Tuning is left out of it: they are trained at the learning rate and the norm to clip
at that served best there, which are the same for both depths.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from statistics import fmean
from types import MappingProxyType

import torch
from torch import nn

from explorer.experiments.convergence import DEPTHS, UNITS, UPDATES, outcome, reached
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Value, Watch
from explorer.experiments.tables import Row, columns, rows
from explorer.experiments.verdicts import above, by_share
from explorer.locale import N_
from explorer.text.entropy_baselines import Levels
from explorer.text.numbers import decimal
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import text_lesson
from explorer.training.setting import Setting

RATE, CLIP = 32.0, 0.1  # the best of both depths in the experiment on convergence
SEEDS = 4
TIMES = 3  # by which the start "large" is too large
SMALL = 0.01  # the standard deviation from which the book draws weights in its own implementations


def _orthogonal(layers: nn.RNNBase) -> None:
    """The recurrent matrix of every gate orthogonal, the rest as PyTorch draws it."""
    for matrices in (w for name, w in layers.named_parameters() if "weight_hh" in name):
        size = layers.hidden_size
        for matrix in matrices.view(-1, size, size).unbind():  # (H, H)
            nn.init.orthogonal_(matrix)


def _small(layers: nn.RNNBase) -> None:
    """Weights as the book's own implementations draw them, biases 0."""
    for name, weights in layers.named_parameters():
        nn.init.normal_(weights, std=SMALL if "weight" in name else 0.0)


def _large(layers: nn.RNNBase) -> None:
    """All weights and biases `TIMES` as large as PyTorch draws them."""
    for weights in layers.parameters():
        weights.mul_(TIMES)


#: What is done to the recurrent layers that PyTorch has drawn, by the name of the start.
STARTS: Mapping[str, Callable[[nn.RNNBase], None]] = MappingProxyType(
    {
        "torch": lambda layers: None,
        "orthogonal": _orthogonal,
        "small": _small,
        "large": _large,
    }
)


def measure(
    watch: Watch, *, text: str | None = None, updates: int = UPDATES, seeds: int = SEEDS
) -> Numbers:
    """The loss that every run reaches and what became of it, a row a run.

    Args:
        watch: Told the share that is done.
        text: What is learned; the project's own English sentences, if none is given.
        updates: Of every run.
        seeds: Runs from every kind of start at each depth.
    """
    lesson = text_lesson(text or english_text(), updates=updates)
    assert lesson.guessing is not None
    made: list[Row] = []
    grid = list(product(DEPTHS, STARTS))
    for done, (layers, start) in enumerate(grid, 1):
        setting = Setting("lstm", layers, UNITS, "sgd", RATE, CLIP, "torch")
        runs = [prepare(setting, lesson.task, seed=seed) for seed in range(seeds)]
        _begin(runs, start)
        race(runs)
        made += [
            {"layers": layers, "start": start, "seed": seed, **_end(run, lesson.guessing)}
            for seed, run in enumerate(runs)
        ]
        watch(done / len(grid))
    return {"runs": columns(made), "guessing": columns([vars(lesson.guessing)])}


def judge(numbers: Numbers) -> Judgement:
    """It holds if the start decides more often, and about more, with three layers than with one.

    The start decides, from one seed, if the networks converge from some kinds of start and not from
    others; what it decides about is the loss from the worst start less that from the best. A loss
    counts at most as much as that of knowing nothing. More: the 95 % interval over the seeds of the
    difference between the depths is above 0.
    """
    uniform = float(numbers["guessing"]["uniform"][0] or 0)
    trials = {layers: _trials(numbers, layers) for layers in DEPTHS}
    shallow, deep = ([float(_decides(trial)) for trial in trials[layers]] for layers in DEPTHS)
    one, three = ([_apart(trial, uniform) for trial in trials[layers]] for layers in DEPTHS)
    oftener, more = above(deep, shallow), above(three, one)
    return Judgement(
        by_share([oftener.low > 0, more.low > 0]),
        N_(
            "From {starts} kinds of start, {seeds} seeds each, at the setting that suits both "
            "depths best: the start decides whether a network converges from {shallow} of the "
            "seeds with one layer and from {deep} with three, {often} percentage points more (95% "
            "interval {often_low} to {often_high}). Between the best start and the worst lie {one} "
            "nats with one layer and {three} with three: {more} more ({more_low} to {more_high})."
        ),
        {
            "starts": str(len(set(numbers["runs"]["start"]))),
            "rate": f"{RATE:g}",
            "clip": f"{CLIP:g}",
            "small": f"{SMALL:g}",
            "seeds": str(len(one)),
            "shallow": f"{sum(shallow):g}",
            "deep": f"{sum(deep):g}",
            "one": decimal(fmean(one), 2),
            "three": decimal(fmean(three), 2),
            **oftener.said("often", 0, times=100),
            **more.said("more", 2),
        },
    )


def counted(loss: object, uniform: float) -> float:
    """A loss as it is judged: at most that of knowing nothing, also where none was kept."""
    return min(loss, uniform) if isinstance(loss, float) and loss == loss else uniform


@torch.no_grad()
def _begin(runs: Sequence[Run], start: str) -> None:
    for seed, run in enumerate(runs):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            STARTS[start](run.trainer.model.rnn)


def _end(run: Run, guessing: Levels) -> Row:
    loss = reached(run)
    return {"loss": loss, "outcome": "diverged" if run.diverged else outcome(loss, guessing)}


def _trials(numbers: Numbers, layers: int) -> list[list[Row]]:
    """The runs that differ in their kind of start alone, by seed."""
    found: dict[Value, list[Row]] = {}
    for row in rows(numbers["runs"], layers=layers):
        found.setdefault(row["seed"], []).append(row)
    return list(found.values())


def _decides(trial: Sequence[Row]) -> bool:
    return len({row["outcome"] == "converged" for row in trial}) > 1


def _apart(trial: Sequence[Row], uniform: float) -> float:
    losses = [counted(row["loss"], uniform) for row in trial]
    return max(losses) - min(losses)


EXPERIMENT = Experiment(
    name="initialisation",
    section="9.3",
    claim=N_(
        "A deep recurrent network needs more care with its initial weights than a shallow one to "
        "converge."
    ),
    measure=measure,
    judge=judge,
)
