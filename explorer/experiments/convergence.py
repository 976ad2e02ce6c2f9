"""Does a deep network need more work than a shallow one until it converges?

One small language model with one layer and one with three are trained at every learning rate and
every norm to clip at, from several seeds, by stochastic gradient descent as in the book.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import inf
from statistics import fmean
from typing import Literal, get_args

from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Value,
    Watch,
)
from explorer.experiments.tables import column, columns, rows
from explorer.experiments.verdicts import CONFIDENCE, by_share, sign_test
from explorer.locale import N_
from explorer.text.entropy_baselines import Levels
from explorer.text.numbers import decimal, short
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import text_lesson
from explorer.training.setting import Setting

DEPTHS = (1, 3)
RATES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
CLIPS = (0.1, 1.0, None)
CLIP = 1.0  # the norm of which the verdict speaks, the book's
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


def reached(run: Run) -> float:
    """The loss that a run ended with, its mean over the last updates; infinite if it made none."""
    return fmean(update.loss for update in run.updates[-_LAST:]) if run.updates else inf


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
    """It holds if depth costs runs, and clipping saves more of the deep ones than of the others.

    Like for like, by sign tests with p < 0.05: of the settings that both depths were tried at, more
    lose than win runs that converge when two layers are added; and of the learning rates, clipping
    at the one norm `CLIP`, against none, saves more runs of the deep network at more than it does
    of the shallow one.
    """
    grid = numbers["grid"]
    runs = {
        layers: {
            (r["rate"], r["clip"]): float(r["converged"] or 0) for r in rows(grid, layers=layers)
        }
        for layers in DEPTHS
    }
    shallow, deep = (runs[layers] for layers in DEPTHS)
    lost = sum(deep[at] < shallow[at] for at in shallow)
    won = sum(deep[at] > shallow[at] for at in shallow)
    gained = {layers: _gained(of) for layers, of in runs.items()}
    more = [b - a for a, b in zip(*gained.values(), strict=True) if a != b]
    saves = sign_test(sum(each > 0 for each in more), len(more))
    care = sign_test(lost, lost + won)
    return Judgement(
        by_share([care < 1 - CONFIDENCE, saves < 1 - CONFIDENCE]),
        N_(
            "Of {runs} runs each, from PyTorch's own start with {seeds} seeds, {shallow} converge "
            "with one layer and {deep} with three. In {lost} of {settings} settings of learning "
            "rate and clipping, three layers lose runs, in {won} they win some (p = {p}). Clipping"
            " at {clip}, against none at the same rates, saves {saved_shallow} runs with one layer"
            " and {saved_deep} with three (p = {p_saved})."
        ),
        {
            "seeds": str(grid["count"][0]),
            "updates": str(UPDATES),
            "runs": f"{sum(column(rows(grid, layers=DEPTHS[0]), 'count')):g}",
            "shallow": f"{sum(shallow.values()):g}",
            "deep": f"{sum(deep.values()):g}",
            "lost": str(lost),
            "won": str(won),
            "settings": str(len(shallow)),
            "p": short(care, 2),
            "p_saved": short(saves, 2),
            "clip": f"{CLIP:g}",
            "saved_shallow": decimal(sum(gained[DEPTHS[0]]), 0),
            "saved_deep": decimal(sum(gained[DEPTHS[1]]), 0),
        },
    )


def _gained(converged: Mapping[tuple[Value, Value], float]) -> list[float]:
    """How many more runs converge with clipping at `CLIP` than without, rate by rate."""
    at_clip = {rate: runs for (rate, clip), runs in converged.items() if clip == CLIP}
    return [runs - converged[rate, None] for rate, runs in at_clip.items()]


def _row(setting: Setting, runs: Sequence[Run], guessing: Levels) -> Mapping[str, Value]:
    """What is told of all runs of one setting."""
    losses = [reached(run) for run in runs]
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
