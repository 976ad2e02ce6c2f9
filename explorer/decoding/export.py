"""A search tree as plain values for JSON; ``docs/search-tree.md`` describes them.

Knows nothing of files.
"""

import math
from dataclasses import asdict
from typing import Any

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.tree import FATES, REASONS, SearchTree

VERSION = 1


def to_json(tree: SearchTree) -> dict[str, Any]:
    """The whole tree: what was asked, what was found, and every prefix by column.

    Infinities and NaN, which JSON does not have, become None.
    """
    c = tree.columns
    return {
        "version": VERSION,
        "strategy": tree.strategy,
        "width": tree.width,
        "alpha": tree.alpha,
        "max_length": tree.max_length,
        "end": tree.end,
        "stopped": tree.stopped,
        "proved_optimal": tree.proved_optimal,
        "gap": number(tree.gap),
        "bill": asdict(tree.bill),
        "best": tree.best,
        "n_best": [hypothesis_json(tree, hypothesis) for hypothesis in tree.n_best],
        "words": {str(token): word for token, word in tree.words.items()},
        "nodes": {
            "parent": c.parent.tolist(),
            "token": c.token.tolist(),
            "step": c.step.tolist(),
            "log_prob": c.log_prob.tolist(),
            "total": c.total.tolist(),
            "score": c.score.tolist(),
            "call": c.call.tolist(),
            "rank": c.rank.tolist(),
            "fate": [FATES[fate] for fate in c.fate.tolist()],
            "reason": [REASONS[reason] for reason in c.reason.tolist()],
            "below": [number(below) for below in c.below.tolist()],
        },
    }


def hypothesis_json(tree: SearchTree, hypothesis: Hypothesis) -> dict[str, Any]:
    """A hypothesis with the words of its tokens; its length counts the ending token."""
    return {
        "tokens": [tree.word(token) for token in hypothesis.tokens],
        "log_prob": hypothesis.log_prob,
        "score": hypothesis.score,
        "length": len(hypothesis.tokens) + hypothesis.finished,
        "finished": hypothesis.finished,
    }


def number(value: float) -> float | None:
    """The value, or None if it is infinite or NaN."""
    return value if math.isfinite(value) else None
