"""States in a plane: many sentences as dots, the reader's own among them, and ways word by word."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.figures.categories import CATEGORIES, ORDERED, OWN
from explorer.locale import Translate, english

_HEIGHT = 470
_SIZE, _OWN_SIZE = 8, 20
_OUTLINE = {"width": 0.5, "color": "#808080"}
_HALO = {"width": 1.5, "color": "white"}
_BACKGROUND = "#9AA0A6"
#: The longest sentence on a label; one more character would run off a phone.
_SHOWN = 60
#: Ways up to so long have their words, and up to so long their numbers, at the dots.
_WORDS_SHOWN, _NUMBERS_SHOWN = 12, 60
#: Of a map on a phone: the width of a label's character, and the height of its line.
_CHARACTER, _LINE = 0.024, 0.035


@dataclass(frozen=True)
class Sentences:
    """N sentences in the plane.

    Attributes:
        texts: What they say.
        coordinates: Where their states lie, (N, 2).
        groups: What each is coloured by, the key of a name; empty if they are background alone.
        names: Group → its name in the reader's language, in the order of the legend.
        ordered: Whether the groups have an order, as lengths have.
    """

    texts: Sequence[str]
    coordinates: np.ndarray
    groups: Sequence[str] = ()
    names: Mapping[str, str] | None = None
    ordered: bool = False


@dataclass(frozen=True)
class Own:
    """One of the reader's sentences.

    Attributes:
        number: 0 for the first, 1 for the second; it decides colour and shape.
        text: What it says.
        at: Where its state lies, (2,).
    """

    number: int
    text: str
    at: np.ndarray


@dataclass(frozen=True)
class Way:
    """The state of one of the reader's sentences word by word.

    Attributes:
        number: 0 for the first sentence, 1 for the second.
        tokens: What was read, S of them.
        coordinates: Where the state was after each, (S, 2).
        lengths: How far each moved the whole state, (S,).
    """

    number: int
    tokens: Sequence[str]
    coordinates: np.ndarray
    lengths: np.ndarray


def sentence_map(
    sentences: Sentences,
    *,
    own: Sequence[Own] = (),
    line: np.ndarray | None = None,
    point: int | None = None,
    axes: tuple[str, str],
    translate: Translate = english,
) -> go.Figure:
    """Sentences as dots, coloured by group, and the reader's own as labelled stars.

    Args:
        sentences: The dots.
        own: The reader's sentences.
        line: Points between two of them, (P, 2).
        point: Which of these is chosen.
        axes: What the two axes are called.
        translate: Into the reader's language.
    """
    figure = go.Figure(_dots(sentences))
    if line is not None:
        figure.add_traces(_line(line, point, translate))
    figure.add_traces([_star(one, translate) for one in own])
    return _laid_out(figure, axes)


def way_map(
    sentences: Sentences,
    ways: Sequence[Way],
    *,
    axes: tuple[str, str],
    translate: Translate = english,
) -> go.Figure:
    """Ways of the state word by word, numbered, over all sentences as a pale background."""
    figure = go.Figure(_dots(sentences))
    everything = np.concatenate([sentences.coordinates, *(way.coordinates for way in ways)])
    for way in ways:
        figure.add_trace(_way(way, np.ptp(everything, axis=0), translate))
    return _laid_out(figure, axes)


def _dots(sentences: Sentences) -> list[go.Scatter]:
    """A trace a group; without groups one pale trace."""
    if not sentences.groups:
        every = np.arange(len(sentences.texts))
        return [_group(sentences, every, "", (_BACKGROUND, "circle"), opacity=0.4)]
    groups = np.asarray(sentences.groups)
    looks = ORDERED if sentences.ordered else CATEGORIES
    return [
        _group(sentences, np.flatnonzero(groups == group), name, look, opacity=0.85)
        for (group, name), look in zip((sentences.names or {}).items(), looks, strict=False)
    ]


def _group(
    sentences: Sentences, places: np.ndarray, name: str, look: tuple[str, str], *, opacity: float
) -> go.Scatter:
    colour, shape = look
    return go.Scatter(
        x=sentences.coordinates[places, 0].round(3),
        y=sentences.coordinates[places, 1].round(3),
        mode="markers",
        name=name,
        showlegend=bool(name),
        text=[_escaped(sentences.texts[place]) for place in places],
        hovertemplate="%{text}<extra>" + name + "</extra>",
        opacity=opacity,
        marker={"color": colour, "symbol": shape, "size": _SIZE, "line": _OUTLINE},
    )


def _star(own: Own, _: Translate) -> go.Scatter:
    colour, shape = OWN[own.number]
    return go.Scatter(
        x=[own.at[0]],
        y=[own.at[1]],
        mode="markers+text",
        name=_("sentence {number}").format(number=own.number + 1),
        text=[f"<b>{own.number + 1}</b>"],
        textposition="top center",
        textfont={"size": 16, "color": colour},
        hovertext=[_escaped(own.text)],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": colour,
            "symbol": shape,
            "size": _OWN_SIZE,
            "line": _HALO,
        },
    )


def _line(points: np.ndarray, chosen: int | None, _: Translate) -> list[go.Scatter]:
    sizes = [18 if place == chosen else 8 for place in range(len(points))]
    return [
        go.Scatter(
            x=points[:, 0],
            y=points[:, 1],
            mode="lines+markers",
            name=_("between them"),
            text=[f"{place / (len(points) - 1):.0%}" for place in range(len(points))],
            hovertemplate="%{text}<extra></extra>",
            line={"color": "#808080", "width": 2},
            marker={"color": "#808080", "size": sizes, "symbol": "circle", "line": _HALO},
        )
    ]


def _way(way: Way, extent: np.ndarray, _: Translate) -> go.Scatter:
    """A way over a map of ``extent``, (2,)."""
    colour, shape = OWN[way.number]
    numbered = [f"{place} {token}" for place, token in enumerate(way.tokens, start=1)]
    few = len(numbered) <= _WORDS_SHOWN
    labels = numbered if few else [str(place) for place in range(1, len(numbered) + 1)]
    clear = _clear(labels, way.coordinates / np.where(extent > 0, extent, 1))
    last = len(numbered) - 1
    return go.Scatter(
        x=way.coordinates[:, 0].round(3),
        y=way.coordinates[:, 1].round(3),
        mode="lines+markers+text" if len(numbered) <= _NUMBERS_SHOWN else "lines+markers",
        name=_("sentence {number}").format(number=way.number + 1),
        text=[_escaped(label) if place in clear else "" for place, label in enumerate(labels)],
        hovertext=[_escaped(label) for label in numbered],
        cliponaxis=False,
        textposition=["top center", "bottom center"][way.number],
        textfont={"color": colour, "size": 13},
        customdata=way.lengths.round(2),
        hovertemplate="%{hovertext}: " + _("moved by") + " %{customdata}<extra></extra>",
        line={"color": colour, "width": 2, "dash": ["solid", "dash"][way.number]},
        marker={
            "color": colour,
            "size": [_OWN_SIZE if place == last else _SIZE for place in range(len(numbered))],
            "symbol": [shape if place == last else "circle" for place in range(len(numbered))],
        },
    )


def _clear(labels: Sequence[str], at: np.ndarray) -> set[int]:
    """The labels that lie over no other: the last, the first, and of the rest those with room.

    Args:
        labels: S of them.
        at: Where they stand, in widths and heights of the map, (S, 2).
    """
    clear: list[int] = []
    for place in dict.fromkeys([len(labels) - 1, *range(len(labels))]):
        for other in clear:
            across, up = np.abs(at[place] - at[other])
            characters = (len(labels[place]) + len(labels[other])) / 2
            if across < _CHARACTER * characters and up < _LINE:
                break
        else:
            clear.append(place)
    return set(clear)


def _laid_out(figure: go.Figure, axes: tuple[str, str]) -> go.Figure:
    plain = {"zeroline": False, "automargin": True}
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        # A drag would zoom, and a thumb that scrolls the page could not get past.
        dragmode=False,
        hovermode="closest",
        legend={
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.01,
            "x": 0,
            "itemsizing": "constant",
        },
        xaxis={"title": axes[0], **plain},
        yaxis={"title": axes[1], **plain},
    )
    return figure


def _escaped(text: str) -> str:
    """Plotly reads text as HTML, but knows no &quot;; a sentence is text."""
    line = " ".join(text.split())
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return html.escape(shown, quote=False)
