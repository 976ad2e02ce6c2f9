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

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Table, Value, Watch
from explorer.experiments.tables import Row, one_row, spread, spread_columns
from explorer.experiments.texts import chunks, questions, windows
from explorer.experiments.verdicts import Interval, by_share, interval
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.text import recall
from explorer.text.numbers import decimal
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
    """What cuts add to losses: after them in texts, and at the answer of the recall task."""
    after = spread_columns(_after(watch), value="nats")
    return {"after": after, "answer": spread_columns(_answers(), value="nats")}


def judge(numbers: Numbers) -> Judgement:
    """Whether the output reads the hidden state alone, and the memory alone brings facts along.

    Where the output is read, emptying the memory costs nothing in any set or part of the text, and
    the 95 % interval of what shutting the output gate costs lies above `USED`. Half way to the
    question, that of emptying lies above `USED`, and that of shutting below it.
    """
    asked, way = (
        {what: _cost(numbers["answer"], what, where=where) for what in CUTS} for where in PLACES
    )
    at_once, after = (
        {what: _cost(numbers["after"], what, later=later) for what in CUTS} for later in (0, LATER)
    )
    nothing = asked[EMPTIED] == at_once[EMPTIED] == (0, 0, 0)
    inside = nothing and min(asked[SHUT].low, at_once[SHUT].low) > USED
    carries = way[EMPTIED].low > USED > way[SHUT].high
    return Judgement(
        by_share([inside, carries]),
        N_(
            "In the recall task, closing the output gate at the question costs {shut} nats (95% "
            "interval {shut_low} to {shut_high}) and clearing the memory cell {emptied}; halfway "
            "to the question, they cost {shut_way} ({shut_way_low} to {shut_way_high}) and "
            "{emptied_way} ({emptied_way_low} to {emptied_way_high}). For the character model, "
            "they cost {shut_text} ({shut_text_low} to {shut_text_high}) and {emptied_text} nats "
            "at once, and {shut_later} and {emptied_later} nats {later} characters later ({sets} "
            "sets of questions, {texts} parts of a text; one trained model each)."
        ),
        {
            **asked[SHUT].said("shut", 2),
            "emptied": f"{asked[EMPTIED].mean:g}",
            **way[SHUT].said("shut_way", 5),
            **way[EMPTIED].said("emptied_way", 2),
            **at_once[SHUT].said("shut_text", 2),
            "emptied_text": f"{at_once[EMPTIED].mean:g}",
            "later": str(LATER),
            "sets": str(numbers["answer"]["count"][0]),
            "texts": str(numbers["after"]["count"][0]),
            "shut_later": decimal(after[SHUT].mean, 2),
            "emptied_later": decimal(after[EMPTIED].mean, 2),
        },
    )


def _cost(table: Table, what: str, **place: Value) -> Interval:
    """What a cut adds to the loss at a place, over the sets of questions or parts of the text."""
    return interval(spread(one_row(table, cut=what, **place)))


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
    """What a cut at the question or half way to it adds to the answer's loss; spread over sets."""
    model, card = load_as(LanguageModel, "lstm-recall")
    for seed in range(SETS):
        asked = questions(Random(seed), TEXTS, past=PAST, lag=LAG)
        ids = _ids([text + recall.answer(text) for text in asked], card.vocabulary)
        last = PAST + 1 + LAG  # the step of the question
        for where, step in zip(PLACES, (last, last - LAG // 2), strict=True):
            found = losses(model, ids, step)
            for what in CUTS:
                added = (found[what] - found["untouched"])[:, -1].mean().item()
                yield {"where": where, "cut": what, "nats": added}


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
