"""Which states of a sentence move when one of its words is changed."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorer.cloze.filler import Filler
from explorer.errors import ExplorerError


class Moved(NamedTuple):
    """How far the hidden states of a sentence moved, relative to where they were.

    A state is that between <bos> and <eos>, both included: T = words + 2.
    """

    forward: np.ndarray  # (T, H) the change of each unit of the forward half
    backward: np.ndarray  # (T, H) and of the backward half
    forward_share: np.ndarray  # (T,) ‖change‖ / ‖state before‖
    backward_share: np.ndarray  # (T,)


def moved(filler: Filler, tokens: Sequence[str], place: int, word: str) -> Moved:
    """How far the states of a model that reads both ways move when ``word`` takes a place.

    Raises:
        ExplorerError: The model reads the new word as the old one.
    """
    changed = [*tokens[:place], word, *tokens[place + 1 :]]
    ids = [filler.vocabulary.encode(filler.spelled(of)) for of in (tokens, changed)]
    if ids[0] == ids[1]:
        raise ExplorerError(
            "The model reads {word} the same way as {before}, so nothing changes.",
            word=word,
            before=tokens[place],
        )
    before, after = (_hidden(filler, of) for of in (tokens, changed))  # (2, T, H) each
    difference = after - before
    share = np.linalg.norm(difference, axis=-1) / np.linalg.norm(before, axis=-1)  # (2, T)
    return Moved(difference[0], difference[1], share[0], share[1])


def _hidden(filler: Filler, tokens: Sequence[str]) -> np.ndarray:
    hidden: np.ndarray = filler.trace(tokens)["hidden"].values[0, :, 0].astype(np.float64)
    return hidden
