"""The bill's chart: every number stands where its logarithm is, whatever its size."""

import json

import pytest

from explorer.figures.bill import Count, bill_chart
from explorer.text.numbers import power_of_ten

KINDS = {"scored": "continuations scored", "formula": "the book's count"}


@pytest.mark.parametrize("highest", [0.6, 2.4, 122.0, 400.5])
def test_the_axis_takes_numbers_that_no_float_holds(highest):
    counts = [Count("Beam", "scored", 0.5, "3"), Count("Greedy", "formula", highest, "many")]
    chart = bill_chart(counts, rows=["Greedy", "Beam"], kinds=KINDS, title="count").to_dict()
    (table,) = chart["datasets"].values()
    assert [row["power"] for row in table] == [0.5, highest]
    x = chart["encoding"]["x"]
    ticks = x["axis"]["values"]
    assert x["scale"]["domain"][1] == ticks[-1] >= highest
    assert 2 <= len(ticks) <= 10
    names = json.loads(x["axis"]["labelExpr"].split(")[")[0][1:])
    assert names == {str(tick): power_of_ten(tick) for tick in ticks}
    assert chart["encoding"]["y"]["sort"] == ["Greedy", "Beam"]


def test_kinds_are_told_apart_by_shape_as_by_colour():
    kinds = {kind: kind for kind in ("scored", "read", "calls", "formula")}
    chart = bill_chart([Count("Beam", "scored", 0.5, "3")], rows=["Beam"], kinds=kinds, title="")
    encoding = chart.to_dict()["encoding"]
    for channel in ("shape", "color"):
        assert len(set(encoding[channel]["scale"]["range"])) == len(kinds)
