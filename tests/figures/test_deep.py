"""The figures of depth and training draw the values that they are given."""

import math

import numpy as np
import pytest

from explorer.figures.convergence import convergence_map
from explorer.figures.layers import half_life_plot, probe_plot
from explorer.figures.race import Course, race_chart


def races(**options):
    courses = [Course("one", [3.0, 2.0, 1.0]), Course("two", [3.0, 9.0], ended=True)]
    words = {"x": "update", "y": "loss", "ended": "diverged"}
    return race_chart(courses, updates=10, **{"marks": {"guess": 2.5}, **words, **options})


def test_a_race_draws_every_run_its_marks_and_a_cross_where_one_diverged() -> None:
    drawn = races().to_dict()
    values = [row for rows in drawn["datasets"].values() for row in rows]
    assert {(r["run"], r["update"], r["value"]) for r in values if "run" in r} >= {
        ("one", 1, 3.0),
        ("one", 3, 1.0),
        ("two", 2, 9.0),
    }
    assert [r["run"] for r in values if "ended" in r] == ["two"]
    assert [r["name"] for r in values if "name" in r] == ["guess"]


def test_a_long_run_is_drawn_by_means_that_end_with_its_last_update() -> None:
    course = Course("long", np.arange(1000.0))
    chart = race_chart([course], updates=1000, x="u", y="l", marks={}, ended="")
    rows = next(iter(chart.to_dict()["datasets"].values()))
    assert len(rows) <= 150
    assert rows[-1]["update"] == 1000
    width = rows[0]["update"]
    assert rows[0]["value"] == pytest.approx(np.arange(width).mean())


def test_a_run_without_updates_and_a_gradient_of_nothing_are_no_trouble() -> None:
    race_chart([Course("a", [])], updates=3, x="u", y="l", marks={}).to_dict()
    flat = race_chart(
        [Course("a", [0.0, 1.0])], updates=3, x="u", y="l", marks={}, logarithmic=True
    )
    (rows,) = flat.to_dict()["datasets"].values()
    assert [row["value"] for row in rows] == [1.0]


def test_the_map_says_by_signs_what_became_of_every_run() -> None:
    row = {"sd": 0.1, "not yet": 0, "converged": 0, "diverged": 0}
    grid = [
        {**row, "layers": 1, "rate": 2.0, "clip": None, "mean": 1.5, "converged": 3},
        {**row, "layers": 3, "rate": 2.0, "clip": None, "mean": 2.5, "not yet": 2, "diverged": 1},
        {**row, "layers": 1, "rate": 8.0, "clip": None, "mean": 1e5, "diverged": 3},
        {**row, "layers": 3, "rate": 8.0, "clip": None, "mean": 1.0, "converged": 3},
    ]
    _, shallow, heat, deep = convergence_map(grid, levels={"pair": 2.0, "uniform": 3.0}).data
    assert shallow.text[0] == "✔✔✔<br>1.50"
    assert shallow.text[1].startswith("✖✖✖")
    assert deep.text[0] == "○○✖<br>2.50"
    assert list(heat.x) == ["2", "8"]


def test_half_lives_are_strokes_with_the_median_said() -> None:
    drawn = half_life_plot([np.array([1.0, 2.0, np.inf]), np.array([8.0])], colour="#000000")
    rows = [row for rows in drawn.to_dict()["datasets"].values() for row in rows]
    strokes = [row["steps"] for row in rows if "unit" in row]
    assert strokes == [1.0, 2.0, 8.0]  # what never fades has no place on the axis
    assert [row["steps"] for row in rows if "unit" not in row] == [2.0, 8.0]


def test_probes_have_a_row_a_property_and_a_sign_a_layer() -> None:
    probes = [
        {"property": "letter", "layer": layer, "mean": 0.5, "sd": 0.1, "majority": 0.3}
        for layer in ("input", "0")
    ]
    layers = {"input": "the character", "0": "layer 0"}
    drawn = probe_plot(probes, properties={"letter": "letters"}, layers=layers).to_dict()
    (rows,) = drawn["datasets"].values()
    assert [row["layer"] for row in rows] == ["the character", "layer 0"]
    assert rows[0]["low"] == pytest.approx(0.4)


def test_a_logarithmic_axis_is_written_at_even_distances():
    courses = [Course("a", [0.02, 0.7]), Course("b", [0.5, math.inf], ended=True)]
    axis = race_chart(
        courses, updates=2, x="u", y="norm", marks={"clip": 1.0}, logarithmic=True
    ).to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["values"] == pytest.approx([0.01, 0.03, 0.1, 0.3, 1.0])
    far = race_chart(
        [Course("a", [1e-3, 1e30])], updates=2, x="u", y="norm", marks={}, logarithmic=True
    ).to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert far["values"] == pytest.approx([10.0**n for n in range(-3, 31)])
