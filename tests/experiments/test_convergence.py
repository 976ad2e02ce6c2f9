"""The map of training: what counts as converged, and a verdict that can come out each way."""

import math

import pytest

from explorer.experiments.convergence import judge, measure, outcome
from explorer.text.entropy_baselines import Levels
from explorer.text.sentences import english_text

LEVELS = Levels(uniform=3.0, frequency=2.0, pair=1.0)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (0.5, "converged"),
        (1.5, "not yet"),
        (2.5, "not yet"),
        (3.5, "diverged"),
        (math.nan, "diverged"),
        (math.inf, "diverged"),
    ],
)
def test_what_a_loss_stands_for(loss, expected) -> None:
    assert outcome(loss, LEVELS) == expected


def grid(**converged: dict[tuple[float, float | None], int]) -> dict:
    """Numbers in which so many of two runs converge, by depth, rate and norm."""
    rows = [
        {"layers": layers, "rate": rate, "clip": clip, "converged": count, "count": 2}
        for layers, name in ((1, "shallow"), (3, "deep"))
        for (rate, clip), count in converged[name].items()
    ]
    return {"grid": {name: [row[name] for row in rows] for name in rows[0]}}


RATES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
EVERYWHERE = {(rate, clip): 2 for rate in RATES for clip in (0.1, 1.0, None)}
CLIPPED = {at: 0 if at[1] is None else 1 for at in EVERYWHERE}
FEWER = dict.fromkeys(EVERYWHERE, 1)
ONCE = {**EVERYWHERE, (1.0, None): 1}


@pytest.mark.parametrize(
    ("shallow", "deep", "verdict"),
    [
        (EVERYWHERE, CLIPPED, "holds"),
        (EVERYWHERE, FEWER, "holds in part"),
        (EVERYWHERE, ONCE, "does not hold here"),  # one run of one setting decides nothing
        (EVERYWHERE, EVERYWHERE, "does not hold here"),
        (FEWER, EVERYWHERE, "does not hold here"),
    ],
)
def test_the_verdict_follows_from_the_runs_that_converge(shallow, deep, verdict) -> None:
    found = judge(grid(shallow=shallow, deep=deep))
    assert found.verdict == verdict
    assert found.values["settings"] == "21"
    assert found.values["deep"] == str(sum(deep.values()))


def test_what_is_measured_has_every_setting_and_the_same_numbers_again() -> None:
    shares: list[float] = []
    once = measure(shares.append, text=english_text(), updates=3, seeds=2, rates=(0.5, 1e38))
    again = measure(lambda share: None, updates=3, seeds=2, rates=(0.5, 1e38))
    assert once == again
    assert shares == sorted(shares)
    table = once["grid"]
    assert len(table["rate"]) == 2 * 3 * 2
    assert set(table["count"]) == {2}
    ends = zip(table["converged"], table["not yet"], table["diverged"], strict=True)
    assert all(sum(of) == 2 for of in ends)
    wild = [
        diverged
        for rate, diverged in zip(table["rate"], table["diverged"], strict=True)
        if rate == 1e38
    ]
    assert set(wild) == {2}
