"""What layers remember: the measurement against the functions it rests on, and every verdict."""

from collections.abc import Sequence

import numpy as np
import pytest

from explorer.experiments.layer_memory import INPUT, MODEL, SENTENCE, judge, measure
from explorer.experiments.tables import columns
from explorer.models.catalogue import load
from explorer.recurrence.reading import read
from explorer.recurrence.summary import half_life
from explorer.text.story import PROPERTIES, story
from explorer.text.vocabulary import Vocabulary


def numbers(lives: Sequence[float], letter: Sequence[float], sentence: Sequence[float]) -> dict:
    parts = [
        {"property": name, "layer": str(layer), "part": part, "accuracy": mean + part / 100}
        for name, means in (("letter", letter), (SENTENCE, sentence))
        for layer, mean in enumerate(means)
        for part in range(6)
    ]
    half = {"layer": [*range(len(lives))], "mean": [*lives]}
    return {
        "half-life": {**half, "sd": [0.01] * len(lives), "count": [6] * len(lives)},
        "parts": columns(parts),
    }


@pytest.mark.parametrize(
    ("lives", "letter", "sentence", "verdict"),
    [
        ((1, 2, 4), (0.9, 0.8, 0.6), (0.7, 0.8, 0.9), "holds"),
        ((1, 4, 4), (0.9, 0.8, 0.6), (0.7, 0.8, 0.9), "holds in part"),  # no rise at the top
        ((1, 2, 4), (0.9, 0.8, 0.6), (0.7, 0.8, 0.7), "holds in part"),
        ((1, 2, 4), (0.6, 0.6, 0.6), (0.7, 0.7, 0.7), "holds in part"),
        ((4, 2, 4), (0.6, 0.8, 0.6), (0.7, 0.7, 0.7), "does not hold here"),
        ((4, 2, 1), (0.6, 0.8, 0.9), (0.9, 0.7, 0.7), "does not hold here"),
    ],
)
def test_the_verdict_follows_from_the_numbers(lives, letter, sentence, verdict) -> None:
    assert judge(numbers(lives, letter, sentence)).verdict == verdict


def test_what_is_measured_is_what_the_gates_and_the_probe_say() -> None:
    parts = story()[:2]
    found = measure(lambda share: None, parts=parts)
    model, card = load(MODEL)
    readings = [read(model, Vocabulary(card.vocabulary), part.text) for part in parts]
    for layer, mean in enumerate(found["half-life"]["mean"]):
        medians = [np.median(half_life(reading.trace).values[layer, 0]) for reading in readings]
        assert mean == pytest.approx(np.mean(medians))
    probes = found["probes"]
    assert len(probes["mean"]) == (len(PROPERTIES) + 1) * (card.architecture.layers + 1)
    assert probes["layer"][0] == INPUT
    assert all(0 <= share <= 1 for share in probes["mean"])
    of = list(zip(probes["property"], probes["layer"], strict=True))
    lowest, alone = (probes["mean"][of.index(("letter", layer))] for layer in ("0", INPUT))
    assert lowest > alone  # a state can count letters, a character cannot
