"""Claims measured on shipped models: verdicts that come out each way."""

import pytest

from explorer.experiments import held_memory, length_penalty, three_layers
from explorer.experiments.tables import columns


@pytest.mark.parametrize(
    ("held", "moved", "verdict"),
    [
        (0.9, 0.0, "holds"),
        (0.9, 0.1, "holds in part"),
        (0.5, 0.0, "holds in part"),
        (0.5, 0.1, "does not hold here"),
    ],
)
def test_a_held_memory_must_stay_and_help(held, moved, verdict):
    rows = [
        {
            "lag": held_memory.JUDGED,
            "set": n,
            "held": held - n / 100,
            "free": 0.6 + n / 100,
            "moved": moved,
        }
        for n in range(5)
    ]
    assert held_memory.judge({"sets": columns(rows)}).verdict == verdict


def test_a_memory_with_both_gates_held_is_a_copy():
    found = held_memory.measure(lambda share: None, lags=(60,), texts=4)["sets"]
    assert max(found["moved"]) <= held_memory.ROUNDING
    assert min(found["free"]) == 1.0


@pytest.mark.parametrize(
    ("three", "verdict"),
    [((2.4, 2.45, 2.5, 2.4), "holds"), ((2.5, 2.7, 2.5, 2.7), "does not hold here")],
)
def test_three_layers_must_save_bits(three, verdict):
    bits = {"part": [0, 1, 2, 3], "one": [2.6, 2.61, 2.6, 2.62], "three": [*three]}
    sizes = {"model": ["one", "three"], "parameters": [10, 11]}
    assert three_layers.judge({"bits": bits, "size": sizes}).verdict == verdict


@pytest.mark.parametrize(
    ("longer", "better", "verdict"),
    [
        (1, 5.0, "holds"),
        (1, 0.0, "holds in part"),
        (0, 5.0, "holds in part"),
        (-1, -5.0, "does not hold here"),
    ],
)
def test_dividing_by_the_length_must_make_longer_and_better(longer, better, verdict):
    rows = [
        {
            "model": model,
            "alpha": alpha,
            "sentence": n,
            "tokens": 8 + (alpha > 0) * (longer + n % 2 - 0.5),
            "BLEU": 40 + (alpha > 0) * (better + n % 2 - 0.5),
        }
        for model in length_penalty.MODELS
        for alpha in length_penalty.ALPHAS
        for n in range(20)
    ]
    assert length_penalty.judge({"translations": columns(rows)}).verdict == verdict
