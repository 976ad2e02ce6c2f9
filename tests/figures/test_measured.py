"""Charts of what was measured: the schema holds, and the values in them are the given ones."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest
import vl_convert

from explorer.experiments import catalogue
from explorer.figures import measured
from explorer.figures.measured import Dot, Line, Look, Scale, spread_dots, spread_lines, unit_dots
from explorer.web.shared.claims.figures import SHOWN

A, B = Look("a", "#0072B2"), Look("b", "#D55E00", "diamond", (4, 2))


def values(chart):
    """The rows of the chart's data, whichever of its layers holds them."""
    return [row for table in chart.to_dict()["datasets"].values() for row in table]


def test_dots_have_their_spread_and_keep_their_order():
    chart = spread_dots(
        [Dot("x", B, 2.0, 0.5), Dot("x", A, 1.0), Dot("w", B, 3.0)], x="", y=Scale("y")
    )
    shown = values(chart)
    order = [(row["category"], row["series"]) for row in shown]
    assert order == [("x", "b"), ("x", "a"), ("w", "b")]
    assert (shown[0]["low"], shown[0]["mean"], shown[0]["high"]) == (1.5, 2.0, 2.5)
    colour = chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colour["domain"], colour["range"], strict=True)) == {
        "a": A.colour,
        "b": B.colour,
    }


def svg(chart, width):
    """The chart as it is drawn so wide."""
    return vl_convert.vegalite_to_svg(chart.properties(width=width).to_json())


def drawn(chart, width):
    """The texts of the chart."""
    return re.findall(r">([^<>]+)</(?:text|tspan)>", svg(chart, width))


def test_a_long_label_is_broken_on_a_phone_alone():
    chart = spread_dots([Dot("cut at the question", A, 1.0)], x="", y=Scale("y"))
    assert {"cut at the", "question"} <= {*drawn(chart, 300)}
    assert "cut at the question" in drawn(chart, 800)


def test_chinese_lines_are_shorter_and_numbers_below_them_stay_whole():
    chart = spread_dots([Dot("单元数相同的\n10^53.9", A, 1.0)], x="", y=Scale("y"))
    assert {"单元数相同", "的", "10^53.9"} <= {*drawn(chart, 300)}
    assert {"单元数相同的", "10^53.9"} <= {*drawn(chart, 800)}


def test_a_wide_page_has_its_legend_in_fewer_rows():
    lines = [Line(Look(f"a name of some length {n}"), [1, 2], [3.0, 4.0]) for n in range(4)]
    chart = spread_lines(lines, x=Scale("x"), y=Scale("y"))
    narrow, wide = (
        float(re.search(r'height="([\d.]+)"', svg(chart, width))[1]) for width in (300, 800)
    )
    assert wide < narrow


@pytest.mark.parametrize(("sd", "layers"), [((0.1, 0.2), 3), ((), 2)])
def test_a_line_has_a_band_where_it_has_a_spread(sd, layers):
    chart = spread_lines(
        [Line(A, [1, 2], [3.0, 4.0], sd)], x=Scale("x"), y=Scale("y", logarithmic=True)
    )
    assert len(chart.to_dict()["layer"]) == layers
    low = [3.0 - sd[0], 4.0 - sd[1]] if sd else [3.0, 4.0]
    assert [row["low"] for row in values(chart)] == low


def test_a_spread_ends_where_shares_end_and_where_the_axis_does():
    share, gate, loss = Scale("y", ".0%"), Scale("y", ".1f", ends=(0, 1)), Scale("y", ".1f")
    for axis, ends in ((share, (0.5, 1.0)), (gate, (0.5, 1.0)), (loss, (0.5, 1.3))):
        dots = spread_dots([Dot("x", A, 0.9, 0.4)], x="", y=axis)
        line = spread_lines([Line(A, [1], [0.9], [0.4])], x=Scale("x"), y=axis)
        for chart in (dots, line):
            (row,) = values(chart)
            assert (row["low"], row["high"]) == pytest.approx(ends)


def test_units_are_dots_shaded_between_the_given_ends():
    table = pd.DataFrame({"unit": [0], "x": [1.0], "y": [2.0], "shade": [0.5]})
    scales = {name: Scale(name) for name in ("x", "y")}
    chart = unit_dots(table, **scales, shade=Scale("s", ends=(0, 2)), colour="#D55E00", unit="u")
    assert chart.to_dict()["encoding"]["color"]["scale"]["domain"] == [0, 2]
    assert values(chart) == table.to_dict("records")


@pytest.mark.parametrize(("share", "told"), [(0.9996, "99.96%"), (1.0, "100%"), (1e-5, "<0.01%")])
def test_a_share_is_told_from_none_and_from_all(share, told):
    axis = Scale("y", format=".0%")
    dots = spread_dots([Dot("x", A, share)], x="", y=axis)
    line = spread_lines([Line(A, [1], [share])], x=Scale("x"), y=axis)
    for chart in (dots, line):
        assert [row["told"] for row in values(chart)] == [told]
        tips = chart.to_dict()["layer"][0]["encoding"]["tooltip"]
        assert {"field": "told", "title": "y", "type": "nominal"} in tips


@pytest.mark.parametrize("name", SHOWN)
def test_every_experiment_that_is_shown_exists_and_its_figure_can_be_drawn(name):
    assert name in catalogue.names()
    figure = SHOWN[name].figure(catalogue.shipped(name).numbers)
    assert figure.data if isinstance(figure, go.Figure) else values(figure)


def test_a_label_of_two_scripts_breaks_between_its_words():
    assert measured._wrapped("PyTorch 自带", 11) == ["PyTorch", "自带"]
    assert measured._wrapped("很小（同书中）", 11) == ["很小（同书", "中）"]
    assert measured._wrapped("two layers, same width", 11) == ["two layers,", "same width"]


def test_the_cost_of_both_directions_is_drawn_as_the_claim_says_it():
    result = catalogue.shipped("two-directions-cost")
    drawn = values(SHOWN["two-directions-cost"].figure(result.numbers))
    said = result.judgement.sentence.format(**result.judgement.values)
    times, memory = ([f"{row['mean']:.2f}" for row in drawn[at::2]] for at in (0, 1))
    assert len(times) == len(memory) == 2
    assert all(f"{value} times as" in said for value in [*times, memory[0]])
