"""Do gates alleviate vanishing and exploding gradients? ‖∂S_T/∂S_t‖ against T − t, to 400 steps.

From the exact Jacobian of every step, in float64: of the shipped models of one size, of the same
networks before training, and of untrained networks of any spectral radius.
"""

import copy
import math
from collections.abc import Callable, Iterator, Mapping

import torch

from explorer.experiments import long_texts, radius
from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Table,
    Value,
    Watch,
)
from explorer.experiments.tables import Row, rows, spread, spread_columns
from explorer.experiments.verdicts import by_share, difference
from explorer.locale import N_
from explorer.models.architecture import Cell
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.gradient import through_time
from explorer.text.numbers import power_of_ten, short
from explorer.text.vocabulary import Vocabulary
from explorer.training import initialise
from explorer.training.recall import LAGS as RECALL_LAGS

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
LAGS = (1, 2, 3, 5, 8, 12, 18, 25, 35, 50, 70, 100, 140, 200, 280, 400)
TEXTS: Mapping[str, Callable[[int, int], str]] = {
    "recall": long_texts.of_recall,
    "timemachine": long_texts.of_sentences,
}
#: The weights of a model: after training, as its training began, as PyTorch draws them.
STARTS = ("trained", "begun", "torch")
GATED = CELLS[1:]
COUNT = 6  # texts, or seeds of untrained networks, each with a text of its own
JUDGED = 100  # the lag that the verdict looks at


def measure(watch: Watch) -> Numbers:
    """log₁₀ of norms: of models by task and weights, and of untrained ones by spectral radius."""
    total = len(TEXTS) * len(CELLS) * len(STARTS) + len(CELLS) * len(radius.RADII) * radius.SEEDS
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        watch(done / total)

    return {
        "models": spread_columns(map(_logarithm, _models(tick)), value="norm"),
        "radius": spread_columns(
            map(_logarithm, radius.sweep(CELLS, LAGS, tick=tick)), value="norm"
        ),
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if both gated kinds are nearer to a factor of 1 with all weights that are judged.

    Nearer: the 95 % interval of |log₁₀| of the plain one's factor less a gated one's is above 0.
    Judged are trained weights, those as training began, and PyTorch's own, which are like starts:
    one rule for all kinds. One spectral radius for every gate is none, since a gate scales what its
    matrix passes on: it is shown, not judged.
    """
    by_start = _powers(numbers["models"])
    nearer = {
        (start, task, cell): difference(_size(of["rnn"]), _size(of[cell])).low > 0
        for (start, task), of in by_start.items()
        for cell in GATED
    }
    left = {
        f"{task}_{cell}": factor(spread.mean)
        for task in TEXTS
        for cell, spread in by_start["trained", task].items()
    }
    drawn = [near for (start, _task, _cell), near in nearer.items() if start != "trained"]
    trained = [near for (start, _task, _cell), near in nearer.items() if start == "trained"]
    return Judgement(
        by_share([*trained, *drawn]),
        N_(
            "Over {lag} steps, the trained models multiply a gradient by at most: on the "
            "recall tasks {recall_rnn} (plain RNN), {recall_gru} (GRU) and {recall_lstm} "
            "(LSTM); on text {timemachine_rnn}, {timemachine_gru} and {timemachine_lstm}. With "
            "gates, the factor is closer to 1 (95% interval) in {trained} of {all_trained} "
            "comparisons of trained networks and in {drawn} of {all_drawn} of untrained ones "
            "that start by the same rule. Equal spectral radii, shown below, are not the same "
            "start: a gate scales what its matrix passes on."
        ),
        {
            "lag": str(JUDGED),
            "steps": str(max(int(lag or 0) for lag in numbers["models"]["lag"])),
            "texts": str(numbers["models"]["count"][0]),
            "trained": str(sum(trained)),
            "all_trained": str(len(trained)),
            "drawn": str(sum(drawn)),
            "all_drawn": str(len(drawn)),
            **left,
        },
    )


def factor(exponent: float) -> str:
    """10 to the ``exponent`` in a few characters: as a number near 1, else as a power."""
    return short(10**exponent) if abs(exponent) < 2 else power_of_ten(round(exponent))


def _size(of: Spread) -> Spread:
    """How far a factor is from 1, in powers of ten, with its spread."""
    return Spread(abs(of.mean), of.sd, of.count)


def _powers(table: Table) -> Mapping[tuple[Value, ...], Mapping[Value, Spread]]:
    """By start and task: log₁₀ of the whole state's norm at the judged lag, by cell."""
    found: dict[tuple[Value, ...], dict[Value, Spread]] = {}
    for row in rows(table, lag=JUDGED, part="state"):
        found.setdefault((row["start"], row["task"]), {})[row["cell"]] = spread(row)
    return found


def _models(tick: Callable[[], None]) -> Iterator[Row]:
    for task in TEXTS:
        for cell in CELLS:
            for start in STARTS:
                for row in _followed(task, cell, start):
                    yield {"task": task, "cell": cell, "start": start, **row}
                tick()


def _followed(task: str, cell: Cell, start: str) -> Iterator[Row]:
    """Of one kind of network with one kind of weights, the norms by part, lag and text."""
    model, card = load_as(LanguageModel, f"{cell}-{task}")
    vocabulary = Vocabulary(card.vocabulary)
    for seed in range(COUNT):
        used = model if start == "trained" else fresh(model, task, start, seed)
        used = copy.deepcopy(used).double().eval()
        text = TEXTS[task](seed, LAGS[-1])
        inputs = used.inputs(torch.tensor([vocabulary.encode(tuple(text))]))  # (1, T, V)
        for found in through_time(used.rnn, inputs, lags=LAGS):
            for part, norms in found.norms().items():
                if part != "hidden" or cell == "lstm":  # else it is the whole state
                    yield {"part": part, "lag": found.lag, "norm": float(norms[0])}


def fresh(model: LanguageModel, task: str, start: str, seed: int) -> LanguageModel:
    """A network of the size of ``model`` as its training began, or as PyTorch draws it."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        made = LanguageModel(model.architecture)
        if start == "begun" and task == "recall":
            initialise.for_memory(made, longest=RECALL_LAGS[-1])
        elif start == "begun":
            initialise.for_text(made)
    return made


def _logarithm(row: Row) -> Row:
    """The row with the norm as a power of ten; norms span hundreds of powers."""
    norm = row["norm"]
    assert isinstance(norm, float)
    return {**row, "norm": math.log10(norm)}


EXPERIMENT = Experiment(
    name="gradients",
    section="9.2",
    claim=N_("GRUs and LSTMs alleviate vanishing and exploding gradients."),
    measure=measure,
    judge=judge,
)
