"""Which lags reset and update gates serve, unit by unit, and what is lost when they are held.

Section 9.1: reset gates help with short-term, update gates with long-term dependencies. What a
unit depends on is found by replacing one character and watching how far its state moves at every
lag; that is compared with the half-life of its memory and with its mean reset gate. What a gate is
good for is found by holding it at its mean: how many bits a longer context then still saves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from statistics import fmean

import numpy as np
import torch
from torch import Tensor

from explorer.experiments.dependence import (
    dependence,
    mean_lag,
    rank_correlation,
    share_within,
    with_another,
)
from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Table,
    Value,
    Watch,
)
from explorer.experiments.tables import Row, columns, rows, spread_columns
from explorer.experiments.texts import chunks, windows
from explorer.experiments.verdicts import above, by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.summary import half_life
from explorer.recurrence.trace import trace
from explorer.text.numbers import percent
from explorer.text.vocabulary import Vocabulary

MODEL = "gru-timemachine"
BEFORE, REACH, STRIDE = 60, 64, 10  # characters before the changed one, lags, windows' distance
CONTEXTS = (1, 2, 4, 8, 16, 32, 64)  # characters that the model may see
SHORT = 2  # lags that are called short-term
LONG = 8  # the context up to which a longer one still helps this model

LIFE, RESET = "half-life and mean lag", "mean reset and short-term share"
TRAINED, RESET_OPEN = "as trained", "reset at 1"
RESET_STILL, UPDATE_STILL = "reset at its mean", "update at its mean"


@dataclass(frozen=True)
class Units:
    """What was found of each of H units, (H,) each; the lags and the half-life in characters."""

    half_life: np.ndarray
    mean_lag: np.ndarray
    short_share: np.ndarray
    reset: np.ndarray
    update: np.ndarray


def measure(watch: Watch) -> Numbers:
    """Units, correlations and what a longer context saves; spread over ten parts of the text."""
    model, card = load_as(LanguageModel, MODEL)
    vocabulary = Vocabulary(card.vocabulary)
    parts = chunks()
    random = np.random.default_rng(0)
    found = []
    for done, part in enumerate(parts, start=1):
        texts = windows(part, BEFORE + REACH, stride=STRIDE)
        found.append(units(model, _ids(texts, vocabulary), random))
        watch(done / len(parts) / 2)
    saved: list[Row] = []
    for done, part in enumerate(parts, start=1):
        ids = _ids(windows(part, CONTEXTS[-1] + 1, stride=STRIDE), vocabulary)
        saved += [{**row, "part": done} for row in _saved(model, ids, found)]
        watch(0.5 + done / len(parts) / 2)
    return {
        "units": _units_table(found),
        "correlation": spread_columns(_correlations(found), value="correlation"),
        "saved": columns(saved),
    }


def units(model: LanguageModel, ids: Tensor, random: np.random.Generator) -> Units:
    """What each unit of a GRU of one layer depends on, and what its gates do, in some texts.

    Args:
        model: The GRU.
        ids: Token numbers of texts, (B, T); the one at step `BEFORE` is replaced.
        random: Draws what replaces it.
    """
    own = trace(model.rnn, model.inputs(ids))
    changed = trace(model.rnn, model.inputs(with_another(ids, BEFORE, random)))
    by_lag = dependence(own, changed, step=BEFORE)  # (K, H)
    reset, update = (own[gate].values[0, 0].mean((0, 1)) for gate in ("reset", "update"))  # (H,)
    return Units(
        half_life=half_life(own).values.ravel(),
        mean_lag=mean_lag(by_lag),
        short_share=share_within(by_lag, SHORT),
        reset=reset,
        update=update,
    )


@torch.inference_mode()
def bits(model: LanguageModel, ids: Tensor, context: int, *held: Intervention) -> float:
    """What the last token costs when only so many before it are seen, from a zero state.

    Args:
        model: A model of one layer.
        ids: Token numbers, (B, T).
        context: Below T.
        held: What is changed meanwhile.
    """
    traced = trace(model.rnn, model.inputs(ids[:, -1 - context : -1]), interventions=held)
    last = torch.from_numpy(traced["hidden"].values[0, 0, :, -1])  # (B, H)
    nats = -model.scores(last).log_softmax(-1).gather(1, ids[:, -1:])  # (B, 1)
    return float(nats.mean()) / log(2)


def judge(numbers: Numbers) -> Judgement:
    """It holds if holding each gate loses a larger share of what its own lags save.

    Part by part of the text: of the bits that characters at long lags save, holding the update
    gates at their means loses a larger share than of those that the second character saves; the
    reset gates the other way round. Larger: the 95 % interval of the difference is above 0. That
    a unit's half-life goes with the lags that it depends on is nearly a tautology: it is shown,
    not judged.
    """
    near, far = (1, SHORT), (SHORT, LONG)
    lost = {
        (held, way): _lost(numbers, held, *way)
        for held in (RESET_STILL, UPDATE_STILL)
        for way in (near, far)
    }
    update = above(lost[UPDATE_STILL, far], lost[UPDATE_STILL, near])
    reset = above(lost[RESET_STILL, near], lost[RESET_STILL, far])
    return Judgement(
        by_share([update.low > 0, reset.low > 0]),
        N_(
            "Of the bits saved by characters {from} to {long} back, holding the update gates at "
            "their means loses {update_far}, of those saved by the second character back "
            "{update_near}: {update} percentage points more (95% interval {update_low} to "
            "{update_high}). Holding the reset gates loses {reset_near} of those saved by the "
            "second character and {reset_far} of the others: a difference of {reset} "
            "({reset_low} to {reset_high}). One trained model, {parts} parts of a text in which "
            "more than {long} characters hardly help."
        ),
        {
            "from": str(SHORT + 1),
            "long": str(LONG),
            "parts": str(len(lost[UPDATE_STILL, far])),
            "update_far": percent(fmean(lost[UPDATE_STILL, far])),
            "reset_far": percent(fmean(lost[RESET_STILL, far])),
            "update_near": percent(fmean(lost[UPDATE_STILL, near])),
            "reset_near": percent(fmean(lost[RESET_STILL, near])),
            **update.said("update", 0, times=100),
            **reset.said("reset", 0, times=100),
        },
    )


def _lost(numbers: Numbers, held: str, context: int, longer: int) -> list[float]:
    """The share that holding a gate loses of what a longer context saves, part by part."""
    bits_at = {(r["gates"], r["context"], r["part"]): r["bits"] for r in rows(numbers["saved"])}
    parts = dict.fromkeys(part for _gates, _context, part in bits_at)

    def gain(gates: str, part: Value) -> float:
        short, long = (float(bits_at[gates, seen, part] or 0) for seen in (context, longer))
        return short - long

    return [1 - gain(held, part) / gain(TRAINED, part) for part in parts]


def _correlations(found: list[Units]) -> Iterator[Row]:
    for part in found:
        yield {"of": LIFE, "correlation": rank_correlation(part.half_life, part.mean_lag)}
        yield {"of": RESET, "correlation": rank_correlation(part.reset, part.short_share)}


def _saved(model: LanguageModel, ids: Tensor, found: list[Units]) -> Iterator[Row]:
    """What the last characters of some texts cost, by context and what is held."""
    for gates, held in _held(found).items():
        for context in CONTEXTS:
            yield {"gates": gates, "context": context, "bits": bits(model, ids, context, *held)}


def _held(found: list[Units]) -> Mapping[str, tuple[Intervention, ...]]:
    """Gates held where they are in the mean of all texts, unit by unit, or open."""
    return {
        TRAINED: (),
        RESET_OPEN: (Intervention("reset", value=1.0),),
        RESET_STILL: (Intervention("reset", value=np.mean([part.reset for part in found], 0)),),
        UPDATE_STILL: (Intervention("update", value=np.mean([part.update for part in found], 0)),),
    }


def _units_table(found: list[Units]) -> Table:
    """The means over the parts of the text, a row a unit."""
    names = ("half_life", "mean_lag", "short_share", "reset", "update")
    means = {name: np.mean([getattr(part, name) for part in found], 0) for name in names}
    return {
        "unit": list(range(len(means["reset"]))),
        **{name.replace("_", " "): mean.round(4).tolist() for name, mean in means.items()},
    }


def _ids(texts: list[str], vocabulary: Vocabulary) -> Tensor:
    """Token numbers of texts of one length, (B, T)."""
    return torch.tensor([vocabulary.encode(text) for text in texts])


EXPERIMENT = Experiment(
    name="reset-update-lags",
    section="9.1",
    claim=N_("Reset gates serve short-term dependencies, update gates long-term ones."),
    measure=measure,
    judge=judge,
)
