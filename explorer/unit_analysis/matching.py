"""Where else units are high as they are over a selected stretch: ``explorer.match``.

Source: Strobelt, Gehrmann, Pfister and Rush (2018), *LSTMVis: a tool for visual analysis of hidden
state dynamics in recurrent neural networks*: select a stretch, then match.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.errors import ExplorerError
from explorer.unit_analysis.corpus import Corpus, Text, listed
from explorer.unit_analysis.each import BATCH, Batch, Each, here
from explorer.unit_analysis.passages import Piece, in_batches
from explorer.unit_analysis.reader import Read, Reader
from explorer.unit_analysis.reading import read_together
from explorer.unit_analysis.series import Axes, Place
from explorer.unit_analysis.whose import Model, reader_of

Array = npt.NDArray[Any]

AROUND = 24
"""Tokens of the context of a match, on either side."""


@dataclass(frozen=True)
class Match:
    """A stretch where some of the selected units are above the threshold.

    Attributes:
        text: Which text it is in, from 0.
        passage: How many characters of the text stand before the passage that was read.
        start: Its first step in the passage.
        stop: The step behind its last.
        throughout: How many of the units are above the threshold at each of its steps.
        only: How many of these are below it just before and just after.
        before: The tokens before it, up to `AROUND`.
        tokens: Its own.
        after: Those after it.
    """

    text: int
    passage: int
    start: int
    stop: int
    throughout: int
    only: int
    before: tuple[str, ...]
    tokens: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """What a selected stretch is like.

    Attributes:
        units: The units that are above the threshold throughout it and below it just outside.
        places: Where they are so again, the likest first.
    """

    units: tuple[Place, ...]
    places: tuple[Match, ...]


def match(
    model: Model,
    texts: Sequence[Text] | Text,
    *,
    like: tuple[str, tuple[int, int]],
    above: float,
    quantity: str = "hidden",
    count: int = 20,
    part: str = "decoder",
    each: Each = here,
) -> Matches:
    """The units that mark a stretch of a text, and where they mark another.

    For example, what is high over “the cat”, and over what else::

        explorer.match("gru-timemachine", story, like=("and the cat sat", (4, 11)), above=0.3)

    A stretch of the texts begins and ends where half of the units come above the threshold, and
    fall below it. Those come first over which most units are above it throughout, then those where
    most of these are below it just outside, then those that are about as long as the selected one.

    Args:
        model: As for ``explorer.units``.
        texts: Where to look, texts or paths of files.
        like: A text, and which of its steps are selected: the first, and the one behind the last.
        above: The threshold, a value of the quantity.
        quantity: What of the units is looked at.
        count: How many matches are wanted.
        part: Of a translation model, "encoder" or "decoder".
        each: Where the work is done.

    Raises:
        ExplorerError: The stretch has no step in the text, or no unit marks it.
    """
    subject = reader_of(model, part)
    text, (first, behind) = like
    (selected,) = subject.reader.read([text])
    axes = Axes.of(selected.trace, [quantity])
    values = axes.values(selected.trace)
    if not 0 <= first < behind <= values.shape[1]:
        raise ExplorerError(
            "The steps {first} to {behind} are no stretch of a text of {steps} steps.",
            first=first,
            behind=behind,
            steps=values.shape[1],
        )
    units = np.flatnonzero(marking(values >= above, first, behind))
    if not len(units):
        raise ExplorerError(
            "No unit is at {above} or above all through this stretch and below it just outside: "
            "try another threshold or another stretch.",
            above=above,
        )
    corpus = Corpus(listed(texts), pairs=subject.pairs, length=subject.length)
    shared = _Sought(subject.reader, axes, units, above, behind - first, count)
    batches = each(_matches, shared, in_batches(corpus.everything(), BATCH))
    found = nsmallest(count, (one for some in batches for one in some), key=shared.order)
    return Matches(tuple(axes.places[unit] for unit in units), tuple(found))


def marking(high: Array, first: int, behind: int) -> Array:
    """Which rows of (S, T) are true at all steps of a stretch and false just before and after."""
    outside = high[:, [n for n in (first - 1, behind) if 0 <= n < high.shape[1]]]
    inside, around = high[:, first:behind].all(axis=1), outside.any(axis=1)
    return np.logical_and(inside, np.logical_not(around))


@dataclass(frozen=True)
class _Sought:
    """What is looked for."""

    reader: Reader
    axes: Axes
    units: Array
    above: float
    length: int
    count: int

    def order(self, one: Match) -> tuple[int, ...]:
        """What comes first is least."""
        far = abs(one.stop - one.start - self.length)
        return (-one.throughout, -one.only, far, one.text, one.passage, one.start)


def _matches(shared: _Sought, passages: Batch) -> list[Match]:
    """The best matches in one batch of passages."""
    read = read_together(shared.reader, passages)
    found = (
        one
        for passage, reads in zip(passages, read, strict=True)
        for piece, some in zip(passage.pieces, reads, strict=True)
        for one in _in_piece(shared, piece, some)
    )
    return nsmallest(shared.count, found, key=shared.order)


def _in_piece(shared: _Sought, piece: Piece, read: Read) -> Iterator[Match]:
    high = shared.axes.values(read.trace)[shared.units] >= shared.above  # (units, T)
    for start, stop in stretches(2 * high.sum(axis=0) >= len(high)):
        yield Match(
            text=piece.text,
            passage=piece.start,
            start=start,
            stop=stop,
            throughout=int(high[:, start:stop].all(axis=1).sum()),
            only=int(marking(high, start, stop).sum()),
            before=read.tokens[max(0, start - AROUND) : start],
            tokens=read.tokens[start:stop],
            after=read.tokens[stop : stop + AROUND],
        )


def stretches(high: Array) -> list[tuple[int, int]]:
    """Where (T,) begins to be true, and where it ends."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], high, [False]]).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in changes.reshape(-1, 2)]
