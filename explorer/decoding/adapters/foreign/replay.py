"""A search of another program as a tree of what its file says, with what the file does not say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from explorer.decoding.ranking import LONGEST, STEEPEST, WIDEST
from explorer.decoding.tree import FATES, Bill, SearchTree
from explorer.decoding.tree_builder import Settings, TreeBuilder
from explorer.errors import ExplorerError

END, BEGIN = 0, -1
"""Tokens of a replayed tree are numbered as they come, the end first; nothing begins it."""
END_WORD = "</s>"

Unknown: TypeAlias = Literal[
    "pruned", "token scores", "scores", "exponent", "probabilities", "words", "cost"
]
"""What a file does not say: what was pruned; what single tokens are worth; what anything is worth;
by which power of the length the scores were divided, so that the program's usual one is taken;
log-probabilities, since its scores are others; which tokens the words consist of; what it cost."""

Format: TypeAlias = Literal["gatescope", "moses", "marian", "fairseq", "ctranslate2", "sockeye"]

NO_BILL = Bill(0, 0, 0, 0.0)


@dataclass(frozen=True)
class Replay:
    """A search that another program ran, or this one at another time.

    Args:
        tree: What it kept. Numbers that its file does not say are NaN, the gap is infinite.
        format: Which program's file it was.
        unknown: What the file does not say.
        source: What was decoded, if the file says it.
        count: How many searches the file has.
    """

    tree: SearchTree
    format: Format
    unknown: tuple[Unknown, ...] = ()
    source: str = ""
    count: int = 1


@dataclass(frozen=True)
class Listed:
    """One hypothesis of an n-best list.

    Args:
        words: Its words, without the end.
        token_scores: log p of each of them and of the end, if the file says it.
        total: Their sum; NaN if the file does not say it.
        score: What it was ranked by; NaN if the file does not say it.
        length: L, its tokens with the end: more than its words where these were put together.
        weighted: Whether its score is of weighted features, which may be above 0.
    """

    words: tuple[str, ...]
    token_scores: tuple[float, ...] | None = None
    total: float = math.nan
    score: float = math.nan
    length: int = 0
    weighted: bool = False

    def __post_init__(self) -> None:
        if len(self.words) >= LONGEST:
            raise ExplorerError(
                "A hypothesis of the file has {count} words; the limit is {most}.",
                count=len(self.words),
                most=LONGEST - 1,
            )
        if self.token_scores and len(self.token_scores) != len(self.words) + 1:
            raise ValueError("token scores for another number of words")
        known = (*(self.token_scores or ()), self.total)
        if not self.weighted and any(value > _ABOVE for value in known):
            raise ExplorerError("The file has log-probabilities above 0.")


_ABOVE = 1e-3
_NEAR = 0.02
"""How near exponents are that rounded numbers say."""


def exponent(some: Sequence[Listed]) -> float | None:
    """α, where score = total / Lᵅ for all hypotheses; None where no α makes it so.

    Printed numbers are rounded, so it is their median, to a hundredth.
    """
    found = [
        math.log(one.total / one.score) / math.log(one.length or len(one.words) + 1)
        for one in some
        if one.total < 0 > one.score and (one.length or len(one.words) + 1) > 1
    ]
    middle = float(np.median(found)) if found else 0.0
    if not found or max(abs(one - middle) for one in found) > _NEAR or middle < -_NEAR:
        return None
    return min(max(0.0, round(middle, 2)), STEEPEST)


def tree_of(some: Sequence[Listed], *, alpha: float) -> SearchTree:
    """The tree of an n-best list: beginnings that hypotheses share are one path.

    A node is decided at the decoder call of its step, so that the tree plays. Each hypothesis is
    one of its own: the same words twice stand twice.

    Args:
        some: At least one, the best first.
        alpha: The exponent of the length.

    Raises:
        ExplorerError: There are none, or too many.
    """
    if not 1 <= len(some) <= WIDEST:
        raise ExplorerError(
            "The file must have 1 to {most} hypotheses for a sentence, not {count}.",
            most=WIDEST,
            count=len(some),
        )
    longest = max(len(one.words) for one in some) + 1
    builder = TreeBuilder(Settings("beam", len(some), alpha, longest, END), begin=BEGIN)
    numbers: dict[str, int] = {}
    paths: dict[tuple[int, int], int] = {}
    for one in some:
        _add(builder, one, numbers, paths)
    builder["fate"][0] = FATES.index("kept")
    tree = builder.tree(stopped="not known", gap=math.inf, bill=NO_BILL, call=longest)
    return _named(tree, numbers)


def _add(
    builder: TreeBuilder, one: Listed, numbers: dict[str, int], paths: dict[tuple[int, int], int]
) -> None:
    here, total = 0, 0.0
    scores = one.token_scores or (math.nan,) * (len(one.words) + 1)
    for step, word in enumerate(one.words, 1):
        token = numbers.setdefault(word, len(numbers) + 1)
        total += scores[step - 1]
        if (here, token) not in paths:
            paths[here, token] = _node(builder, here, token, scores[step - 1], total, step)
        here = paths[here, token]
    whole = total + scores[-1] if one.token_scores else one.total
    _node(builder, here, END, scores[-1], whole, len(one.words) + 1)


def _node(
    builder: TreeBuilder, parent: int, token: int, log_prob: float, total: float, step: int
) -> int:
    fate: Literal["finished", "kept"] = "finished" if token == END else "kept"
    (number,) = builder.add(
        [parent], [token], log_probs=[log_prob], totals=[total], call=step, fate=fate
    ).tolist()
    return int(number)


def _named(tree: SearchTree, numbers: dict[str, int]) -> SearchTree:
    words = {number: word for word, number in numbers.items()}
    return replace(tree, words={END: END_WORD, **words})
