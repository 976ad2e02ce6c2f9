"""Figures show the values they are given, in the colours of the quantities, and text as text."""

import itertools
import re
from typing import get_args

import numpy as np
import pandas as pd
import pytest
import vl_convert

from explorer.figures.heatmap import heatmap
from explorer.figures.lines import quantity_lines
from explorer.figures.palette import COLOURS, DASHES, NEGATIVE, reach, scale
from explorer.figures.saturation import saturation_plot
from explorer.figures.step_mark import STEP, at_step, following
from explorer.models.architecture import Cell
from explorer.recurrence.quantities import QUANTITIES

#: Cells that a user describes have names, and colours, of their own.
CELLS = get_args(Cell)
VALUES = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)


def test_every_quantity_has_a_colour_and_a_pattern():
    quantities = set(itertools.chain.from_iterable(QUANTITIES[cell] for cell in CELLS))
    assert set(COLOURS) == set(DASHES) == quantities


def linear(colour):
    """A hexadecimal colour in linear light, (3,)."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def cielab(light):
    """Linear light in CIELAB (D65), where distances are about what an eye tells apart."""
    to_xyz = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]
    xyz = np.array(to_xyz) @ np.clip(light, 0, 1) / [0.9505, 1, 1.0888]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


#: What the three kinds of dichromats see (Machado, Oliveira and Fernandes, 2009, severity 1).
SIGHT = {
    "trichromat": np.eye(3),
    "protanope": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deuteranope": np.array(
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
    ),
    "tritanope": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("cell", CELLS)
def test_every_eye_tells_the_quantities_of_a_cell_apart(cell, sight):
    seen = [cielab(SIGHT[sight] @ linear(COLOURS[quantity])) for quantity in QUANTITIES[cell]]
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(one - other) >= 15


def test_every_quantity_has_a_pattern_of_its_own():
    assert len({tuple(dashes) for dashes in DASHES.values()}) == len(DASHES)


def luminance(colour):
    return float(np.dot([0.2126, 0.7152, 0.0722], linear(colour)))


@pytest.mark.parametrize("colour", [*COLOURS.values(), NEGATIVE])
def test_every_colour_stands_out_on_white_and_on_black(colour):
    light = luminance(colour)
    assert 1.05 / (light + 0.05) >= 2
    assert (light + 0.05) / 0.05 >= 3


def test_a_heatmap_holds_the_values_and_the_order_of_the_units():
    figure = heatmap(VALUES, "update", name="update gate", tokens="abcd", units=[7, 2, 5])
    np.testing.assert_array_equal(np.asarray(figure.data[0].z), VALUES)
    assert figure.data[0].y == ("7", "2", "5")
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 1)
    assert figure.data[0].colorscale[-1][1] == COLOURS["update"]


def test_a_state_is_drawn_about_zero_as_far_as_most_of_it_reaches():
    values = np.full((100, 10), 2.5)
    values[0] = -40
    figure = heatmap(values, "memory", name="memory cell", tokens="a" * 10, units=range(100))
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-2.5, 2.5)
    assert scale("memory", signed=True)[0] == (0.0, NEGATIVE)


def test_colours_are_full_at_one_for_gates_and_never_before_for_states():
    assert reach("forget", np.array([0.2])) == 1
    assert reach("hidden", np.array([0.2, -0.3])) == 1
    assert reach("memory", np.array([-7.0, -7.0])) == 7


def test_tokens_never_become_markup_in_plotly():
    tokens = ["<s>", "<b>", "&", '"']
    figure = heatmap(VALUES, "reset", name="reset gate", tokens=tokens, units=[0, 1, 2])
    assert figure.layout.xaxis.ticktext == ("&lt;s&gt;", "&lt;b&gt;", "&amp;", '"')


def test_long_texts_have_step_numbers_instead_of_tokens():
    values = np.zeros((2, 200))
    figure = heatmap(values, "reset", name="reset gate", tokens=["a"] * 200, units=[0, 1])
    assert figure.layout.xaxis.ticktext is None
    assert figure.layout.xaxis.title.text == "step"


def test_lines_hold_every_value_and_mark_the_step():
    series = {"memory": np.array([1.5, -2.0]), "hidden": np.array([0.25, 0.5])}
    names = {"memory": "记忆元", "hidden": "隐状态"}
    spec = quantity_lines(series, names=names, tokens="ab", step=1, bounded=False).to_dict()
    tables = list(spec["datasets"].values())
    lines = max(tables, key=len)
    values = {(row["step"], row["quantity"]): row["value"] for row in lines}
    assert values[0, "记忆元"] == 1.5
    assert values[1, "隐状态"] == 0.5
    assert spec["params"] == [{"name": STEP, "value": 1}]
    colour = spec["layer"][0]["encoding"]["color"]["scale"]
    assert colour["range"] == [COLOURS["memory"], COLOURS["hidden"]]


def test_saturation_has_a_dot_a_unit_and_gate():
    table = pd.DataFrame(
        {"gate": ["reset", "update"], "unit": [0, 0], "closed": [0.25, 0.0], "open": [0.5, 1.0]}
    )
    names = {"reset": "reset gate", "update": "update gate"}
    spec = saturation_plot(table, names=names).to_dict()
    (rows,) = spec["datasets"].values()
    assert [(row["gate"], row["closed"], row["open"]) for row in rows] == [
        ("reset gate", 0.25, 0.5),
        ("update gate", 0.0, 1.0),
    ]


def test_bounded_lines_share_their_scale_and_one_token_is_a_point():
    series = {"update": np.array([0.5])}
    names = {"update": "update gate"}
    spec = quantity_lines(series, names=names, tokens="a", step=0, bounded=True).to_dict()
    (line,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [-1, 1]
    assert line["mark"]["point"] is True


def test_a_click_and_a_label_mean_steps_where_the_axis_says_tokens():
    figure = heatmap(VALUES, "reset", name="reset gate", tokens="aaba", units=[0, 1, 2])
    assert np.asarray(figure.data[0].customdata).tolist() == [[0, 1, 2, 3]] * 3


def test_a_clipped_scale_says_so_at_its_ends():
    figure = heatmap(VALUES * 100, "memory", name="memory cell", tokens="abcd", units=[0, 1, 2])
    low, _, high = figure.data[0].colorbar.ticktext
    assert low.startswith("≤")
    assert high.startswith("≥")


@pytest.mark.parametrize(("width", "shown"), [(300, {"50", "60"}), (800, {"0", "60", "110"})])
def test_a_phone_shows_the_steps_about_the_chosen_one(width, shown):
    series, names = {"update": np.linspace(0, 1, 120)}, {"update": "update gate"}
    chart = quantity_lines(series, names=names, tokens="a" * 120, step=60, bounded=True)
    svg = vl_convert.vegalite_to_svg(chart.properties(width=width).to_json())
    numbers = {*re.findall(r">(\d+)</text>", svg)}
    assert shown <= numbers
    assert ("110" in numbers) == ("110" in shown)


def lines_of(count, step=0):
    series, names = {"update": np.linspace(0, 1, count)}, {"update": "update gate"}
    return quantity_lines(series, names=names, tokens="a" * count, step=step, bounded=True)


@pytest.mark.parametrize("count", [2, 41, 42, 120])
def test_the_steps_of_a_phone_hold_the_chosen_one(count):
    corners = {0, 19, 20, 41, count - 21, count - 20, count - 1}  # where the steps begin, and end
    for step in corners & {*range(count)}:
        chart = at_step(lines_of(count).properties(width=300), step)
        svg = vl_convert.vegalite_to_svg(chart.to_json())
        axis = re.search(r"with values from ([\d.]+) to ([\d.]+)\"", svg)
        first, last = map(float, axis.groups())
        assert first <= step <= last
        assert last - first == min(40, count - 1)
        assert f'aria-label="step: {step}"' in svg


def test_the_chart_of_a_page_is_the_same_at_every_step():
    """It takes the step from a field of the page; another chart takes it a tenth of a second."""
    charts = [following(lines_of(30, step).to_dict()) for step in (0, 29)]
    assert charts[0] == charts[1]
    assert charts[0]["params"][0]["bind"]["element"].startswith("#")
