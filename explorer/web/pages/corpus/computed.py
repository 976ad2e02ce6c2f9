"""What is computed of a corpus, once for all sessions of a server; nothing may be stored on it.

The values are immutable and shared, so none is copied at every move of a slider.
"""

from collections.abc import Mapping

import altair as alt
import numpy as np
import streamlit as st

from explorer.corpus.lengths import Lengths, lengths
from explorer.corpus.minibatch import RESERVED
from explorer.corpus.padding import Padding, padding
from explorer.corpus.parallel import Parallel, Side, Tokeniser, parallel
from explorer.corpus.reading import Pairs, parse
from explorer.corpus.shipped import FILE, Shipped
from explorer.corpus.summary import SideFigures, side_figures
from explorer.figures.series import Axis, series_chart
from explorer.models import catalogue
from explorer.text.sentences import sentences
from explorer.text.vocabulary import Vocabulary


@st.cache_resource(max_entries=1, show_spinner=False)
def own_pairs() -> Pairs:
    """The project's own sentences."""
    return Pairs(
        tuple(pair.english for pair in sentences()), tuple(pair.french for pair in sentences())
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def whole() -> Shipped:
    """The figures of the whole corpus.

    Raises:
        ExplorerError: Their file is missing or damaged; the next call tries again.
    """
    return Shipped.read(catalogue.PRETRAINED / FILE)


@st.cache_resource(max_entries=4, show_spinner=False)
def pairs_of(text: str) -> Pairs:
    """The pairs of a reader's text.

    Raises:
        ExplorerError: No line of it is a pair, or it is too large.
    """
    return parse(text)


@st.cache_resource(max_entries=4, show_spinner=False)
def corpus_of(key: str, source: Tokeniser, target: Tokeniser, _pairs: Pairs) -> Parallel:
    """The tokens of some pairs; ``key`` stands for them."""
    return parallel(_pairs, source, target)


@st.cache_resource(max_entries=16, show_spinner=False)
def figures_of(key: str, which: str, pieces: int, _side: Side) -> SideFigures:
    """The figures of one side; ``key`` stands for its corpus."""
    return side_figures(_side, pieces=pieces)


@st.cache_resource(max_entries=8, show_spinner=False)
def lengths_of(key: str, _corpus: Parallel) -> Lengths:
    """The lengths of a corpus's pairs; ``key`` stands for it."""
    return lengths(_corpus)


@st.cache_resource(max_entries=16, show_spinner=False)
def vocabulary_of(key: str, which: str, minimum: int, _side: Side) -> Vocabulary:
    """The words of one side that occur at least so often; ``key`` stands for its corpus."""
    tokens = (token for sentence in _side.tokens for token in sentence)
    return Vocabulary.from_tokens(tokens, minimum=minimum, reserved=RESERVED)


@st.cache_resource(max_entries=256, show_spinner=False)
def chart(
    series: Mapping[str, tuple[np.ndarray, np.ndarray]],
    *,
    names: Mapping[str, str],
    x: Axis,
    y: Axis,
    chosen: int | None = None,
    title: str = "",
    step: bool = False,
) -> alt.LayerChart:
    """A chart of `explorer.figures.series`: a slider redraws only the figures that it changes."""
    return series_chart(series, names=names, x=x, y=y, chosen=chosen, title=title, step=step)


@st.cache_data(max_entries=256, show_spinner=False)
def padding_of(key: str, size: int, seed: int, _lengths: Lengths) -> Padding:
    """The padding of a corpus's batches; ``key`` stands for it."""
    return padding(_lengths.every(), size=size, seed=seed)
