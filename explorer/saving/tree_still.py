"""Search trees as a still picture: steps from left to right, the likeliest prefixes of each."""

from collections.abc import Mapping, Sequence
from html import escape
from xml.etree.ElementTree import Element

from explorer.decoding.subsample import subsample
from explorer.decoding.tree import FATES, SearchTree
from explorer.locale import Translate
from explorer.saving import svg
from explorer.saving.tree_payload import Panel, labels, seen
from explorer.text.numbers import decimal

_MOST = 60
_EDGE = 16.0
_ROW = 22.0
_STEP = 110.0
_LABEL = 14
"""Characters of a token that are drawn."""
#: As the playing trees have them, on white.
_COLOURS = {
    "kept": "#1F5FA8",
    "pruned": "#A9ADB5",
    "finished": "#117A4B",
    "best": "#B8439B",
    "open": "#E69F00",
}


def tree_still(panels: Sequence[Panel], *, title: str, _: Translate) -> str:
    """The trees one below the other, as SVG; of a large tree 60 prefixes."""
    parts = [(panel, _places(panel.tree)) for panel in panels]
    height = 60.0 + sum(70 + _ROW * _rows(places) for _one, places in parts)
    steps = max(int(panel.tree.nodes["step"][[*places]].max()) for panel, places in parts)
    root = svg.drawing(max(640.0, 2 * _EDGE + _STEP * (steps + 1)), height, title)
    svg.text(root, _EDGE, 26, title, size=18, font_weight="600")
    _draw_legend(root, labels(_))
    top = 76.0
    for panel, places in parts:
        svg.text(root, _EDGE, top, panel.name, font_weight="600")
        svg.text(root, _EDGE, top + 18, panel.answer)
        svg.text(root, _EDGE, top + 34, panel.bill, size=10)
        _draw(root, panel.tree, places, top + 58)
        top += 70 + _ROW * _rows(places)
    return svg.written(root)


def _draw_legend(root: Element, words: Mapping[str, str]) -> None:
    for place, (fate, colour) in enumerate(_COLOURS.items()):
        x = _EDGE + 110.0 * place
        svg.line(root, [(x, 46), (x + 8, 46)], stroke=colour, stroke_width="8")
        svg.text(root, x + 14, 50, words[fate], size=11)


def found_words(panels: Sequence[Panel], *, title: str) -> str:
    """What each search found, as HTML that passes every sanitiser."""
    found = (
        f"<li><b>{escape(panel.name)}</b>: {escape(panel.answer)} "
        f"<em>{escape(panel.bill)}</em></li>"
        for panel in panels
    )
    return f"<b>{escape(title)}</b><ul>{''.join(found)}</ul>"


def _rows(places: dict[int, float]) -> float:
    return max(places.values()) + 1


def _places(tree: SearchTree) -> dict[int, float]:
    """The row of each drawn prefix: leaves below each other, a parent in the middle of its own."""
    drawn = [int(number) for number in subsample(tree, _MOST)]
    children: dict[int, list[int]] = {number: [] for number in drawn}
    for number in drawn[1:]:
        children[int(tree.nodes["parent"][number])].append(number)
    order, waiting = [], [0]
    while waiting:
        number = waiting.pop()
        order.append(number)
        waiting.extend(reversed(children[number]))
    rows: dict[int, float] = {}
    leaves = [number for number in order if not children[number]]
    rows.update({number: float(row) for row, number in enumerate(leaves)})
    for number in reversed(order):
        if children[number]:
            rows[number] = sum(rows[child] for child in children[number]) / len(children[number])
    return rows


def _draw(root: Element, tree: SearchTree, places: dict[int, float], top: float) -> None:
    best = {0, *(node.number for node in tree.path(tree.best))}
    for number, row in places.items():
        node = tree[number]
        x, y = _EDGE + 8 + _STEP * node.step, top + _ROW * row
        if node.parent is not None:
            before = _EDGE + 8 + _STEP * (node.step - 1), top + _ROW * places[node.parent]
            bold = "2.6" if number in best else "1"
            svg.line(root, [before, (x, y)], stroke="#838C95", stroke_width=bold)
    for number, row in places.items():
        node = tree[number]
        x, y = _EDGE + 8 + _STEP * node.step, top + _ROW * row
        colour = _COLOURS[FATES[tree.nodes["fate"][number]]]
        svg.line(root, [(x - 4, y), (x + 4, y)], stroke=colour, stroke_width="8")
        if number:
            said = f"{seen(tree.word(node.token))[:_LABEL]} {decimal(node.log_prob, 2)}"
            weight = "700" if number in best else "400"
            svg.text(root, x + 8, y - 3, said, size=11, font_weight=weight)
