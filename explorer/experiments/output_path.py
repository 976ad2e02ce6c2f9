"""Which way an LSTM's memory reaches the output: each path cut at one step.

Section 9.2: the hidden state goes to the output layer, the memory cell stays inside. Three cuts at
a step: the output gate shut, so that the hidden state is zero and the memory lives on; the memory
emptied while the hidden state is held at what it was; both emptied. What each costs is the model's
loss at this step and the following ones beside its loss on the same text uncut, in nats.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

import torch
from torch import Tensor

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, number, spread_columns
from explorer.experiments.texts import chunks, questions, windows
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.text import recall
from explorer.text.vocabulary import Vocabulary

CUT, AFTER, STRIDE = 100, 41, 20  # characters before the cut, from it on, from window to window
LAG, PAST, SETS, TEXTS = 50, 4, 5, 100  # of the recall task, whose texts come in sets
PLACES = ("at the question", "half way")
LATER = 10  # characters after a cut, of which the verdict speaks
USED = 0.1  # nats: a path is used if cutting it costs more

SHUT, EMPTIED, BOTH = "output gate shut", "memory emptied", "both emptied"
CUTS = (SHUT, EMPTIED, BOTH)


def cut(what: str, step: int, hidden: Tensor) -> tuple[Intervention, ...]:
    """The interventions that cut a path of an LSTM of one layer at one step.

    Args:
        what: One of `CUTS`.
        step: Where.
        hidden: The hidden states that the untouched LSTM has at this step, (B, H).
    """
    emptied = Intervention("memory", value=0.0, steps=step)  # and with it the hidden state
    held = Intervention("hidden", value=hidden[:, None], steps=step)
    shut = Intervention("output", value=0.0, steps=step)
    return {SHUT: (shut,), EMPTIED: (emptied, held), BOTH: (emptied,)}[what]


@torch.inference_mode()
def losses(model: LanguageModel, ids: Tensor, step: int) -> Mapping[str, Tensor]:
    """What every token after a cut costs, by cut and "untouched", nats, (B, T − 1 − step).

    Args:
        model: An LSTM of one layer.
        ids: Token numbers, (B, T).
        step: Where the paths are cut; the first loss is that of the token after it.
    """
    inputs = model.inputs(ids)  # (B, T, V)
    untouched = _hidden(model, inputs)  # (B, T, H)
    hidden = {"untouched": untouched} | {
        what: _hidden(model, inputs, *cut(what, step, untouched[:, step])) for what in CUTS
    }
    targets = ids[:, step + 1 :, None]  # (B, N, 1)
    return {
        what: -model.scores(states[:, step:-1]).log_softmax(-1).gather(-1, targets)[..., 0]
        for what, states in hidden.items()
    }


def measure(watch: Watch) -> Numbers:
    """Losses by cut: after it in texts, and at the answer of the recall task."""
    after = spread_columns(_after(watch), value="nats")
    return {"after": after, "answer": spread_columns(_answers(), value="nats")}


def judge(numbers: Numbers) -> Judgement:
    """Whether the output reads the hidden state alone, and the memory alone brings facts along."""
    asked, way = ({what: _cost(numbers, where, what) for what in CUTS} for where in PLACES)
    at_once = {what: _added(numbers, what, 0) for what in CUTS}
    inside = asked[EMPTIED] == at_once[EMPTIED] == 0 and min(asked[SHUT], at_once[SHUT]) > USED
    carries = way[EMPTIED] > USED > way[SHUT]
    return Judgement(
        ("does not hold here", "holds in part", "holds")[inside + carries],
        N_(
            "In the recall task, closing the output gate at the question costs {shut} nats "
            "and clearing the memory cell {emptied}; halfway to the question, they cost "
            "{shut_way} and {emptied_way}. For the character model, they cost {shut_text} "
            "and {emptied_text} nats at once, and {shut_later} and {emptied_later} nats "
            "{later} characters later ({sets} sets of questions, {texts} texts)."
        ),
        {
            "shut": f"{asked[SHUT]:.2f}",
            "emptied": f"{asked[EMPTIED]:g}",
            "shut_way": f"{way[SHUT]:.4f}",
            "emptied_way": f"{way[EMPTIED]:.2f}",
            "shut_text": f"{at_once[SHUT]:.2f}",
            "emptied_text": f"{at_once[EMPTIED]:g}",
            "later": str(LATER),
            "sets": str(numbers["answer"]["count"][0]),
            "texts": str(numbers["after"]["count"][0]),
            "shut_later": f"{_added(numbers, SHUT, LATER):.2f}",
            "emptied_later": f"{_added(numbers, EMPTIED, LATER):.2f}",
        },
    )


def _added(numbers: Numbers, what: str, later: int) -> float:
    """What a cut adds to the loss of the character model."""
    return number(
        numbers["after"], "mean", lambda row: row["cut"] == what and row["later"] == later
    )


def _cost(numbers: Numbers, where: str, what: str) -> float:
    """What a cut adds to the loss of the answer."""
    mean = {
        each: number(
            numbers["answer"],
            "mean",
            lambda row, each=each: row["where"] == where and row["cut"] == each,  # type: ignore[misc]
        )
        for each in (what, "untouched")
    }
    return mean[what] - mean["untouched"]


def _after(watch: Watch) -> Iterator[Row]:
    """What each cut adds to the loss by the distance from it; spread over parts of the text."""
    model, card = load_as(LanguageModel, "lstm-timemachine")
    parts = chunks()
    for done, part in enumerate(parts, start=1):
        texts = windows(part, CUT + AFTER, stride=STRIDE)
        found = losses(model, _ids(texts, card.vocabulary), CUT)
        for what in CUTS:
            added = (found[what] - found["untouched"]).mean(0)  # (AFTER − 1,)
            for later, nats in enumerate(added.tolist()):
                yield {"cut": what, "later": later, "nats": nats}
        watch(done / len(parts))


def _answers() -> Iterator[Row]:
    """What the answer costs after a cut at the question and half way to it; spread over texts."""
    model, card = load_as(LanguageModel, "lstm-recall")
    for seed in range(SETS):
        asked = questions(Random(seed), TEXTS, past=PAST, lag=LAG)
        ids = _ids([text + recall.answer(text) for text in asked], card.vocabulary)
        last = PAST + 1 + LAG  # the step of the question
        for where, step in zip(PLACES, (last, last - LAG // 2), strict=True):
            for what, nats in losses(model, ids, step).items():
                yield {"where": where, "cut": what, "nats": nats[:, -1].mean().item()}


def _ids(texts: Sequence[str], vocabulary: Sequence[str]) -> Tensor:
    """Token numbers of texts of one length, (B, T)."""
    known = Vocabulary(tuple(vocabulary))
    return torch.tensor([known.encode(text) for text in texts])


def _hidden(model: LanguageModel, inputs: Tensor, *interventions: Intervention) -> Tensor:
    """The hidden states that the head reads, (B, T, H)."""
    traced = trace(model.rnn, inputs, interventions=interventions)
    return torch.from_numpy(traced["hidden"].values[0, 0])


EXPERIMENT = Experiment(
    name="output-path",
    section="9.2",
    claim=N_(
        "The output layer reads the hidden state and never the memory cell, which lives "
        "on inside when the output gate is closed."
    ),
    measure=measure,
    judge=judge,
)
