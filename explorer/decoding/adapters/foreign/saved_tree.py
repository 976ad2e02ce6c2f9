"""A tree that this project saved as JSON, opened again; ``docs/search-tree.md`` is the format."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.adapters.foreign.replay import Replay
from explorer.decoding.ranking import check
from explorer.decoding.tree import (
    FATES,
    NODE,
    REASONS,
    Bill,
    SearchTree,
    Stopped,
    Strategy,
)
from explorer.stored import typed
from explorer.text.numbers import read_whole

MOST_NODES = 200_000
_MOST_CALLS = 10_000_000
_NEAR, _LONGEST = 1e-2, 4000

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class _Nodes:
    """The columns, all of one length."""

    parent: tuple[int, ...]
    token: tuple[int, ...]
    step: tuple[int, ...]
    log_prob: Numbers
    total: Numbers
    score: Numbers
    call: tuple[int, ...]
    rank: tuple[int, ...]
    fate: tuple[str, ...]
    reason: tuple[str, ...]
    below: Numbers
    decided: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Saved:
    """What a tree cannot be made without; everything else in the file follows from it."""

    strategy: Strategy
    width: int
    alpha: float
    max_length: int
    end: int
    stopped: Stopped
    gap: float | None
    bill: Bill
    best: int
    words: Mapping[str, str]
    nodes: _Nodes


def is_tree(value: object) -> bool:
    """Whether JSON is one."""
    return isinstance(value, dict) and "nodes" in value and "strategy" in value


def replay(value: dict[str, Any]) -> Replay:
    """The tree that JSON describes.

    Raises:
        ValueError: It is none, or its numbers contradict each other.
        ExplorerError: It has a width, length or exponent that no search can have.
    """
    names = _Saved.__dataclass_fields__
    saved = typed.record(_Saved, {name: value[name] for name in names if name in value})
    check(width=saved.width, alpha=saved.alpha, max_length=saved.max_length)
    nodes = _columns(saved.nodes)
    _check_structure(nodes, saved)
    _check_numbers(nodes)
    nodes.flags.writeable = False
    tree = SearchTree(
        strategy=saved.strategy,
        stopped=saved.stopped,
        width=saved.width,
        alpha=saved.alpha,
        max_length=saved.max_length,
        end=saved.end,
        best=saved.best,
        gap=math.inf if saved.gap is None else saved.gap,
        bill=saved.bill,
        nodes=nodes,
        words={read_whole(token): word for token, word in saved.words.items()},
    )
    source = value.get("source")
    return Replay(tree, "gatescope", source=source[:_LONGEST] if isinstance(source, str) else "")


def _columns(given: _Nodes) -> NDArray[np.void]:
    """The rows; numbers that the file leaves out are NaN."""
    count = len(given.parent)
    if not 1 <= count <= MOST_NODES:
        raise ValueError(f"{count} nodes")
    rows = np.zeros(count, NODE)
    for name in NODE.names or ():
        column: Sequence[Any] = getattr(given, name)
        if name == "decided" and not column:
            column = given.call  # files of the first versions
        if len(column) != count:
            raise ValueError("columns of different lengths")
        if name in ("fate", "reason"):
            known: Sequence[str] = FATES if name == "fate" else REASONS
            column = [known.index(one) for one in column]
        values = np.array([math.nan if one is None else one for one in column])
        if rows[name].dtype.kind == "i" and not (np.abs(values) < 2**31).all():
            raise ValueError(f"a number in {name} that is too large")
        rows[name] = values
    return rows


def _check_structure(nodes: NDArray[np.void], saved: _Saved) -> None:
    """Every node comes after its parent, a step further, and nothing follows an end."""
    parent, step, token = nodes["parent"], nodes["step"], nodes["token"]
    first = parent[0] == -1 and step[0] == 0
    rest = np.arange(1, len(nodes))
    before = (parent[1:] >= 0) & (parent[1:] < rest)
    if not first or not before.all() or not (step[1:] == step[parent[1:]] + 1).all():
        raise ValueError("nodes that are no tree")
    ended = (token[parent[1:]] == saved.end) & (parent[1:] > 0)
    if ended.any() or step.max() > saved.max_length:
        raise ValueError("nodes after an end, or beyond the greatest length")
    best = np.flatnonzero(nodes["fate"] == FATES.index("best"))
    if best.tolist() != [saved.best]:
        raise ValueError("another best than its number says")
    calls = (nodes["call"] >= 0) & (nodes["decided"] >= nodes["call"])
    if not calls.all() or nodes["decided"].max() > _MOST_CALLS or nodes["rank"].min() < 0:
        raise ValueError("decoder calls or ranks that cannot be")


def _check_numbers(nodes: NDArray[np.void]) -> None:
    """No log-probability is above 0, and totals are their sums, as far as they are known."""
    own, total = nodes["log_prob"][1:], nodes["total"]
    sums = total[nodes["parent"][1:]] + own
    apart = np.abs(total[1:] - sums) > _NEAR * (1 + np.abs(sums))
    if (own > _NEAR).any() or apart.any():
        raise ValueError("totals that are not the sums of log-probabilities")
