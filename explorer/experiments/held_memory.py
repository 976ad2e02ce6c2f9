"""If the forget gate is 1 and the input gate 0, is the past kept, and does that help?

The trained LSTM of the recall task is asked for a key that stands far before the question, as it is
and with both gates held at these values on the whole way in between (section 9.2).
"""

from collections.abc import Sequence
from random import Random
from statistics import fmean

import torch
from torch import Tensor

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.texts import questions
from explorer.experiments.verdicts import above, by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.text import recall
from explorer.text.numbers import decimal, percent, short
from explorer.training.recall import LAGS as TRAINED

LAGS = (100, 400, 1600)
JUDGED = 1600  # farther than any lag in training
PAST, SETS, TEXTS = 4, 5, 40
ROUNDING = 1e-6  # a copy may differ by so much


def measure(watch: Watch, *, lags: Sequence[int] = LAGS, texts: int = TEXTS) -> Numbers:
    """By lag and set of texts: right answers with gates free and held, and how far memory moved."""
    model = load_as(LanguageModel, "lstm-recall").model
    found: list[Row] = []
    for done, lag in enumerate(lags, 1):
        for seed in range(SETS):
            asked = questions(Random(seed), texts, past=PAST, lag=lag)
            found.append({"lag": lag, "set": seed, **_asked(model, asked, lag)})
        watch(done / len(lags))
    return {"sets": columns(found)}


def _asked(model: LanguageModel, texts: Sequence[str], lag: int) -> Row:
    ids = torch.tensor([recall.VOCABULARY.encode(text) for text in texts])  # (B, T)
    steps = range(PAST + 2, PAST + 1 + lag)  # behind the key, before the question
    held = (
        Intervention("forget", value=1.0, steps=steps),
        Intervention("input", value=0.0, steps=steps),
    )
    free = trace(model.rnn, model.inputs(ids))
    kept = trace(model.rnn, model.inputs(ids), interventions=held)
    memory = kept["memory"].values[0, 0]  # (B, T, H)
    return {
        "free": _right(model, free["hidden"].values[0, 0, :, -1], texts),
        "held": _right(model, kept["hidden"].values[0, 0, :, -1], texts),
        "moved": float(abs(memory[:, steps[-1]] - memory[:, PAST + 1]).max()),
    }


@torch.inference_mode()
def _right(model: LanguageModel, last: object, texts: Sequence[str]) -> float:
    """The share of texts whose answer is likeliest after the last hidden states, (B, H)."""
    scores: Tensor = model.scores(torch.as_tensor(last))  # (B, V)
    said = recall.VOCABULARY.decode(scores.argmax(-1).tolist())
    return fmean(a == recall.answer(text) for a, text in zip(said, texts, strict=True))


def judge(numbers: Numbers) -> Judgement:
    """It holds if the memory is copied to rounding, and more of the far questions are answered.

    More: the 95 % interval, over sets of texts, of what holding the gates adds to the share of
    right answers at `JUDGED` is above 0.
    """
    moved = max(column(rows(numbers["sets"]), "moved"))
    free, held = (column(rows(numbers["sets"], lag=JUDGED), how) for how in ("free", "held"))
    gain = above(held, free)
    return Judgement(
        by_share([moved <= ROUNDING, gain.low > 0]),
        N_(
            "With the forget gate at 1 and the input gate at 0 between the key and the question, "
            "the memory cell moves by at most {moved}. Of questions {lag} characters after the "
            "key, {held} are then answered right, and {free} with the gates as they are: {gain} "
            "percentage points more (95% interval {low} to {high}; {sets} sets of texts)."
        ),
        {
            "moved": short(moved, 1),
            "lag": f"{JUDGED:,}",
            "lags": ", ".join(f"{lag:,}" for lag in dict.fromkeys(numbers["sets"]["lag"])),
            "learned": str(max(TRAINED)),
            "held": percent(fmean(held)),
            "free": percent(fmean(free)),
            "gain": decimal(100 * gain.mean, 0),
            "low": decimal(100 * gain.low, 0),
            "high": decimal(100 * gain.high, 0),
            "sets": str(len(held)),
        },
    )


EXPERIMENT = Experiment(
    name="held-memory",
    section="9.2",
    claim=N_(
        "If the forget gate is always 1 and the input gate always 0, the memory cell keeps the "
        "past, and what lies long ago can be used."
    ),
    measure=measure,
    judge=judge,
)
