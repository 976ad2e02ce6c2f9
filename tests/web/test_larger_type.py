"""Charts of a presented page: their type is larger, and so are they."""

import copy

import altair as alt
import numpy as np
import pytest

from explorer.figures.heatmap import heatmap
from explorer.web.kit.larger_type import larger_plotly, larger_vega

LEAST_PX = 16


def test_a_chart_writes_larger_and_shows_the_same():
    chart = alt.Chart(alt.InlineData([{"a": 1}])).mark_text(fontSize=13)
    given = chart.encode(x=alt.X("a:Q", axis=alt.Axis(labelFontSize=12))).to_dict()
    before = copy.deepcopy(given)
    larger = larger_vega(given)
    assert given == before
    assert larger["data"] == given["data"]
    assert "height" not in larger
    assert larger["mark"]["fontSize"] >= LEAST_PX
    assert larger["encoding"]["x"]["axis"]["labelFontSize"] >= LEAST_PX
    for part in ("axis", "legend"):
        assert min(larger["config"][part].values()) >= LEAST_PX


def test_a_heatmap_writes_larger_and_shows_the_same():
    values = np.linspace(-1, 1, 6).reshape(2, 3)
    figure = heatmap(values, "hidden", name="state", tokens=("a", "b", "c"), units=(0, 1))
    before = figure.to_dict()
    larger = larger_plotly(figure.to_dict())
    np.testing.assert_array_equal(larger["data"][0]["z"], before["data"][0]["z"])
    assert figure.to_dict()["layout"] == before["layout"]
    layout = larger["layout"]
    sizes = [layout["font"]["size"], layout["title"]["font"]["size"]]
    sizes += [layout[axis]["tickfont"]["size"] for axis in ("xaxis", "yaxis")]
    assert min(sizes) >= LEAST_PX
    grown = layout["title"]["font"]["size"] / before["layout"]["title"]["font"]["size"]
    assert layout["height"] == pytest.approx(before["layout"]["height"] * grown)


def test_charts_grow_in_height_alone_and_as_their_type_does():
    part = alt.Chart(alt.InlineData([{"a": 1}])).mark_text(fontSize=10).properties(height=200)
    larger = [larger_vega(chart.to_dict()) for chart in (part, alt.vconcat(part, part))]
    factor = larger[0]["mark"]["fontSize"] / 10
    parts = [larger[0], *larger[1]["vconcat"]]
    assert [each["height"] for each in parts] == [200 * factor] * 3
    assert "width" not in larger[0]
