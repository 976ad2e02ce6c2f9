"""What each layer of a deep network remembers, and for how long.

The trained network reads a story that it has never seen. How long its gates let each layer remember
is one measure; what can be read off each layer's state by a linear probe is another.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import torch

from explorer.encoding.probe import probe_parts
from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Table,
    Value,
    Verdict,
    Watch,
)
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.reading import Reading, read
from explorer.recurrence.summary import half_life
from explorer.text.story import PROPERTIES, Part, story
from explorer.text.vocabulary import Vocabulary

MODEL = "deep-lstm-timemachine"
INPUT = "input"
"""In place of a layer: the character that is read, of which a probe can know no more than it is."""
_SHORT, _LONG = "letter", "quotation"  # what is decided lately, and what is decided long ago


def measure(watch: Watch, *, parts: Sequence[Part] | None = None) -> Numbers:
    """Half-life and probes by layer, mean and spread over the parts of the story.

    Args:
        watch: Told the share that is done.
        parts: What is read; the whole story, if nothing else is given.
    """
    parts = parts or story()
    model, card = load_as(LanguageModel, MODEL)
    readings = [read(model, Vocabulary(card.vocabulary), part.text) for part in parts]
    states = {INPUT: [_characters(model, reading) for reading in readings]}
    for layer in range(card.architecture.layers):
        states[str(layer)] = [_state(reading, layer) for reading in readings]
    rows = []
    for done, name in enumerate(PROPERTIES):
        watch(done / len(PROPERTIES))
        labels = [part.labels[name] for part in parts]
        rows += [{"property": name, "layer": n, **_probed(s, labels)} for n, s in states.items()]
    return {"half-life": _table(_half_lives(readings)), "probes": _table(rows)}


def judge(numbers: Numbers) -> Judgement:
    """Whether half-lives rise from layer to layer, and the highest keeps best what lasts."""
    lives = _spreads(numbers["half-life"])
    rises = all(_above(high, low) for low, high in zip(lives, lives[1:], strict=False))
    short, long = (_spreads(_of(numbers["probes"], name)) for name in (_SHORT, _LONG))
    chance = fmean_of(_of(numbers["probes"], _LONG)["majority"])
    keeps = _above(long[-1], long[0]) and long[-1].mean - long[-1].sd > chance
    verdict: Verdict = "does not hold here"
    if _above(lives[-1], lives[0]) or keeps:
        verdict = "holds" if rises and keeps else "holds in part"
    return Judgement(
        verdict,
        N_(
            "From the lowest layer to the highest, half of what a unit held is gone after {lives} "
            "steps (median unit). Read off the layers: how many letters of the word were read, "
            "right in {letter}; inside quotation marks or not, right in {quotation}, where always "
            "saying the commoner is right in {chance}."
        ),
        {
            "lives": _said(lives, "{:.1f}"),
            "letter": _said(short, "{:.0%}"),
            "quotation": _said(long, "{:.0%}"),
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
    """The median unit's of each layer, and where the middle half of the units lies."""
    lives = np.stack([half_life(r.trace).values[:, 0] for r in readings])  # (parts, L, H)
    low, middle, high = np.percentile(lives, (25, 50, 75), axis=-1)  # (parts, L) each
    for layer in range(lives.shape[1]):
        of_units = {"quarter": low, "three quarters": high}
        edges = {name: float(values[:, layer].mean()) for name, values in of_units.items()}
        yield {"layer": str(layer), **vars(Spread.of(middle[:, layer].tolist())), **edges}


def _probed(
    states: Sequence[np.ndarray], labels: Sequence[Sequence[str | None]]
) -> dict[str, Value]:
    """How often a property is read off right in a part that the fit has not seen."""
    asked = [np.array([label is not None for label in of_part]) for of_part in labels]
    rows = np.concatenate([s[a] for s, a in zip(states, asked, strict=True)])
    names = [label for of_part in labels for label in of_part if label is not None]
    probes = probe_parts(rows, names, np.repeat(range(len(asked)), [a.sum() for a in asked]))
    majority = Spread.of([probe.majority for probe in probes]).mean
    return {**vars(Spread.of([probe.accuracy for probe in probes])), "majority": majority}


def _table(rows: Iterator[dict[str, Value]] | Sequence[dict[str, Value]]) -> Table:
    columns: dict[str, list[Value]] = {}
    for row in rows:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return columns


def _of(probes: Table, name: str) -> Table:
    """The rows of one property, without that of the input."""
    pairs = zip(probes["property"], probes["layer"], strict=True)
    kept = [n for n, (prop, layer) in enumerate(pairs) if prop == name and layer != INPUT]
    return {column: [values[n] for n in kept] for column, values in probes.items()}
