"""Still pictures: SVG of text, lines and rectangles alone, with no script and no link."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import numpy as np
from numpy.typing import NDArray

INK = "#14161C"
PAPER = "#FFFFFF"
_FONT = 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif'
_LEVELS = 10
# What XML cannot hold, however it is written.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawing(width: float, height: float, title: str) -> Element:
    """An empty picture on white, with its title as text that is read aloud."""
    size = f"{width:g}", f"{height:g}"
    root = Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
    )
    root.set("font-family", _FONT)
    SubElement(root, "title").text = plain(title)
    SubElement(root, "rect", width="100%", height="100%", fill=PAPER)
    return root


def written(root: Element) -> str:
    """The picture as a file's text."""
    return ElementTree.tostring(root, encoding="unicode")


def text(parent: Element, x: float, y: float, said: str, *, size: float = 13, **more: str) -> None:
    """A line of text whose foot is at (x, y)."""
    made = SubElement(parent, "text", x=f"{x:g}", y=f"{y:g}", fill=INK)
    made.set("font-size", f"{size:g}")
    for name, value in more.items():
        made.set(name.replace("_", "-"), value)
    made.text = plain(said)


def plain(said: str) -> str:
    """The text without what no XML may hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", said)


def line(parent: Element, points: Iterable[tuple[float, float]], **more: str) -> None:
    """A line through points."""
    said = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    made = SubElement(parent, "polyline", points=said, fill="none")
    for name, value in more.items():
        made.set(name.replace("_", "-"), value)


def heatmap(
    parent: Element,
    shades: NDArray[np.float64],
    box: tuple[float, float, float, float],
    *,
    colour: str,
    negative: str,
) -> None:
    """Cells (U, T) from −1 to 1 as rectangles; those of one shade are one path.

    Args:
        parent: What they are drawn in.
        shades: −1 is ``negative`` in full, 1 ``colour``, 0 the paper.
        box: Left, top, width and height of the whole.
        colour: Of what is above zero.
        negative: Of what is below.
    """
    left, top, width, height = box
    rows, columns = shades.shape
    levels = np.rint(np.clip(shades, -1, 1) * _LEVELS).astype(int)
    group = SubElement(parent, "g")
    place = f"translate({left:g} {top:g}) scale({width / columns:g} {height / rows:g})"
    group.set("transform", place)  # so that a cell is a square of 1
    group.set("shape-rendering", "crispEdges")
    for level in sorted({*levels.ravel().tolist()} - {0}):
        path = SubElement(group, "path", d=_cells(levels == level))
        path.set("fill", colour if level > 0 else negative)
        path.set("fill-opacity", f"{abs(level) / _LEVELS:g}")


def _cells(chosen: NDArray[np.bool_]) -> str:
    """The chosen cells of a table as the outline of a path, those beside each other as one."""
    edges = np.diff(np.pad(chosen, ((0, 0), (1, 1))).astype(int), axis=1)
    begins, ends = np.argwhere(edges > 0).tolist(), np.argwhere(edges < 0).tolist()
    return "".join(
        f"M{begin} {row}h{end - begin}v1h{begin - end}z"
        for (row, begin), (_row, end) in zip(begins, ends, strict=True)
    )
