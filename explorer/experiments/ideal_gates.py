"""The best gate values when an output depends on one earlier input alone, beside the learned ones.

The book's exercise of section 9.1: only the input at step t′ is to decide the output at step t. A
GRU that is free to choose takes the candidate at t′ (update 0), made of the input alone (reset 0),
and copies its state from then on (update 1), where reset does not matter.

In the recall task t′ is the key and t the question. A unit counts by how much of the key it
carries: by how far its state just before the question moves if another key is put at t′.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

import numpy as np
import torch
from torch import Tensor

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Watch
from explorer.experiments.recall_models import recall_model
from explorer.experiments.tables import Row, column, columns, rows, spread_columns
from explorer.experiments.texts import questions
from explorer.experiments.verdicts import by_share, interval
from explorer.locale import N_
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.text import recall

PAST, LAG, TEXTS = 4, 50, 400
KEY, QUESTION = PAST + 1, PAST + 1 + LAG  # steps
#: The steps that a place stands for.
PLACES: Mapping[str, slice] = {
    "announcement": slice(KEY - 1, KEY),
    "key": slice(KEY, KEY + 1),
    "between": slice(KEY + 1, QUESTION),
    "question": slice(QUESTION, QUESTION + 1),
}
IDEAL: Mapping[tuple[str, str], float] = {
    ("reset", "key"): 0.0,
    ("update", "key"): 0.0,
    ("update", "between"): 1.0,
    ("update", "question"): 1.0,
}
UNTIL, WHOLLY = "until the question", "everywhere"
NEAR = 0.25  # how far a mean gate may be from the ideal
FREE = 0.1  # nats that setting gates to the ideal may cost
MODEL = "gru-recall-common"  # the recipe: nothing in how it starts suggests where gates should be
SEEDS = range(5)


def carried(hidden: np.ndarray, swapped: np.ndarray) -> np.ndarray:
    """The share of the key that each unit carries, (H,); they sum to 1.

    Args:
        hidden: States just before the question, (B, H).
        swapped: The same with another key at t′.
    """
    moved: np.ndarray = np.abs(hidden - swapped).mean(0)  # (H,)
    shares: np.ndarray = moved / moved.sum()
    return shares


def measure(watch: Watch, *, seeds: Sequence[int] = SEEDS) -> Numbers:
    """Of every trained GRU, mean gates by place, and what answers cost with gates at the ideal."""
    texts = questions(Random(0), TEXTS, past=PAST, lag=LAG)
    gates: list[Row] = []
    costs: list[Row] = []
    for done, seed in enumerate(seeds, 1):
        model = recall_model(MODEL, seed)
        for table, found, value in (
            (gates, _gates(model, texts), "gate"),
            (costs, _set(model, texts), "nats"),
        ):
            table += [{**row, "seed": seed} for row in _means(found, value)]
        watch(done / len(seeds))
    ideal: list[Row] = [
        {"gate of": gate, "place": place, "value": value} for (gate, place), value in IDEAL.items()
    ]
    return {"ideal": columns(ideal), "gates": columns(gates), "set": columns(costs)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if the gates of the units that carry the key are ideal, and the ideal costs nothing.

    Over the models, the 95 % interval of the mean gate lies within `NEAR` of the ideal at all four
    places; and the interval of what it costs to set the gates of all units to the ideal ends at or
    below `FREE` nats. In part, if one of the two is so.
    """
    found = {place: Spread.of(_of_seeds(numbers, *place)) for place in IDEAL}
    near = [
        max(abs(end - IDEAL[place]) for end in interval(spread)) <= NEAR
        for place, spread in found.items()
    ]
    costs = {trial: Spread.of(_costs(numbers, trial)) for trial in (UNTIL, WHOLLY)}
    return Judgement(
        by_share([all(near), interval(costs[WHOLLY]).high <= FREE]),
        N_(
            "In the units that carry the key, the update gate is {key} when the key is read "
            "(ideal 0), {between} on the way and {question} at the question (ideal 1 for "
            "both); the reset gate is {reset} when the key is read (ideal 0; means of {seeds} "
            "trained models, ± half of the 95% interval). Setting all units to the ideal costs "
            "{until} nats if done up to the question, and {wholly} nats if the question is "
            "included."
        ),
        {
            "key": _said(found["update", "key"], 2),
            "between": _said(found["update", "between"], 2),
            "question": _said(found["update", "question"], 2),
            "reset": _said(found["reset", "key"], 2),
            "seeds": str(costs[WHOLLY].count),
            "lag": str(LAG),
            "until": _said(costs[UNTIL], 1),
            "wholly": _said(costs[WHOLLY], 1),
        },
    )


