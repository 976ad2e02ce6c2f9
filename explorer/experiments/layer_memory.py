"""What each layer of a deep network remembers, and for how long.

The trained network reads a story that it has never seen. How long its gates let each layer remember
is one measure; what can be read off each layer's state by a linear probe is another.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean

import numpy as np
import torch

from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Value,
    Watch,
)
from explorer.experiments.tables import Row, column, columns, rows, spread
from explorer.experiments.verdicts import above, by_share, difference
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.probe import Probe, probe_parts
from explorer.recurrence.reading import Reading, read
from explorer.recurrence.summary import half_life
from explorer.text.story import PROPERTIES, Part, scenes
from explorer.text.vocabulary import Vocabulary
from explorer.unit_analysis.character_labels import words_of_the_sentence

MODEL = "deep-lstm-timemachine"
INPUT = "input"
"""In place of a layer: the character that is read, of which a probe can know no more than it is."""
SENTENCE = "sentence"  # how many words of the sentence have begun, in four groups
_SHORT, _LONG = "letter", SENTENCE  # what is decided lately, and what is decided long ago
_GROUPS = (2, 5, 10)  # the most words of all groups but the last
_MEASURED = (*PROPERTIES, SENTENCE)


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
    probed: list[Row] = []
    by_part: list[Row] = []
    for done, name in enumerate(_MEASURED):
        watch(done / len(_MEASURED))
        labels = [_labels(part, name) for part in parts]
        for layer_name, state in states.items():
            found = _probed(state, labels)
            of = {"property": name, "layer": layer_name}
            probed.append({**of, **_summary(found)})
            by_part += [
                {**of, "part": part, "accuracy": probe.accuracy} for part, probe in enumerate(found)
            ]
    return {
        "half-life": columns(list(_half_lives(readings))),
        "probes": columns(probed),
        "parts": columns(by_part),
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if half-lives rise, what is brief is read best below, and what lasts above.

    Each by 95 % intervals over the scenes: of every layer's half-life above that of the layer
    below; of the accuracy for letters below less that above; of that for words the other way.
    """
    lives = [spread(row) for row in rows(numbers["half-life"])]
    rises = all(difference(high, low).low > 0 for low, high in pairwise(lives))
    bottom, *_between, top = (str(layer) for layer in range(len(lives)))
    brief = above(_by_part(numbers, _SHORT, bottom), _by_part(numbers, _SHORT, top))
    lasting = above(_by_part(numbers, _LONG, top), _by_part(numbers, _LONG, bottom))
    return Judgement(
        by_share([rises, brief.low > 0, lasting.low > 0]),
        N_(
            "From the lowest layer to the highest, half of what a unit held is gone after "
            "{lives} steps (median unit). A probe reads the letters of the word so far better "
            "off the lowest layer than off the highest by {brief} percentage points (95% interval "
            "{brief_low} to {brief_high}), and the words of the sentence so far better off the "
            "highest by {lasting} ({lasting_low} to {lasting_high}; {scenes} scenes)."
        ),
        {
            "lives": " / ".join(f"{life.mean:.1f}" for life in lives),
            "scenes": str(lives[0].count),
            **brief.said("brief", 1, times=100),
            **lasting.said("lasting", 1, times=100),
        },
    )


def _by_part(numbers: Numbers, name: str, layer: str) -> list[float]:
    """How often a property is read right off a layer, scene by scene."""
    return column(rows(numbers["parts"], property=name, layer=layer), "accuracy")


def _labels(part: Part, name: str) -> Sequence[str | None]:
    """A property of a part, character by character; None where it has no meaning."""
    if name != SENTENCE:
        return part.labels[name]
    words = words_of_the_sentence(tuple(part.text))  # (T,)
    return [None if np.isnan(n) else str(bisect_left(_GROUPS, n)) for n in words]


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
) -> Sequence[Probe]:
    """How often a property is read off right in each part, which the fit has not seen."""
    asked = [np.array([label is not None for label in of_part]) for of_part in labels]
    kept = np.concatenate([s[a] for s, a in zip(states, asked, strict=True)])  # (N, 2 H)
    names = [label for of_part in labels for label in of_part if label is not None]
    parts = np.repeat(range(len(asked)), [a.sum() for a in asked])
    return probe_parts(kept, names, parts.tolist())


def _summary(probes: Sequence[Probe]) -> Row:
    majority = fmean(probe.majority for probe in probes)
    return {**vars(Spread.of([probe.accuracy for probe in probes])), "majority": majority}


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
