"""A corpus in figures, without its text: all that a page needs to draw it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np

from explorer.corpus.growth import Curve, growth
from explorer.corpus.lengths import Lengths, lengths
from explorer.corpus.parallel import Parallel, Side
from explorer.corpus.spectrum import Spectrum, spectrum
from explorer.text.byte_pairs import cut_into_pieces

Unit = Literal["word", "piece", "character"]
UNITS: tuple[Unit, ...] = ("word", "piece", "character")


@dataclass(frozen=True)
class SideFigures:
    """One side of a corpus in figures.

    Attributes:
        growth: How the vocabulary grows, by what a token is.
        spectrum: How frequent its words are.
    """

    growth: Mapping[Unit, Curve]
    spectrum: Spectrum


@dataclass(frozen=True)
class Summary:
    """A corpus in figures.

    Attributes:
        pairs: How many pairs it has.
        pieces: How many byte-pair pieces a side may have.
        source: The sentences.
        target: Their translations.
        lengths: The lengths of both, in words and marks.
    """

    pairs: int
    pieces: int
    source: SideFigures
    target: SideFigures
    lengths: Lengths


def summarise(
    corpus: Parallel, *, pieces: int, watch: Callable[[], None] = lambda: None
) -> Summary:
    """The figures of a corpus.

    Args:
        corpus: Its tokens.
        pieces: How many byte-pair pieces each side may have.
        watch: Called after each of the two sides.
    """
    source = side_figures(corpus.source, pieces=pieces)
    watch()
    target = side_figures(corpus.target, pieces=pieces)
    watch()
    return Summary(len(corpus.source.sentences), pieces, source, target, lengths(corpus))


def side_figures(side: Side, *, pieces: int) -> SideFigures:
    """The figures of one side.

    The vocabulary grows over the sentences in a random order: files are often sorted by length or
    by subject, and their curves would tell of that.
    """
    cut: dict[Unit, Sequence[Sequence[str]]] = {
        "word": side.tokens,
        "piece": cut_into_pieces(side.sentences, size=pieces),
        "character": side.sentences,
    }
    order = np.random.default_rng(0).permutation(len(side.sentences)).tolist()
    curves = {unit: growth(t for n in order for t in of[n]) for unit, of in cut.items()}
    return SideFigures(curves, spectrum(chain.from_iterable(side.tokens)))
