"""The charts of series hold the values they are given, and mark the chosen place."""

import itertools

import numpy as np
import pytest

from explorer.figures.palette import CORPUS_COLOURS, CORPUS_DASHES
from explorer.figures.series import Axis, series_chart

PLACES = np.arange(1, 9)
SERIES = {"source": (PLACES, PLACES / 10), "target": (PLACES, PLACES / 20)}
NAMES = {"source": "English", "target": "法语"}


def chart(**options):
    given = {"x": Axis("places"), "y": Axis("values", percent=True)} | options
    return series_chart(SERIES, names=NAMES, **given)


def rows(specification, mark):
    """The rows that the layer with this mark draws."""
    for layer in specification["layer"]:
        if layer["mark"]["type"] == mark and layer["mark"].get("opacity", 1):
            data = layer.get("data") or specification["data"]
            return specification["datasets"][data["name"]]
    return []


def test_every_value_is_in_the_chart_in_its_colour_and_pattern():
    specification = chart().to_dict()
    drawn = {(row["series"], row["x"]): row["y"] for row in rows(specification, "line")}
    assert len(drawn) == 2 * len(PLACES)
    for name, (places, values) in SERIES.items():
        for place, value in zip(places, values, strict=True):
            assert drawn[NAMES[name], place] == pytest.approx(value)
    encoding = specification["layer"][0]["encoding"]
    assert encoding["color"]["scale"]["domain"] == list(NAMES.values())
    assert encoding["color"]["scale"]["range"] == [CORPUS_COLOURS[name] for name in SERIES]
    assert encoding["strokeDash"]["scale"]["range"] == [CORPUS_DASHES[name] for name in SERIES]


def test_the_chosen_place_is_marked_on_every_line():
    specification = chart(chosen=3).to_dict()
    assert [row["x"] for row in rows(specification, "rule")] == [3]
    dots = rows(specification, "point")
    assert {(row["series"], row["x"], row["y"]) for row in dots} == {
        ("English", 3, 0.3),
        ("法语", 3, 0.15),
    }
    assert not rows(chart().to_dict(), "rule")


def test_axes_are_as_they_are_asked_for():
    x = Axis("places", logarithmic=True, highest=100, marks=(1, 8))
    encoding = chart(x=x, y=Axis("values", highest=2)).to_dict()["layer"][0]["encoding"]
    assert encoding["x"]["scale"] == {"type": "log", "nice": False, "domain": [1, 100]}
    assert encoding["x"]["axis"]["values"] == [1, 8]
    assert encoding["y"]["scale"]["domain"] == [0, 2]


@pytest.mark.parametrize(
    "group",
    [("word", "piece", "character"), ("source", "target"), ("fixed", "random", "bucketed")],
)
def test_the_lines_of_one_chart_have_colours_and_patterns_of_their_own(group):
    for one, other in itertools.combinations(group, 2):
        assert CORPUS_COLOURS[one] != CORPUS_COLOURS[other]
        assert CORPUS_DASHES[one] != CORPUS_DASHES[other]
