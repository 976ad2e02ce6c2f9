"""Does a deep network need more work than a shallow one until it converges?

One small language model with one layer and one with three are trained at every learning rate and
every norm to clip at, from several seeds, by stochastic gradient descent as in the book.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from statistics import fmean
from typing import Literal, get_args

from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Table,
    Value,
    Verdict,
    Watch,
)
from explorer.experiments.tables import columns, rows
from explorer.locale import N_
from explorer.text.entropy_baselines import Levels
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import text_lesson
from explorer.training.setting import Setting

DEPTHS = (1, 3)
RATES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
CLIPS = (0.1, 1.0, None)
UNITS = 32
SEEDS = 3
UPDATES = 700
_LAST = 50  # updates over which the loss that was reached is averaged

Outcome = Literal["converged", "not yet", "diverged"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def outcome(loss: float, levels: Levels) -> Outcome:
    """What became of a run: better than pairs converged, worse than no knowledge diverged."""
    if not loss <= levels.uniform:
        return "diverged"
    return "converged" if loss < levels.pair else "not yet"


def measure(
    watch: Watch,
    *,
    text: str | None = None,
    updates: int = UPDATES,
    seeds: int = SEEDS,
    rates: Sequence[float] = RATES,
) -> Numbers:
    """The loss that every setting reaches, mean and spread over the seeds, and what became of it.

    Args:
        watch: Told the share that is done.
        text: What is learned; the project's own English sentences, if none is given.
        updates: Of every run.
        seeds: Runs of every setting.
        rates: Learning rates.
    """
    lesson = text_lesson(text or english_text(), updates=updates)
    assert lesson.guessing is not None
    grid = list(product(DEPTHS, CLIPS, rates))
    made: list[Mapping[str, Value]] = []
    for done, (layers, clip, rate) in enumerate(grid):
        watch(done / len(grid))
        setting = Setting("lstm", layers, UNITS, "sgd", rate, clip, "torch")
        runs = [prepare(setting, lesson.task, seed=seed) for seed in range(seeds)]
        race(runs)
        made.append(_row(setting, runs, lesson.guessing))
    return {"grid": columns(made), "guessing": columns([vars(lesson.guessing)])}


def judge(numbers: Numbers) -> Judgement:
    """By how many settings every seed converges at, with one layer and with three."""
    grid = numbers["grid"]
    shallow, deep = (_all_converge(grid, layers) for layers in DEPTHS)
    by_norm = Counter(clip for _rate, clip in deep)
    clipped = max((by_norm[clip] for clip in by_norm if clip is not None), default=0)
    free = by_norm[None]
    verdict: Verdict = "does not hold here"
    if len(deep) < len(shallow):
        verdict = "holds" if clipped > free else "holds in part"
    return Judgement(
        verdict,
        N_(
            "With one layer, every run converges in {shallow} of {settings} settings; with "
            "three layers, in {deep}. Three layers converge at {clipped} of {rates} learning "
            "rates with gradient clipping, and at {free} without."
        ),
        {
            "settings": str(len(grid["layers"]) // len(DEPTHS)),
            "shallow": str(len(shallow)),
            "deep": str(len(deep)),
            "clipped": str(clipped),
            "free": str(free),
            "rates": str(len(set(grid["rate"]))),
        },
    )


def _row(setting: Setting, runs: Sequence[Run], guessing: Levels) -> Mapping[str, Value]:
    """What is told of all runs of one setting."""
    losses = [fmean(update.loss for update in run.updates[-_LAST:]) for run in runs]
    ends: Counter[Outcome] = Counter(
        "diverged" if run.diverged else outcome(loss, guessing)
        for run, loss in zip(runs, losses, strict=True)
    )
    return {
        "layers": setting.layers,
        "rate": setting.rate,
        "clip": setting.clip,
        **vars(Spread.of(losses)),
        **{name: ends[name] for name in OUTCOMES},
        "largest gradient": max(update.norm for run in runs for update in run.updates),
    }


def _all_converge(grid: Table, layers: int) -> set[tuple[Value, Value]]:
    """The settings (learning rate, norm) at which every run of this depth converges."""
    of_depth = [row for row in rows(grid) if row["layers"] == layers]
    return {(r["rate"], r["clip"]) for r in of_depth if r["converged"] == r["count"]}


EXPERIMENT = Experiment(
    name="convergence",
    section="9.3",
    claim=N_(
        "A deep recurrent network needs more care with the learning rate and gradient "
        "clipping than a shallow one to converge."
    ),
    measure=measure,
    judge=judge,
)
