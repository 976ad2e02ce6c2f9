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
from explorer.unit_analysis.each import Batch, Each, here
from explorer.unit_analysis.passages import Piece, in_batches
from explorer.unit_analysis.reader import Reader, UnitsRead, UnitsReader
from explorer.unit_analysis.series import Axes, Place
from explorer.unit_analysis.whose import Model, reader_of

Array = npt.NDArray[Any]

AROUND = 24
"""Tokens of the context of a match, on either side."""
_PASSAGES = 64
"""Passages that are read together."""


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
    places = tuple(axes.places[unit] for unit in units)
    shared = _Sought(subject.reader, axes, units, places, above, behind - first, count)
    batches = each(_matches, shared, in_batches(corpus.everything(), _PASSAGES))
    found = nsmallest(count, (one for some in batches for one in some), key=shared.order)
    return Matches(places, tuple(found))


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
    places: tuple[Place, ...]
    above: float
    length: int
    count: int

    def order(self, one: Match) -> tuple[int, ...]:
        """What comes first is least."""
        far = abs(one.stop - one.start - self.length)
        return (-one.throughout, -one.only, far, one.text, one.passage, one.start)


def _matches(shared: _Sought, passages: Batch) -> list[Match]:
    """The best matches in one batch of passages."""
    pieces = [piece for passage in passages for piece in passage.pieces]
    read = _read(shared, [piece.content for piece in pieces])
    found = (
        one
        for piece, some in zip(pieces, read, strict=True)
        for one in _in_piece(shared, piece, some)
    )
    return nsmallest(shared.count, found, key=shared.order)


def _read(shared: _Sought, texts: Sequence[str]) -> list[UnitsRead]:
    """What the units do on each text: sooner where the reader can read for them alone."""
    if isinstance(shared.reader, UnitsReader):
        return shared.reader.read_units(texts, shared.places)
    read = shared.reader.read(texts)
    return [UnitsRead(one.tokens, shared.axes.values(one.trace)[shared.units]) for one in read]


def _in_piece(shared: _Sought, piece: Piece, read: UnitsRead) -> Iterator[Match]:
    """The best matches in one piece."""
    high = read.values >= shared.above  # (P, T)
    found = stretches(2 * high.sum(axis=0) >= len(high))  # (M, 2)
    throughout, only = over(high, found)
    far = np.abs(found[:, 1] - found[:, 0] - shared.length)
    best = np.lexsort((found[:, 0], far, -only, -throughout))[: shared.count]
    for n in best.tolist():
        start, stop = found[n].tolist()
        yield Match(
            text=piece.text,
            passage=piece.start,
            start=start,
            stop=stop,
            throughout=int(throughout[n]),
            only=int(only[n]),
            before=read.tokens[max(0, start - AROUND) : start],
            tokens=read.tokens[start:stop],
            after=read.tokens[stop : stop + AROUND],
        )


def over(high: Array, found: Array) -> tuple[Array, Array]:
    """Of M stretches (M, 2) how many rows of (P, T) are true throughout, and false around, (M,)."""
    starts, stops = found.T
    padded = np.pad(high, ((0, 0), (1, 1)))  # false before the first step and behind the last
    low = np.cumsum(~padded, axis=1)  # how many false ones up to a step, itself counted
    throughout = low[:, stops] == low[:, starts]
    only = throughout & ~padded[:, starts] & ~padded[:, stops + 1]
    return throughout.sum(axis=0), only.sum(axis=0)


def stretches(high: Array) -> Array:
    """Where (T,) begins to be true, and the step behind where it ends, (M, 2)."""
    changes = np.diff(np.concatenate([[False], high, [False]]).astype(np.int8))
    return np.flatnonzero(changes).reshape(-1, 2)
