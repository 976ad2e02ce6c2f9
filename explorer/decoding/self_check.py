"""Whether a scorer gives a sequence the same probabilities in a search as it does alone.

A search reads many prefixes at once and reorders their states at every step. A scorer that forgets
to do so, or does it wrongly, gives wrong probabilities without a word, and what is proved of them
is wrong. So the best sequence that a search found, and a few others that it looked at, are scored
again from the start, without reordering anything: in full after exact and exhaustive search, where
that is nothing beside the search, and of a beam, whose rows are reordered from the second step on,
the first tokens only.

It cannot see a fault that touches none of these sequences, such as one that shows only after rare
tokens or late in a long beam; nor a scorer that is as wrong alone. Greedy search reorders nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
import torch

from explorer.decoding.scorer import S, Scorer, word_of
from explorer.decoding.tree import SearchTree
from explorer.errors import ExplorerError

Source = TypeVar("Source")
LogProbs = list[list[float]]

OTHERS = 7
"""Sequences besides the best that are scored again, at most."""
BESIDE, FIRST = 3, 4
"""Of a beam: how many besides the best, and how many tokens of each."""
FEW = 24
"""Steps alone that are few for any search; of a long one, a quarter of its calls."""
GROWN = 0.1
"""Nats: further than rounding grows, from step to step, before it is called a fault."""


@runtime_checkable
class ScoresAlone(Protocol):
    """A scorer with a way of its own to score a sequence alone, cheaper than step by step."""

    @property
    def rounding(self) -> float:
        """The relative precision that it computes in."""
        ...

    def alone(self, source: object, tokens: Sequence[int]) -> tuple[float, ...]:
        """The log-probability of each token, given those before it."""
        ...


@torch.inference_mode()
def self_check(scorer: Scorer[Source, S], source: Source, tree: SearchTree) -> None:
    """Score some of a tree's sequences again, each from the start.

    Args:
        scorer: What was searched. One that says it is ``trusted`` is not asked again.
        source: What was decoded.
        tree: What the search looked at.

    Raises:
        ExplorerError: A token has another log-probability alone, by more than rounding. Half of the
            digits that the scorer computes in are given to rounding.
    """
    if tree.strategy == "greedy" or len(tree) == 1 or getattr(scorer, "trusted", False):
        return
    if isinstance(scorer, ScoresAlone):
        most = 1 if tree.strategy == "beam" else OTHERS + 1
        for path in list(_paths(tree))[:most]:
            alone = scorer.alone(source, tree.nodes["token"][path].tolist())
            _compare(scorer, tree, path, alone, scorer.rounding**0.5)
    elif tree.strategy == "beam":
        firsts = {path[:FIRST][-1]: path[:FIRST] for path in _paths(tree)}
        _hold(scorer, source, tree, list(firsts.values())[: BESIDE + 1])
    else:
        for path in _within(tree):
            _hold(scorer, source, tree, [path])


def _paths(tree: SearchTree) -> Iterator[list[int]]:
    """The numbers of the nodes of the best sequence, and of others all over the tree."""
    deep = np.flatnonzero(tree.nodes["step"] > 1)
    spread = deep[np.linspace(0, len(deep) - 1, OTHERS).astype(int)] if len(deep) else deep
    for number in dict.fromkeys([tree.best, *spread[::-1].tolist()]):
        if path := [node.number for node in tree.path(number)]:
            yield path


def _within(tree: SearchTree) -> Iterator[list[int]]:
    """As many of them as cost little beside the search; the best in any case."""
    paths = list(_paths(tree))
    steps = np.cumsum([len(path) for path in paths])
    few = takewhile(lambda step: step <= max(FEW, tree.bill.decoder_calls // 4), steps)
    yield from paths[: max(1, len(list(few)))]


def _hold(
    scorer: Scorer[Source, S], source: Source, tree: SearchTree, paths: Sequence[list[int]]
) -> None:
    """Score the sequences of some paths, which share a batch, and compare them."""
    rows = [tree.nodes["token"][path].tolist() for path in paths]
    alone, near = _again(scorer, source, rows)
    for path, found in zip(paths, alone, strict=True):
        try:
            _compare(scorer, tree, path, found, near)
        except ExplorerError:
            if not _rounds(scorer, source, tree, path):
                raise


def _again(
    scorer: Scorer[Source, S], source: Source, rows: Sequence[Sequence[int]]
) -> tuple[LogProbs, float]:
    """The log-probabilities of the tokens of each row, and the share of them that is rounding.

    The rows are read side by side; a shorter one reads its last token again, which nobody looks at.
    """
    found: LogProbs = [[] for _row in rows]
    state = scorer.start([source] * len(rows))
    last, near = [scorer.begin] * len(rows), 0.0
    for step in range(max(map(len, rows))):
        given, state = scorer.step(state, torch.tensor(last))  # (N, V)
        near = torch.finfo(given.dtype).eps ** 0.5
        for number, row in enumerate(rows):
            if step < len(row):
                last[number] = row[step]
                found[number].append(given[number, row[step]].item())
    return found, near


def _rounds(
    scorer: Scorer[Source, S], source: Source, tree: SearchTree, path: Sequence[int]
) -> bool:
    """Whether rounding alone moves the sequence as far, beside itself in a batch of three.

    Raises:
        ExplorerError: It has other numbers the second time.
    """
    tokens = tree.nodes["token"][path].tolist()
    (first,), near = _again(scorer, source, [tokens])
    (second,), _near = _again(scorer, source, [tokens])
    if _furthest(first, second) > near:
        raise ExplorerError(
            "The scorer gives the same sequence different log-probabilities each time: check "
            "whether its model is in training mode or draws random numbers."
        )
    (batched, *_others), _near = _again(scorer, source, [tokens] * 3)
    apart = _furthest(first, tree.nodes["log_prob"][path].tolist())
    return apart < GROWN and 10 * _furthest(first, batched) > apart


def _compare(
    scorer: object, tree: SearchTree, path: Sequence[int], alone: Sequence[float], near: float
) -> None:
    """Refuse the first token that has another log-probability alone than in the tree."""
    searched = tree.nodes["log_prob"][path].tolist()
    for place, (one, other) in enumerate(zip(searched, alone, strict=True)):
        if not _apart(one, other) <= near * max(1.0, abs(one)):
            word = word_of(scorer)
            tokens = [word(token) for token in tree.nodes["token"][path].tolist()]
            raise ExplorerError(
                "After “{prefix}” the scorer gives “{token}” the log-probability {searched} in "
                "the search, but {alone} when the sequence is scored alone. Check its state: "
                "whether select() returns the given rows, in the given order, for every part; "
                "whether joined() keeps the order; whether step() changes a state in place.",
                prefix=" ".join(tokens[:place]),
                token=tokens[place],
                searched=f"{one:.4f}",
                alone=f"{other:.4f}",
            )


def _furthest(ones: Sequence[float], others: Sequence[float]) -> float:
    return max(map(_apart, ones, others), default=0.0)


def _apart(one: float, other: float) -> float:
    return 0.0 if one == other else abs(one - other)
