"""The charts of the search page hold the values that they are given."""

import math

import pytest

from explorer.figures.falling import Held, falling_lines
from explorer.figures.ranks import rank_lines
from explorer.figures.widths import width_lines

STEPS = (Held("je", -0.5, -math.inf, 1, True), Held("<s>", -3.0, -2.5, 7, False),
         Held("!", -math.inf, -4.0, 99, False))  # fmt: skip


def rows(specification, layer):
    data = specification["layer"][layer].get("data") or specification["data"]
    return specification["datasets"][data["name"]]


def test_the_sequence_and_the_cut_are_drawn_where_they_are_numbers():
    specification = falling_lines(STEPS).to_dict()
    drawn = {(row["step"], row["line"][:7]): row["log p"] for row in rows(specification, 0)}
    assert drawn == {
        (1, "the ref"): -0.5,
        (2, "the ref"): -3.0,
        (2, "cutoff:"): -2.5,
        (3, "cutoff:"): -4.0,
    }


def test_a_cross_marks_the_first_step_that_was_not_kept():
    (cross,) = rows(falling_lines(STEPS).to_dict(), 1)
    assert (cross["step"], cross["log p"]) == (2, -3.0)
    assert not rows(falling_lines(STEPS[:1]).to_dict(), 1)


def test_ranks_stand_at_their_alphas_and_the_first_on_top():
    ranks = {"long": [(2, -9.0), (1, -0.5)], "短": [(1, -3.0), (2, -1.0)]}
    specification = rank_lines(ranks, (0.0, 2.0), chosen=0.75).to_dict()
    drawn = {(row["text"], row["alpha"]): (row["rank"], row["score"])
             for row in rows(specification, 0)}  # fmt: skip
    assert drawn == {
        (name, alpha): one
        for name, row in ranks.items()
        for alpha, one in zip((0.0, 2.0), row, strict=True)
    }
    low, high = specification["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low > 2 > 1 > high
    assert rows(specification, 1) == [{"alpha": 0.75}]


@pytest.mark.parametrize(("shape", "step"), [(".1f", 0.1), (".3f", 0.001), (".0%", 0.01)])
def test_marks_are_no_nearer_than_the_digits_tell_apart(shape, step):
    chart = width_lines({"a": [("1", 0.5), ("exact", 0.7)]}, title="t", shape=shape)
    axis = chart.to_dict()["encoding"]["y"]["axis"]
    assert axis["tickMinStep"] == pytest.approx(step)
    assert axis["format"] == shape


def test_exact_search_stands_last_and_every_series_has_its_line():
    series = {"α = 0": [("1", 10.0), ("50", 1e6), ("exact", 1e7)], "α = 1": [("1", 20.0)]}
    specification = width_lines(series, title="t", logarithmic=True).to_dict()
    assert specification["encoding"]["x"]["sort"] == ["1", "50", "exact"]
    assert specification["encoding"]["y"]["scale"]["type"] == "log"
    (data,) = specification["datasets"].values()
    assert len(data) == 4
