"""A trace as a still picture, and as coloured words where even that cannot be shown."""

from html import escape
from xml.etree.ElementTree import Element

import numpy as np

from explorer.figures.palette import DASHES, NEUTRAL
from explorer.locale import Translate
from explorer.saving import svg
from explorer.saving.trace_payload import Drawn, Quantity

_WIDTH = 960
_EDGE = 16
_CELL = 20.0
_MAP = (440.0, 120.0)
_LINES = 90.0
_DEEPEST = 0.65
"""Of the colour behind a token: still easy to read."""


def trace_still(panel: Drawn, _: Translate) -> str:
    """The tokens coloured by the first quantity, one unit's lines, and all heatmaps, as SVG."""
    per_line = int((_WIDTH - 2 * _EDGE) // _widest(panel))
    lines = -(-len(panel.tokens) // per_line)
    maps = -(-len(panel.quantities) // 2)
    top = 84 + 26 * lines
    height = top + _LINES + 40 + maps * (_MAP[1] + 34)
    root = svg.drawing(_WIDTH, height, panel.title)
    svg.text(root, _EDGE, 26, panel.title, size=18, font_weight="600")
    svg.text(root, _EDGE, 46, _said(panel, _))
    _draw_tokens(root, panel, per_line)
    _draw_lines(root, panel, top, _)
    for place, quantity in enumerate(panel.quantities):
        at = _EDGE + (place % 2) * (_MAP[0] + 32), top + _LINES + 40 + (place // 2) * (_MAP[1] + 34)
        _draw_map(root, quantity, at)
    return svg.written(root)


def coloured_words(panel: Drawn, _: Translate) -> str:
    """The tokens as HTML that passes every sanitiser, at least as words."""
    shades = _shades(panel)
    words = (
        f'<code style="background-color:{_mixed(panel.first, shade)};color:{svg.INK}">'
        f"{escape(token)}</code>"
        for token, shade in zip(panel.tokens, shades, strict=True)
    )
    return f"<b>{escape(panel.title)}</b> <em>{escape(_said(panel, _))}</em> {''.join(words)}"


def _said(panel: Drawn, _: Translate) -> str:
    about = _("The colour of a token: {quantity}, mean of the units shown, full at {reach}.")
    said = about.format(quantity=panel.first.title, reach=f"{panel.first.reach:.2g}")
    return " · ".join(filter(None, (panel.place, said)))


def _shades(panel: Drawn) -> list[float]:
    mean = panel.first.values.mean(0) / panel.first.reach
    return [float(shade) for shade in np.clip(mean, -1, 1)]


def _widest(panel: Drawn) -> float:
    return max(_CELL, *(min(7 + 9.0 * len(token), 160) for token in panel.tokens))


def _draw_tokens(root: Element, panel: Drawn, per_line: int) -> None:
    wide = _widest(panel)
    cells = list(zip(panel.tokens, _shades(panel), strict=True))
    for row, first in enumerate(range(0, len(cells), per_line)):
        some, y = cells[first : first + per_line], 60.0 + 26 * row
        shades = np.array([[_DEEPEST * shade for _token, shade in some]])
        box = (_EDGE, y, wide * len(some), 22.0)
        svg.heatmap(root, shades, box, colour=panel.first.colour, negative=_below(panel.first))
        for column, (token, _shade) in enumerate(some):
            middle = _EDGE + wide * (column + 0.5)
            svg.text(root, middle, y + 16, token[:16], text_anchor="middle")


def _draw_lines(root: Element, panel: Drawn, top: float, _: Translate) -> None:
    unit = _("Unit {number}").format(number=panel.units[panel.unit])
    svg.text(root, _EDGE, top, unit, font_weight="600")
    wide = _WIDTH - 2 * _EDGE - 180
    middle, half = top + 12 + _LINES / 2, _LINES / 2
    zero = [(_EDGE, middle), (_EDGE + wide, middle)]
    svg.line(root, zero, stroke=NEUTRAL, stroke_width="0.6")
    for place, each in enumerate(panel.quantities):
        values = np.clip(each.values[panel.unit] / each.reach, -1, 1)
        across = wide / max(1, len(values) - 1)
        dashes = " ".join(map(str, DASHES.get(each.name, [1, 0])))
        style = {"stroke": each.colour, "stroke_width": "1.8", "stroke_dasharray": dashes}
        points = [
            (_EDGE + step * across, middle - half * value) for step, value in enumerate(values)
        ]
        svg.line(root, points, **style)
        y = top + 18 + 14.0 * place
        svg.line(root, [(_EDGE + wide + 12, y - 4), (_EDGE + wide + 40, y - 4)], **style)
        svg.text(root, _EDGE + wide + 46, y, f"{each.title} {each.span}"[:40], size=10)


def _draw_map(root: Element, each: Quantity, at: tuple[float, float]) -> None:
    left, top = at
    svg.text(root, left, top, f"{each.title} {each.span}", size=12, font_weight="600")
    box = (left, top + 6, *_MAP)
    shades = each.values / each.reach
    svg.heatmap(root, shades, box, colour=each.colour, negative=_below(each))


def _below(each: Quantity) -> str:
    return each.negative or each.colour


def _mixed(each: Quantity, shade: float) -> str:
    """A colour on white, since sanitisers know no transparency."""
    colour = each.colour if shade >= 0 else _below(each)
    share = _DEEPEST * abs(shade)
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)
