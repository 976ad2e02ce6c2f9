"""Results of CTranslate2 as JSON: ``{"hypotheses": [[token, …], …], "scores": [number, …]}``.

These are the fields of its ``TranslationResult``; a list of such objects is one a sentence. A
score is log p over L to the power of ``length_penalty``, which is 1 unless it was given. L counts
the end, as measured with version 4.8.5; a hypothesis that was cut is divided by its tokens alone,
which a result does not say. Without ``return_scores`` there are none.
"""

import math
from typing import Any

from explorer.decoding.adapters.foreign.replay import Listed, Replay, tree_of
from explorer.stored import typed

_USUAL = 1.0


def is_result(value: object) -> bool:
    """Whether JSON is one result."""
    return isinstance(value, dict) and "hypotheses" in value


def replay(result: Any, *, alpha: float | None) -> Replay:
    """The search that one result tells of.

    Args:
        result: What JSON gave.
        alpha: The length penalty, if it was not 1.

    Raises:
        ValueError: It is none.
        ExplorerError: What it says cannot be.
    """
    words = typed.typed(tuple[tuple[str, ...], ...], result["hypotheses"], "hypotheses")
    scores = typed.typed(tuple[float, ...], result.get("scores") or [], "scores")
    if scores and len(scores) != len(words):
        raise ValueError("hypotheses without scores")
    power = _USUAL if alpha is None else alpha
    some = [
        Listed(w, None, s * (len(w) + 1) ** power, s)
        for w, s in zip(words, scores or (math.nan,) * len(words), strict=True)
    ]
    lacks = ("exponent",) if alpha is None and scores else ()
    missing = ("pruned", "token scores" if scores else "scores", "cost", *lacks)
    return Replay(tree_of(some, alpha=power), "ctranslate2", missing)
