"""Do gated networks learn long dependencies where plain ones do not?

All three kinds begin as PyTorch begins them, see every length from the first update, and make as
many updates with one plan: what is compared is what each learns, on tasks that are nothing but a
long dependency. (A plain RNN *can* remember for long: `rnn-recall`, from an orthogonal matrix, with
lags that grow, over eight times as many updates, does.)
"""

from collections.abc import Iterator, Mapping
from math import comb
from statistics import fmean

import torch

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, column, columns, rows, spread_columns
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.models.architecture import Cell
from explorer.text.numbers import percent, short
from explorer.training import adding
from explorer.training.make import begun
from explorer.training.plan import Plan
from explorer.training.recall import accuracy
from explorer.training.recipes import RECIPES

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
GATED = CELLS[1:]
SEEDS = range(5)
LAG = 100  # between what decides the answer and the question; and T of the adding problem
ASKED = ("recall", "skip")
ADDING = "adding"
TEXTS = 250  # for every accuracy and error
UPDATES, EVERY, BATCH, UNITS = 1500, 150, 64, 32  # of the adding problem
PLAN = Plan(epochs=1, rate=5e-3)  # its; that of the recall language is the recipe's


def measure(watch: Watch) -> Numbers:
    """Learning curves by task and kind, over the seeds, and where every seed ended."""
    found: list[Row] = []
    for seed in SEEDS:
        for done, cell in enumerate(CELLS):
            found += [*recalling(cell, seed), *summing(cell, seed)]
            watch((seed * len(CELLS) + done + 1) / (len(SEEDS) * len(CELLS)))
    curves = [{name: row[name] for name in row if name != "seed"} for row in found]
    ends = [row for row in found if row["updates"] == UPDATES]
    return {"curves": spread_columns(curves, value="value"), "ends": columns(ends)}


def recalling(cell: Cell, seed: int) -> Iterator[Row]:
    """The share of right answers at `LAG` after every epoch of a recall model's training."""
    with torch.random.fork_rng():
        trainer = begun(RECIPES[f"{cell}-recall-common"], text=None, seed=seed)
    while trainer.step < trainer.steps:
        trainer.epoch()
        model = trainer.model.eval()
        for task in ASKED:
            yield _row(task, cell, trainer.step, accuracy(model, task, LAG, texts=TEXTS), seed)


def summing(cell: Cell, seed: int) -> Iterator[Row]:
    """The squared error of the adding problem as its training goes on."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = adding.Adder(cell, UNITS)
    curve: list[Row] = []

    def examined(update: int) -> None:
        if update % EVERY == 0:
            error = adding.error(model, seed=0, count=TEXTS, steps=LAG)
            curve.append(_row(ADDING, cell, update, error, seed))

    adding.learn(model, PLAN, seed=seed, steps=LAG, batch=BATCH, updates=UPDATES, tick=examined)
    yield from curve


def _row(task: str, cell: Cell, update: int, value: float, seed: int) -> Row:
    return {"task": task, "cell": cell, "updates": update, "value": value, "seed": seed}


def judge(numbers: Numbers) -> Judgement:
    """It holds if on every task the worst seed of both gated kinds beats the plain one's best.

    Without any difference, n seeds of each lie so apart once in (2n choose n) times.
    """
    ends: dict[tuple[str, str], list[float]] = {
        (task, cell): column(rows(numbers["ends"], task=task, cell=cell), "value")
        for task in (*ASKED, ADDING)
        for cell in CELLS
    }
    count = len(ends[ADDING, "rnn"])
    apart = [
        min(ends[task, cell]) > max(ends[task, "rnn"])
        if task in ASKED
        else max(ends[task, cell]) < min(ends[task, "rnn"])
        for task in (*ASKED, ADDING)
        for cell in GATED
    ]
    return Judgement(
        by_share(apart),
        N_(
            "After {updates} updates from PyTorch's own start, {seeds} seeds each: right answers "
            "at lag {lag}: plain RNN {recall_rnn}, GRU {recall_gru}, LSTM {recall_lstm}; with "
            "brackets to skip: {skip_rnn}, {skip_gru}, {skip_lstm}. Squared error of the adding "
            "problem over {lag} steps: {adding_rnn}, {adding_gru}, {adding_lstm} (guessing: "
            "{guessing}). In {apart} of {all} comparisons, the worst seed with gates beats the "
            "best one without."
        ),
        {
            "updates": f"{UPDATES:,}",
            "seeds": str(count),
            "lag": str(LAG),
            "guessing": short(adding.GUESSING, 2),
            "apart": str(sum(apart)),
            "all": str(len(apart)),
            "once": str(comb(2 * count, count)),
            **_means(ends),
        },
    )


def _means(ends: Mapping[tuple[str, str], list[float]]) -> Mapping[str, str]:
    return {
        f"{task}_{cell}": percent(fmean(of)) if task in ASKED else short(fmean(of), 2)
        for (task, cell), of in ends.items()
    }


EXPERIMENT = Experiment(
    name="long-dependencies",
    section="9.1",
    claim=N_(
        "Trained alike, gated networks learn to use what lies long ago where plain recurrent "
        "networks do not."
    ),
    measure=measure,
    judge=judge,
)