def _said(of: Spread, digits: int) -> str:
    """A mean and half of its interval."""
    return f"{of.mean:.{digits}f} ± {interval(of).high - of.mean:.{digits}f}"


def _costs(numbers: Numbers, trial: str) -> list[float]:
    """What a trial adds to the loss of the answer, nats, model by model."""
    set_so, free = (
        column(rows(numbers["set"], **{"set to the ideal": name}), "mean")
        for name in (trial, "none")
    )
    return [cost - nats for cost, nats in zip(set_so, free, strict=True)]


def _of_seeds(numbers: Numbers, gate: str, place: str) -> list[float]:
    """The mean gate of the units that carry the key, model by model."""
    where = {"units": "carrying", "gate of": gate, "place": place}
    return column(rows(numbers["gates"], **where), "mean")


def _means(found: Iterator[Row], value: str) -> list[Row]:
    """The means over texts of rows that are otherwise the same."""
    return rows(spread_columns(found, value=value))


def _gates(model: LanguageModel, texts: Sequence[str]) -> Iterator[Row]:
    """The mean gate of every text at every place, over units by their share and over all alike."""
    traced = trace(model.rnn, _inputs(model, texts))
    swapped = trace(model.rnn, _inputs(model, [_swapped(text) for text in texts]))
    before = (each["hidden"].values[0, 0, :, QUESTION - 1] for each in (traced, swapped))
    H = model.architecture.hidden_size
    shares = {"carrying": carried(*before), "all": np.full(H, 1 / H)}
    for units, share in shares.items():
        for gate in ("reset", "update"):
            values = traced[gate].values[0, 0] @ share  # (B, T)
            for place, steps in PLACES.items():
                for mean in values[:, steps].mean(1).tolist():
                    yield {"units": units, "gate of": gate, "place": place, "gate": mean}


@torch.inference_mode()
def _set(model: LanguageModel, texts: Sequence[str]) -> Iterator[Row]:
    """What the answer costs with gates of all units set to the ideal; spread over texts."""
    inputs = _inputs(model, texts)
    answers = torch.tensor(recall.VOCABULARY.encode([recall.answer(text) for text in texts]))
    ideal = {
        (gate, place): Intervention(gate, value=value, steps=range(steps.start, steps.stop))
        for (gate, place), value in IDEAL.items()
        for steps in [PLACES[place]]
    }
    trials: dict[str, list[Intervention]] = {"none": []}
    trials |= {f"{gate} at {place}": [change] for (gate, place), change in ideal.items()}
    trials[UNTIL] = [change for (_, place), change in ideal.items() if place != "question"]
    trials[WHOLLY] = list(ideal.values())
    for name, changes in trials.items():
        traced = trace(model.rnn, inputs, interventions=changes)
        last = torch.from_numpy(traced["hidden"].values[0, 0, :, QUESTION])  # (B, H)
        log_probs = model.scores(last).log_softmax(-1)  # (B, V)
        for nats in -log_probs.gather(1, answers[:, None])[:, 0]:
            yield {"set to the ideal": name, "nats": nats.item()}


def _swapped(text: str) -> str:
    """The text with the next key in the place of its own."""
    keys = recall.KEYS
    other = keys[(keys.index(text[KEY]) + 1) % len(keys)]
    return f"{text[:KEY]}{other}{text[KEY + 1 :]}"


def _inputs(model: LanguageModel, texts: Sequence[str]) -> Tensor:
    """(B, T, V)."""
    return model.inputs(torch.tensor([recall.VOCABULARY.encode(text) for text in texts]))


EXPERIMENT = Experiment(
    name="ideal-gates",
    section="9.1",
    claim=N_(
        "If the output depends on one earlier input alone, it is best to read that input "
        "without the old state (reset 0, update 0) and to copy the state from then on "
        "(update 1): a trained GRU does just that."
    ),
    measure=measure,
    judge=judge,
)
