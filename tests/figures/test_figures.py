"""Figures show the values they are given, in the colours of the quantities, and text as text."""

import itertools

import numpy as np
import pandas as pd
import pytest

from explorer.figures.accuracy import accuracy_lines
from explorer.figures.heatmap import heatmap, visible
from explorer.figures.lines import quantity_lines
from explorer.figures.palette import COLOURS, DASHES, NEGATIVE, scale
from explorer.figures.saturation import saturation_plot
from explorer.recurrence.quantities import QUANTITIES

VALUES = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)


def test_every_quantity_has_a_colour_and_a_pattern():
    quantities = set(itertools.chain.from_iterable(QUANTITIES.values()))
    assert set(COLOURS) == set(DASHES) == quantities


@pytest.mark.parametrize("cell", QUANTITIES)
def test_no_two_quantities_of_a_cell_look_the_same(cell):
    looks = [(COLOURS[q], tuple(DASHES[q])) for q in QUANTITIES[cell]]
    assert len({colour for colour, _ in looks}) == len(looks)
    assert NEGATIVE not in COLOURS.values()


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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


def test_a_state_is_drawn_about_zero_as_far_as_it_reaches():
    figure = heatmap(VALUES * -3, "memory", name="memory cell", tokens="abcd", units=[0, 1, 2])
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-3, 3)
    assert scale("memory")[0] == (0.0, NEGATIVE)


def test_tokens_never_become_markup_in_plotly():
    tokens = ["<s>", "<b>", "&", "x"]
    figure = heatmap(VALUES, "reset", name="reset gate", tokens=tokens, units=[0, 1, 2])
    assert figure.layout.xaxis.ticktext == ("&lt;s&gt;", "&lt;b&gt;", "&amp;", "x")


def test_long_texts_have_step_numbers_instead_of_tokens():
    values = np.zeros((2, 200))
    figure = heatmap(values, "reset", name="reset gate", tokens=["a"] * 200, units=[0, 1])
    assert figure.layout.xaxis.ticktext is None
    assert figure.layout.xaxis.title.text == "step"


def test_blanks_are_made_visible():
    assert [visible(token) for token in " \n\ta"] == ["␣", "⏎", "⇥", "a"]


def test_lines_hold_every_value_and_mark_the_step():
    series = {"memory": np.array([1.5, -2.0]), "hidden": np.array([0.25, 0.5])}
    names = {"memory": "记忆元", "hidden": "隐状态"}
    spec = quantity_lines(series, names=names, tokens="ab", step=1).to_dict()
    tables = list(spec["datasets"].values())
    lines = max(tables, key=len)
    values = {(row["step"], row["quantity"]): row["value"] for row in lines}
    assert values[0, "记忆元"] == 1.5
    assert values[1, "隐状态"] == 0.5
    assert [{"step": 1}] in tables
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


def test_accuracy_keeps_models_situations_and_lags_apart():
    accuracy = {"gru": {"recall": {"5": 1.0, "100": 0.5}}, "rnn": {"recall": {"5": 0.75}}}
    spec = accuracy_lines(accuracy, situations={"recall": "记住"}).to_dict()
    (rows,) = spec["datasets"].values()
    found = {(row["model"], row["situation"], row["lag"]): row["accuracy"] for row in rows}
    assert found == {("gru", "记住", 5): 1.0, ("gru", "记住", 100): 0.5, ("rnn", "记住", 5): 0.75}
