"""What ``fairseq-generate`` prints: lines S- (source), H- (hypothesis) and P- (token scores).

``H-5 TAB score TAB words`` and ``P-5 TAB scores``, the end's the last. Both are logarithms to base
2 (``generate.py``: “convert to base 2”), the score is divided by L to the power of ``--lenpen``, L
being the tokens with the end, which is 1 unless it was given (``sequence_generator.py``). Here they
are natural logarithms. D- lines repeat hypotheses as text, T- lines are references.
"""

import math
from collections.abc import Iterator, Sequence

from explorer.decoding.adapters.foreign.replay import Listed, Replay, Unknown, exponent, tree_of
from explorer.text.numbers import read_decimal

_NATS = math.log(2)
_USUAL = 1.0


def replay(lines: Sequence[str], *, alpha: float | None) -> Replay:
    """The search that the lines of one sentence tell of.

    Args:
        lines: Those of its number.
        alpha: Of ``--lenpen``, for files without token scores.

    Raises:
        ValueError: A line is not of this layout.
        ExplorerError: What it says cannot be.
    """
    some = list(_hypotheses(lines, _USUAL if alpha is None else alpha))
    unknown: list[Unknown] = ["pruned", "cost"]
    found = exponent(some) if any(one.token_scores for one in some) else None
    if any(one.token_scores is None for one in some):
        unknown.insert(1, "token scores")
    if found is None and alpha is None:
        unknown.append("exponent")
    power = found if found is not None else _USUAL if alpha is None else alpha
    sources = [line.split("\t", 1)[1] for line in lines if line.startswith("S-")]
    return Replay(tree_of(some, alpha=power), "fairseq", tuple(unknown), source="".join(sources))


def _hypotheses(lines: Sequence[str], alpha: float) -> Iterator[Listed]:
    """One after another; token scores follow the hypothesis that they are of."""
    waiting: tuple[tuple[str, ...], float] | None = None
    for line in [*lines, "H-"]:
        kind, *fields = line.split("\t")
        if kind.startswith("H-"):
            if waiting:
                words, score = waiting
                total = score * (len(words) + 1) ** alpha
                yield Listed(words, None, total, score)
            waiting = None
            if fields:
                score, words = read_decimal(fields[0]) * _NATS, tuple(fields[1].split())
                waiting = words, score
        elif kind.startswith("P-") and waiting:
            words, score = waiting
            values = tuple(read_decimal(value) * _NATS for value in fields[0].split())
            same = len(values) == len(words) + 1
            yield Listed(words, values if same else None, math.fsum(values), score, len(values))
            waiting = None
