"""What each layer of a deep network remembers, and for how long.

The trained network reads a story that it has never seen. How long its gates let each layer remember
is one measure; what can be read off each layer's state by a linear probe is another.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

import numpy as np
import torch

from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Value,
    Verdict,
    Watch,
)
from explorer.experiments.tables import columns, rows
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.probe import probe_parts
from explorer.recurrence.reading import Reading, read
from explorer.recurrence.summary import half_life
from explorer.text.story import PROPERTIES, Part, scenes
from explorer.text.vocabulary import Vocabulary

MODEL = "deep-lstm-timemachine"
INPUT = "input"
"""In place of a layer: the character that is read, of which a probe can know no more than it is."""
_SHORT, _LONG = "letter", "quotation"  # what is decided lately, and what is decided long ago


def measure(watch: Watch, *, parts: Sequence[Part] | None = None) -> Numbers:
    """Half-life and probes by layer, mean and spread over the parts of the story.

    Args:
        watch: Told the share that is done.
        parts: What is read; the scenes that open the story, if nothing else is given.
    """
    parts = parts or scenes()
    model, card = load_as(LanguageModel, MODEL)
    readings = [read(model, Vocabulary(card.vocabulary), part.text) for part in parts]
    states = {INPUT: [_characters(model, reading) for reading in readings]}
    for layer in range(card.architecture.layers):
        states[str(layer)] = [_state(reading, layer) for reading in readings]
    probed: list[dict[str, Value]] = []
    for done, name in enumerate(PROPERTIES):
        watch(done / len(PROPERTIES))
        labels = [part.labels[name] for part in parts]
        for layer_name, state in states.items():
            row = {"property": name, "layer": layer_name, **_probed(state, labels)}
            probed.append(row)
    return {"half-life": columns(list(_half_lives(readings))), "probes": columns(probed)}


def judge(numbers: Numbers) -> Judgement:
    """Whether half-lives rise, what is brief is read best below, and what lasts above."""
    lives = [_spread(row) for row in rows(numbers["half-life"])]
    short, long = (_of(numbers, name) for name in (_SHORT, _LONG))
    letter, quotation = ([_spread(row) for row in of] for of in (short, long))
    chance = max(row["majority"] for row in long)
    rises = all(_above(high, low) for low, high in pairwise(lives))
    brief = _above(letter[0], letter[-1])
    lasting = _above(quotation[-1], quotation[0]) and quotation[-1].mean > chance
    verdict: Verdict = "does not hold here"
    if rises and brief and lasting:
        verdict = "holds"
    elif _above(lives[-1], lives[0]) or brief or lasting:
        verdict = "holds in part"
    return Judgement(
        verdict,
        N_(
            "From the lowest layer to the highest, half of what a unit held is gone after "
            "{lives} steps (median unit). Accuracy of a probe on each layer: letters of the "
            "word read so far, {letter}; inside quotation marks or not, {quotation}, where "
            "always predicting the majority class reaches {chance}."
        ),
        {
            "lives": " / ".join(f"{life.mean:.1f}" for life in lives),
            "letter": " / ".join(f"{share.mean:.0%}" for share in letter),
            "quotation": " / ".join(f"{share.mean:.0%}" for share in quotation),
            "chance": f"{chance:.0%}",
        },
    )


def _state(reading: Reading, layer: int) -> np.ndarray:
    """All that a layer hands on to its next step: hidden state and memory, (T, 2 H)."""
    both = [reading.trace[name].values[layer, 0, 0] for name in ("hidden", "memory")]
    return np.concatenate(both, axis=1)


def _characters(model: LanguageModel, reading: Reading) -> np.ndarray:
    """What the lowest layer reads, (T, V)."""
    ids = torch.tensor(reading.vocabulary.encode(reading.tokens))
    inputs: np.ndarray = model.inputs(ids).numpy()
    return inputs


def _half_lives(readings: Sequence[Reading]) -> Iterator[dict[str, Value]]:
    """The median unit's of each layer, and between which the middle half of the units lies."""
    lives = np.stack([half_life(r.trace).values[:, 0] for r in readings])  # (parts, L, H)
    low, middle, high = np.percentile(lives, (25, 50, 75), axis=-1)  # (parts, L) each
    for layer in range(lives.shape[1]):
        yield {
            "layer": layer,
            **vars(Spread.of(middle[:, layer].tolist())),
            "quarter": float(low[:, layer].mean()),
            "three quarters": float(high[:, layer].mean()),
        }


def _probed(
    states: Sequence[np.ndarray], labels: Sequence[Sequence[str | None]]
) -> dict[str, Value]:
    """How often a property is read off right in a part that the fit has not seen."""
    asked = [np.array([label is not None for label in of_part]) for of_part in labels]
    kept = np.concatenate([s[a] for s, a in zip(states, asked, strict=True)])  # (N, 2 H)
    names = [label for of_part in labels for label in of_part if label is not None]
    parts = np.repeat(range(len(asked)), [a.sum() for a in asked])
    probes = probe_parts(kept, names, parts.tolist())
    majority = fmean(probe.majority for probe in probes)
    return {**vars(Spread.of([probe.accuracy for probe in probes])), "majority": majority}


def _of(numbers: Numbers, name: str) -> Sequence[Mapping[str, Any]]:
    """What was read of one property off each layer, without what the input says."""
    probes: Sequence[Mapping[str, Any]] = rows(numbers["probes"])
    return [row for row in probes if row["property"] == name and row["layer"] != INPUT]


def _spread(row: Mapping[str, Any]) -> Spread:
    return Spread(row["mean"], row["sd"], row["count"])


def _above(one: Spread, other: Spread) -> bool:
    """Whether one lies above another by more than both spread."""
    return one.mean - one.sd > other.mean + other.sd


EXPERIMENT = Experiment(
    name="layer-memory",
    section="9.3",
    claim=N_(
        "The layers of a deep recurrent network work at different time scales: lower "
        "layers follow what is brief, higher layers keep what lasts."
    ),
    measure=measure,
    judge=judge,
)
