"""Labels: what is so at each token of a text, as numbers.

A label is a function from the tokens of a text, T of them, to T numbers: what is so once that token
has been read. NaN stands where the label has no meaning. One whose numbers are all 0 or 1 is a yes
or no; any other is compared by ranks.
"""

import reprlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.errors import ExplorerError

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Tokens = Sequence[str]
Label = Callable[[Tokens], npt.ArrayLike]
Labels = Mapping[str, Label]


def label_values(labels: Labels, tokens: Tokens) -> Values:
    """All labels of a text, (labels, T), NaN where one has no meaning.

    Raises:
        ExplorerError: A label returns something else than one finite number or NaN a token.
    """
    found = np.empty((len(labels), len(tokens)))
    for row, (name, label) in zip(found, labels.items(), strict=True):
        row[:] = _numbers(name, label(tokens), len(tokens))
    return found


def _numbers(name: str, given: Any, count: int) -> Values:
    try:
        values = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        values = np.array(np.inf)
    if values.shape != (count,) or np.isinf(values).any():
        raise ExplorerError(
            "The label {name} must return a number or NaN for each of {count} tokens, not {found}.",
            name=repr(name),
            count=count,
            found=reprlib.repr(given),
        )
    return values


def is_binary(values: Values) -> bool:
    """Whether all defined values are 0 or 1."""
    defined = values[~np.isnan(values)]
    return bool(((defined == 0) | (defined == 1)).all())


def among(tokens: Tokens, characters: str) -> Mask:
    """Whether each token is one of these characters, (T,)."""
    return np.array([token in characters for token in tokens], bool)


def just_before(mask: Mask) -> Mask:
    """Whether it was so at the place before each, (T,)."""
    return np.concatenate([[False], mask[:-1]])[: len(mask)]


def just_after(mask: Mask) -> Mask:
    """Whether it is so at the next place, (T,)."""
    return np.concatenate([mask[1:], [False]])[: len(mask)]


def has_next(tokens: Tokens) -> Mask:
    """Whether another token follows each, (T,)."""
    return np.arange(len(tokens)) < len(tokens) - 1


def since(starts: Mask) -> npt.NDArray[np.intp]:
    """How many places ago the last start was, 0 at a start, (T,); before any, since place 0."""
    places = np.arange(len(starts))
    return places - np.maximum.accumulate(np.where(starts, places, 0))


def counted(events: Mask, starts: Mask) -> Values:
    """How many events there were since the last start, the event at a place counted there, (T,)."""
    total = np.cumsum(events)
    before: Values = (total - events)[np.arange(len(events)) - since(starts)]
    return (total - before).astype(np.float64)


def where(defined: Mask, values: npt.ArrayLike) -> Values:
    """The values where they are defined, NaN elsewhere."""
    return np.where(defined, np.asarray(values, dtype=np.float64), np.nan)
