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

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, columns, number, spread_columns
from explorer.experiments.texts import questions
from explorer.locale import N_
from explorer.models.catalogue import load_as
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
NEAR = 0.1  # how far a mean gate may be from the ideal


def carried(hidden: np.ndarray, swapped: np.ndarray) -> np.ndarray:
    """The share of the key that each unit carries, (H,); they sum to 1.

    Args:
        hidden: States just before the question, (B, H).
        swapped: The same with another key at t′.
    """
    moved: np.ndarray = np.abs(hidden - swapped).mean(0)  # (H,)
    shares: np.ndarray = moved / moved.sum()
    return shares


def measure(watch: Watch) -> Numbers:
    """Mean gates by place, and what the answers cost with gates set to the ideal."""
    model = load_as(LanguageModel, "gru-recall").model
    texts = questions(Random(0), TEXTS, past=PAST, lag=LAG)
    gates = spread_columns(_gates(model, texts), value="gate")
    watch(0.5)
    ideal: list[Row] = [
        {"gate of": gate, "place": place, "value": value} for (gate, place), value in IDEAL.items()
    ]
    return {
        "ideal": columns(ideal),
        "gates": gates,
        "set": spread_columns(_set(model, texts), value="nats"),
    }


def judge(numbers: Numbers) -> Judgement:
    """Whether the gates of the units that carry the key are the ideal ones, or lean to them."""
    found = {place: _mean(numbers, *place) for place in IDEAL}
    away = [abs(found[place] - ideal) for place, ideal in IDEAL.items()]
    near, leaning = max(away) <= NEAR, sum(each < 0.5 for each in away) > len(away) / 2
    until, wholly = (_cost(numbers, trial) for trial in (UNTIL, WHOLLY))
    return Judgement(
        "holds" if near else "holds in part" if leaning else "does not hold here",
        N_(
            "In the units that carry the key, the update gate is {key} when the key is read "
            "(ideal 0), {between} on the way and {question} at the question (ideal 1 for "
            "both); the reset gate is {reset} when the key is read (ideal 0). Setting all "
            "units to the ideal costs {until} nats if done up to the question, and {wholly} "
            "nats if the question is included, because there the model computes the answer "
            "from its state."
        ),
        {
            "key": f"{found['update', 'key']:.2f}",
            "between": f"{found['update', 'between']:.2f}",
            "question": f"{found['update', 'question']:.2f}",
            "reset": f"{found['reset', 'key']:.2f}",
            "until": f"{until:.3f}",
            "wholly": f"{wholly:.2f}",
        },
    )


def _cost(numbers: Numbers, trial: str) -> float:
    """What a trial adds to the loss of the answer, nats."""
    with_it, without = (
        number(numbers["set"], "mean", lambda row, name=name: row["set to the ideal"] == name)  # type: ignore[misc]
        for name in (trial, "none")
    )
    return with_it - without


def _mean(numbers: Numbers, gate: str, place: str) -> float:
    return number(
        numbers["gates"],
        "mean",
        lambda row: (row["units"], row["gate of"], row["place"]) == ("carrying", gate, place),
    )


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
