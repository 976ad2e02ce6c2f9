"""How the vocabularies of both sides grow, by what a token is."""

import numpy as np
import streamlit as st

from explorer.corpus.growth import Curve
from explorer.corpus.summary import UNITS, Unit
from explorer.figures.series import Axis
from explorer.locale import N_, paragraph
from explorer.text.numbers import percent
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, slide_options
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import AXES, PIECES
from explorer.web.pages.corpus.source import Chosen

NAMES: dict[Unit, str] = {
    "word": N_("words"),
    "piece": N_("subwords (BPE)"),
    "character": N_("characters"),
}
#: Over so much of the text's end it is counted how often a word is new.
_END = 0.8
#: In a shorter text, such a share would rest on fewer than 20 tokens.
_FEWEST = 100


def show_growth(frame: Frame, chosen: Chosen) -> None:
    """A chart a side, both on one scale."""
    st.markdown(_said(chosen))
    axes = _controls(frame, chosen)
    curves = [side.growth[unit] for _which, _name, side in chosen.sides for unit in UNITS]
    highest = max(curve.seen[-1] for curve in curves)
    longest = max(curve.read[-1] for curve in curves)
    log = axes == "log"
    for column, (which, name, side) in zip(st.columns(2, gap="large"), chosen.sides, strict=True):
        chart = computed.chart(
            {unit: _points(side.growth[unit]) for unit in UNITS},
            names={unit: _(label) for unit, label in NAMES.items()},
            x=Axis(_("tokens read"), logarithmic=log, highest=longest),
            y=Axis(_("distinct tokens"), logarithmic=log, highest=highest),
            title=name,
        )
        with column:
            show_altair(frame, chart, f"growth-{which}")


def _controls(frame: Frame, chosen: Chosen) -> str:
    left, right = st.columns(2, gap="large")
    with left:
        axes = choose(frame, _("Axes"), AXES)
    with right:
        label = _("Maximum number of subwords per language")
        if chosen.corpus is None:  # learned when the corpus was counted
            st.markdown(_("{label}: **{value}**").format(label=label, value=f"{chosen.pieces:,}"))
        else:
            slide_options(frame, label, PIECES)
    return axes


def _said(chosen: Chosen) -> str:
    """What to see, with the numbers of this corpus."""
    others = _(
        "The *characters* of an alphabet are soon all seen, but sentences become long. "
        "*Subwords* from byte-pair encoding (BPE) lie in between: the vocabulary stops "
        "growing at a given size, and a rare word is split into several subwords."
    )
    return paragraph(_said_of_words(chosen), others)


def _said_of_words(chosen: Chosen) -> str:
    """How often a word is still new at the end; of a short text that would be chance."""
    curves = [side.growth["word"] for _which, _name, side in chosen.sides]
    if min(curve.read[-1] for curve in curves) < _FEWEST:
        return _("A vocabulary of *words* keeps growing; this text is too short to show how fast.")
    left, right = map(_new_at_the_end, curves)
    return _(
        "A vocabulary of *words* keeps growing: with the sentences in random order, {left} of the "
        "words ({source}) and {right} ({target}) in the last fifth of the text are new."
    ).format(source=chosen.names[0], target=chosen.names[1], left=left, right=right)


def _new_at_the_end(curve: Curve) -> str:
    """The share of tokens in the last fifth of the text that are met for the first time.

    The curve reads the sentences in a random order, so this fifth is no part of the file.
    """
    read, seen = np.array(curve.read), np.array(curve.seen)
    start = _END * read[-1]
    new = seen[-1] - np.interp(start, read, seen)
    return percent(new / (read[-1] - start), 1)


def _points(curve: Curve) -> tuple[np.ndarray, np.ndarray]:
    return np.array(curve.read), np.array(curve.seen)
