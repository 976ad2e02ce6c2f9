"""Initial weights: what each kind of start is, and a verdict that can come out each way."""

import math

import pytest
import torch
from torch import nn

from explorer.experiments import catalogue
from explorer.experiments.initialisation import CLIP, RATE, SMALL, STARTS, TIMES, judge, measure
from explorer.experiments.tables import columns, rows

LEVELS = columns([{"uniform": 3.0, "frequency": 2.0, "pair": 1.0}])
GOOD, BAD, NONE = (0.5, "converged"), (1.5, "not yet"), (None, "diverged")


def numbers(shallow: list, deep: list, *, seeds: int = 4) -> dict:
    """The same ends of all starts from every seed; a seed moves a loss a little."""
    made = [
        {
            "layers": layers,
            "start": start,
            "seed": seed,
            "loss": loss and loss * (1 + seed / 100),
            "outcome": outcome,
        }
        for layers, ends in ((1, shallow), (3, deep))
        for start, (loss, outcome) in zip(STARTS, ends, strict=True)
        for seed in range(seeds)
    ]
    return {"runs": columns(made), "guessing": LEVELS}


ALIKE = [GOOD] * 4


@pytest.mark.parametrize(
    ("shallow", "deep", "verdict"),
    [
        (ALIKE, [GOOD, GOOD, NONE, BAD], "holds"),
        (ALIKE, [GOOD, GOOD, (0.9, "converged"), GOOD], "holds in part"),  # costs nats, not runs
        ([GOOD, NONE, GOOD, GOOD], [BAD, NONE, BAD, BAD], "does not hold here"),  # decides less
        (ALIKE, [NONE] * 4, "does not hold here"),  # deep networks fail, whatever the start
        ([GOOD, NONE, GOOD, BAD], [GOOD, NONE, GOOD, BAD], "does not hold here"),
        ([GOOD, NONE, GOOD, BAD], ALIKE, "does not hold here"),
    ],
)
def test_the_verdict_follows_from_what_the_start_decides(shallow, deep, verdict) -> None:
    assert judge(numbers(shallow, deep)).verdict == verdict


def test_one_seed_decides_nothing() -> None:
    found = numbers(ALIKE, ALIKE)
    table = rows(found["runs"])
    table[-1] = {**table[-1], "loss": None, "outcome": "diverged"}
    assert judge({**found, "runs": columns(table)}).verdict == "does not hold here"


def test_the_setting_is_the_best_of_both_depths() -> None:
    grid = rows(catalogue.shipped("convergence").numbers["grid"])
    for layers in (1, 3):
        losses = {(r["rate"], r["clip"]): r["mean"] for r in grid if r["layers"] == layers}
        assert min(losses, key=losses.get) == (RATE, CLIP)


def test_a_start_changes_the_recurrent_layers_as_it_says() -> None:
    def begun(start: str) -> nn.LSTM:
        torch.manual_seed(0)
        layers = nn.LSTM(40, 32, num_layers=3).requires_grad_(False)
        STARTS[start](layers)
        return layers

    drawn = begun("torch")
    for one, other in zip(begun("large").parameters(), drawn.parameters(), strict=True):
        torch.testing.assert_close(one, TIMES * other)
    for name, weights in begun("small").named_parameters():
        spread = SMALL if "weight" in name else 0.0
        assert weights.std().item() == pytest.approx(spread, rel=0.1)
    for name, weights in begun("orthogonal").named_parameters():
        if "weight_hh" in name:
            for matrix in weights.split(32):
                torch.testing.assert_close(matrix @ matrix.T, torch.eye(32), atol=1e-5, rtol=0)
        else:
            assert weights.equal(drawn.get_parameter(name))


def test_what_is_measured_has_every_run_and_the_same_numbers_again() -> None:
    shares: list[float] = []
    once = measure(shares.append, updates=1, seeds=1)
    assert once == measure(lambda share: None, updates=1, seeds=1)
    assert shares == sorted(shares)
    table = once["runs"]
    assert len(table["loss"]) == 2 * len(STARTS)
    assert all(math.isfinite(loss) for loss in table["loss"])
    assert len(set(table["loss"][:4])) == 4  # every start is its own
