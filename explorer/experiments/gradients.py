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
    Table,
    Value,
    Verdict,
    Watch,
)
from explorer.experiments.tables import Row, rows, spread_columns
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
    """Whether both gated kinds stay nearer to 1 than the plain one, trained and otherwise."""
    by_start = _powers(numbers["models"], "start", "task")
    trained = {task: by_start["trained", task] for task in TEXTS}
    others = [powers for (start, _task), powers in by_start.items() if start != "trained"]
    others += _powers(numbers["radius"], "radius").values()
    verdict: Verdict = "does not hold here"
    if any(map(_better, trained.values())):
        both = all(map(_better, trained.values())) and all(map(_better, others))
        verdict = "holds" if both else "holds in part"
    left = {
        f"{task}_{cell}": factor(power)
        for task, powers in trained.items()
        for cell, power in powers.items()
    }
    return Judgement(
        verdict,
        N_(
            "Over {lag} steps, the trained models multiply a gradient by at most: on the "
            "recall tasks {recall_rnn} (plain RNN), {recall_gru} (GRU) and {recall_lstm} "
            "(LSTM); on text {timemachine_rnn}, {timemachine_gru} and {timemachine_lstm}. In "
            "{better} of {others} comparisons of untrained networks, both gated networks are "
            "also closer to 1 than the plain RNN."
        ),
        {
            "lag": str(JUDGED),
            "others": str(len(others)),
            "better": str(sum(map(_better, others))),
            **left,
        },
    )


def factor(exponent: float) -> str:
    """10 to the ``exponent`` in a few characters: as a number near 1, else as a power."""
    return short(10**exponent) if abs(exponent) < 2 else power_of_ten(round(exponent))


def _better(powers: Mapping[Value, float]) -> bool:
    """Whether both gated kinds are nearer to a factor of 1 than the plain one."""
    return max(abs(powers["gru"]), abs(powers["lstm"])) < abs(powers["rnn"])


def _powers(table: Table, *columns: str) -> Mapping[tuple[Value, ...], Mapping[Value, float]]:
    """By what stands in these columns: log₁₀ of the whole state's norm at the judged lag, by cell.

    The columns together with the cell tell all rows of that lag apart.
    """
    found: dict[tuple[Value, ...], dict[Value, float]] = {}
    for row in rows(table):
        if row["lag"] == JUDGED and row.get("part", "state") == "state":
            powers = found.setdefault(tuple(row[column] for column in columns), {})
            powers[row["cell"]] = float(row["mean"] or 0)
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
