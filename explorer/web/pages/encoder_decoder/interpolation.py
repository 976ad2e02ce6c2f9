"""Between two sentences: the line between their states, decoded at every point of it."""

import numpy as np
import pandas as pd
import streamlit as st

from explorer.figures.plane import Own, Sentences, sentence_map
from explorer.seq2seq.interpolation import Point
from explorer.seq2seq.projections import along_line
from explorer.text.numbers import decimal
from explorer.text.sentences import sentences
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import state
from explorer.web.pages.encoder_decoder.output import written
from explorer.web.pages.encoder_decoder.parameters import SHARE
from explorer.web.pages.encoder_decoder.values import (
    ALPHA,
    WIDTH,
    Sentence,
    between,
    own_contexts,
)

_SHARES = tuple(SHARE.options)


def show_line(frame: Frame, model: str, read: tuple[Sentence, ...]) -> None:
    """A point of the line to choose, what is decoded there, and all points as a table."""
    if len(read) < 2:
        st.info(_("The line needs two sentences that can be read."), icon=":material/info:")
        return
    one, two = read
    with st.spinner(_("Decoding along the line …")):
        points = between(model, one.text, two.text)
    held = state(frame, SHARE)
    share = st.slider(_("Share of sentence 2 (%)"), min(_SHARES), max(_SHARES), step=10, **held)
    place = _SHARES.index(share)
    _show_point(points[place])
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_table(points, place)
    with right:
        _show_plane(frame, model, (one, two), place)


def _show_point(point: Point) -> None:
    for name, found in ((_("Greedy search"), point.greedy), (_("Beam search"), point.beam)):
        st.markdown(_("{search}: {text}").format(search=name, text=written(found)))


def _show_table(points: tuple[Point, ...], place: int) -> None:
    table = pd.DataFrame(
        {
            _("sentence 2"): [f"{point.share:.0%}" for point in points],
            _("greedy search"): [written(point.greedy, markdown=False) for point in points],
            _("beam search"): [written(point.beam, markdown=False) for point in points],
            "log p": [decimal(point.beam.log_prob, 1) for point in points],
        }
    )
    show_table(table, current=place)
    different = len({point.beam.tokens for point in points})
    st.caption(
        _(
            "The decoder's whole initial state is mixed in these proportions. log p is that of "
            "beam search (width {width}, α = {alpha}, until nothing can win). Distinct outputs of "
            "beam search at these {count} points: {different}. Between the ends, no sentence was "
            "encoded: the decoder writes from a mixed state."
        ).format(width=WIDTH, alpha=f"{ALPHA:g}", count=len(points), different=different)
    )


def _show_plane(frame: Frame, model: str, ends: tuple[Sentence, Sentence], place: int) -> None:
    contexts = np.stack([sentence.context for sentence in ends])  # (2, H)
    if np.array_equal(*contexts):
        return  # no line
    plane = along_line(own_contexts(model), contexts)
    dots = Sentences([s.english for s in sentences()], plane(own_contexts(model)))
    shares = np.array(_SHARES)[:, None] / 100  # (P, 1)
    line = (1 - shares) * contexts[0] + shares * contexts[1]  # (P, H)
    stars = [Own(s.number, s.text, at) for s, at in zip(ends, plane(contexts), strict=True)]
    names = (_("along the line"), _("perpendicular to it, where the sentences differ most"))
    figure = sentence_map(dots, own=stars, line=plane(line), point=place, axes=names, translate=_)
    show_plotly(frame, figure, "line")
