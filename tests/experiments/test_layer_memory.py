"""What layers remember: the measurement against the functions it rests on, and every verdict."""

from collections.abc import Sequence

import numpy as np
import pytest

from explorer.experiments.layer_memory import INPUT, MODEL, judge, measure
from explorer.models.catalogue import load
from explorer.recurrence.reading import read
from explorer.recurrence.summary import half_life
from explorer.text.story import PROPERTIES, story
from explorer.text.vocabulary import Vocabulary


def numbers(lives: Sequence[float], letter: Sequence[float], quotation: Sequence[float]) -> dict:
    layers = len(lives)
    count = {"sd": [0.01] * layers, "count": [6] * layers}
    probes = {
        "property": ["letter"] * layers + ["quotation"] * layers,
        "layer": [str(layer) for layer in range(layers)] * 2,
        "mean": [*letter, *quotation],
        "sd": [0.01] * 2 * layers,
        "count": [6] * 2 * layers,
        "majority": [0.7] * 2 * layers,
    }
    return {"half-life": {"layer": [*range(layers)], "mean": [*lives], **count}, "probes": probes}


@pytest.mark.parametrize(
    ("lives", "letter", "quotation", "verdict"),
    [
        ((1, 2, 4), (0.9, 0.8, 0.6), (0.7, 0.8, 0.9), "holds"),
        ((1, 4, 4), (0.9, 0.8, 0.6), (0.7, 0.8, 0.9), "holds in part"),  # no rise at the top
        ((1, 2, 4), (0.9, 0.8, 0.6), (0.5, 0.6, 0.65), "holds in part"),  # below the commonest
        ((1, 2, 4), (0.6, 0.6, 0.6), (0.7, 0.7, 0.7), "holds in part"),
        ((4, 2, 4), (0.6, 0.8, 0.6), (0.7, 0.7, 0.7), "does not hold here"),
        ((4, 2, 1), (0.6, 0.8, 0.9), (0.9, 0.7, 0.7), "does not hold here"),
    ],
)
def test_the_verdict_follows_from_the_numbers(lives, letter, quotation, verdict) -> None:
    assert judge(numbers(lives, letter, quotation)).verdict == verdict


def test_what_is_measured_is_what_the_gates_and_the_probe_say() -> None:
    parts = story()[:2]
    found = measure(lambda share: None, parts=parts)
    model, card = load(MODEL)
    readings = [read(model, Vocabulary(card.vocabulary), part.text) for part in parts]
    for layer, mean in enumerate(found["half-life"]["mean"]):
        medians = [np.median(half_life(reading.trace).values[layer, 0]) for reading in readings]
        assert mean == pytest.approx(np.mean(medians))
    probes = found["probes"]
    assert len(probes["mean"]) == len(PROPERTIES) * (card.architecture.layers + 1)
    assert probes["layer"][0] == INPUT
    assert all(0 <= share <= 1 for share in probes["mean"])
    of = list(zip(probes["property"], probes["layer"], strict=True))
    lowest, alone = (probes["mean"][of.index(("letter", layer))] for layer in ("0", INPUT))
    assert lowest > alone  # a state can count letters, a character cannot
