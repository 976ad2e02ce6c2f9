"""Heatmaps with numbers in their cells."""

import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.attribution import attribution_map
from explorer.figures.palette import INK
from explorer.figures.sides import sides_map
from explorer.figures.written import SIGNED, UPWARD, texts_in

#: Streamlit's pages: background and text.
PAGES = {"light": ((255, 255, 255), (49, 51, 63)), "dark": ((25, 25, 22), (250, 250, 250))}


def _luminance(colour):
    """Relative luminance, as WCAG 2 defines it."""
    share = np.array(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def _on(page, colour):
    """What a colour with an opacity looks like on a page."""
    *rgb, opacity = (float(part) for part in re.findall(r"[\d.]+", colour))
    return tuple(opacity * np.array(rgb) + (1 - opacity) * np.array(page))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", [colour for _at, colour in [*UPWARD, *SIGNED]])
def test_the_pages_text_stands_out_on_every_tint(page, colour):
    ground, text = PAGES[page]
    darker, lighter = sorted([_luminance(_on(ground, colour)), _luminance(text)])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_text_stands_in_its_cell_whatever_its_colour():
    heat = go.Heatmap(x=["a", "b"], y=["top", "bottom", "last"], z=np.zeros((3, 2)))
    drawn = texts_in(heat, [["1", "2"], ["3", "4"], ["5", "6"]])
    cells = dict(zip(zip(drawn.y, drawn.x, strict=True), drawn.text, strict=True))
    assert (cells["top", "b"], cells["bottom", "a"], cells["last", "b"]) == ("2", "3", "6")
    assert drawn.textfont.color == INK


def test_an_attribution_has_a_true_minus_and_no_signed_nothing():
    values = np.array([[-1.23, -0.01]])
    heat, numbers = attribution_map(values, source=["a", "b"], target=["c"], name="m").data
    assert list(numbers.text) == ["−1.2", "0.0"]
    assert heat.zmax == -heat.zmin == 1.23


def test_what_was_not_measured_has_no_text():
    cells = {"1": {"1": (math.nan, 0), "2": (0.0, 3)}}
    names = {"name": "m", "left": "l", "right": "r", "count": "c"}
    _, texts = sides_map(cells, top=1.0, percent=True, **names).data
    assert list(texts.text) == ["", "0%"]


def test_a_word_of_any_length_leaves_room_for_the_map():
    word = "antidisestablishment" * 8
    figure = attribution_map(np.ones((1, 2)), source=[word, "cat"], target=["c"], name="m")
    longest, short = figure.layout.xaxis.ticktext
    assert (len(longest), short) == (16, "cat")
    assert word.startswith(longest[:-1])
    assert figure.data[0].customdata[0][0][0] == word
