"""The state word by word: the way of each sentence through the plane."""

import numpy as np
import pandas as pd
import streamlit as st

from explorer.figures.plane import Sentences, Way, way_map
from explorer.seq2seq.projections import principal_components
from explorer.seq2seq.state_path import Path
from explorer.text.numbers import decimal
from explorer.text.sentences import sentences
from explorer.text.tokens import visible
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.pages.encoder_decoder.sentence_map import axis_names
from explorer.web.pages.encoder_decoder.values import Sentence, own_contexts, path

#: Pixels; a longer table scrolls.
_TALLEST = 330


def show_way(frame: Frame, model: str, read: tuple[Sentence, ...]) -> None:
    """The ways of the sentences over the project's own ones, and their longest steps."""
    if not read:
        return
    found = [path(model, sentence.text) for sentence in read]
    plane = principal_components(np.concatenate([way.states for way in found]))
    dots = Sentences([s.english for s in sentences()], plane(own_contexts(model)))
    ways = [
        Way(sentence.number, [*map(visible, way.tokens)], plane(way.states), way.lengths)
        for sentence, way in zip(read, found, strict=True)
    ]
    names = axis_names(plane.share, 0)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_plotly(frame, way_map(dots, ways, axes=names, translate=_), "way")
        _explain()
    with right:
        for sentence, way in zip(read, found, strict=True):
            _show_steps(sentence.number, way)


def _explain() -> None:
    st.caption(
        _(
            "Each dot is the last layer's hidden state after one word. The star is the end "
            "of the sentence, the context variable. Grey: the ends of the project's own "
            "sentences. The plane is the one in which these paths spread most; the distances "
            "in the table are over all units."
        )
    )


def _show_steps(number: int, way: Path) -> None:
    """The words of a sentence, and how far each moves the state."""
    place = int(way.lengths.argmax())
    st.markdown(
        _("Sentence {number}: {token} moves the state most, by {distance}.").format(
            number=number + 1,
            token=plain(visible(way.tokens[place])),
            distance=decimal(way.lengths[place], 1),
        )
    )
    table = pd.DataFrame(
        {
            _("position"): range(1, len(way.tokens) + 1),
            _("token"): [*map(visible, way.tokens)],
            _("moves the state by"): way.lengths.astype(float).round(2),
        }
    )
    bar = st.column_config.ProgressColumn(
        format="%.1f", min_value=0, max_value=float(way.lengths.max())
    )
    st.dataframe(
        table,
        hide_index=True,
        height=min(_TALLEST, 36 * (len(table) + 1)),
        column_config={_("moves the state by"): bar},
    )
