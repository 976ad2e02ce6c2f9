"""Beam histories of Sockeye 1, written with ``--output-type beam_store``: an object a line.

``predicted_ids``, ``predicted_tokens``, ``parent_ids`` and ``scores`` have a list for every step,
with a value for each row of the beam. A score is the sum of the negative log-probabilities of a
row's tokens; ``normalized_scores`` are those divided by ((β + L) / (β + 1))ᵅ, L without the end. A
parent is a row of the step before. A finished row goes on with padding, number 0
(``sockeye/inference.py`` and ``output_handler.py`` of versions 1.18).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from explorer.decoding.adapters.foreign.replay import (
    BEGIN,
    END,
    END_WORD,
    NO_BILL,
    Replay,
)
from explorer.decoding.ranking import LONGEST, WIDEST
from explorer.decoding.tree import FATES
from explorer.decoding.tree_builder import Settings, TreeBuilder
from explorer.errors import ExplorerError
from explorer.stored import typed

_PADDING = 0
_USUAL = 1.0
_ABOVE = 1e-2


@dataclass(frozen=True)
class _History:
    """T steps of a beam of K rows."""

    predicted_ids: tuple[tuple[int, ...], ...]
    predicted_tokens: tuple[tuple[str, ...], ...]
    parent_ids: tuple[tuple[int, ...], ...]
    scores: tuple[tuple[float, ...], ...]


def is_history(value: object) -> bool:
    """Whether JSON is one history."""
    return isinstance(value, dict) and "parent_ids" in value


def replay(history: Any, *, alpha: float | None) -> Replay:
    """The search that one history tells of; what its beam held is known, and what it cost.

    Args:
        history: What JSON gave.
        alpha: The exponent by which hypotheses are ranked here; 1, Sockeye's, if it is not given.

    Raises:
        ValueError: It is none.
        ExplorerError: What it says cannot be.
    """
    names = _History.__dataclass_fields__
    found = typed.record(_History, {name: history.get(name) for name in names})
    width = _checked(found)
    power = _USUAL if alpha is None else alpha
    longest = len(found.predicted_ids)
    builder = TreeBuilder(Settings("beam", width, power, longest, END), begin=BEGIN)
    numbers: dict[int, int] = {}
    rows, totals = [0] * width, [0.0] * width
    for step in range(longest):
        rows, totals = _step(builder, found, step, rows, totals, numbers)
    left = builder["fate"] == _OPEN
    builder["decided"][left] = longest
    builder["fate"][0] = _KEPT
    tree = builder.tree(stopped="not known", gap=math.inf, bill=NO_BILL, call=longest)
    words = {END: END_WORD}
    for ids, tokens in zip(found.predicted_ids, found.predicted_tokens, strict=True):
        words |= {numbers[i]: t for i, t in zip(ids, tokens, strict=True) if i in numbers}
    return Replay(replace(tree, words=words), "sockeye", ("pruned", "exponent", "cost"))


_OPEN, _KEPT = FATES.index("open"), FATES.index("kept")


def _step(
    builder: TreeBuilder,
    found: _History,
    step: int,
    rows: Sequence[int],
    totals: Sequence[float],
    numbers: dict[int, int],
) -> tuple[list[int], list[float]]:
    """The nodes of the rows after one step, and their totals."""
    after, sums = [], []
    seen: dict[tuple[int, int], int] = {}
    columns = (c[step] for c in (found.predicted_ids, found.predicted_tokens, found.parent_ids))
    for rank, (token, word, parent) in enumerate(zip(*columns, strict=True), 1):
        total = -found.scores[step][rank - 1]
        node = rows[parent]
        if token != _PADDING and not math.isinf(total):
            ends = word == END_WORD
            number = END if ends else numbers.setdefault(token, len(numbers) + 1)
            if (node, number) not in seen:
                own = total - totals[parent]
                _check_score(own)
                (seen[node, number],) = builder.add(
                    [node],
                    [number],
                    log_probs=[min(0.0, own)],
                    totals=[total],
                    call=step + 1,
                    fate="finished" if ends else "open",
                    ranks=rank,
                ).tolist()
                if node:
                    _keep(builder, node, step + 1)
            node = seen[node, number]
        after.append(node)
        sums.append(total if token != _PADDING else totals[parent])
    return after, sums


def _keep(builder: TreeBuilder, node: int, call: int) -> None:
    builder["fate"][node] = _KEPT
    builder["decided"][node] = call


def _check_score(own: float) -> None:
    if own > _ABOVE:
        raise ExplorerError(
            "The file's scores are no sums of log-probabilities: one of them rises by {nats} nats.",
            nats=f"{own:.3g}",
        )


def _checked(found: _History) -> int:
    """K, once all lists fit each other."""
    steps, width = (
        len(found.predicted_ids),
        len(found.predicted_ids[0]) if found.predicted_ids else 0,
    )
    columns = [getattr(found, name) for name in _History.__dataclass_fields__]
    if not 1 <= steps <= LONGEST or not 1 <= width <= WIDEST:
        raise ExplorerError(
            "A beam history must have 1 to {longest} steps and 1 to {widest} rows.",
            longest=LONGEST,
            widest=WIDEST,
        )
    if any(len(c) != steps or any(len(row) != width for row in c) for c in columns):
        raise ValueError("lists of other lengths")
    if not all(0 <= parent < width for row in found.parent_ids for parent in row):
        raise ValueError("a parent that is no row")
    return width
