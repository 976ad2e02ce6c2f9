"""n-best lists of Moses, and of Marian, which writes the same layout.

A line is ``sentence ||| words ||| features ||| score``. Moses' features are those of its log-linear
model, so its score is no log-probability (https://www2.statmt.org/moses/?n=Moses.AdvancedFeatures,
“n-best lists”). Marian's are the log-probability of each scorer of an ensemble, ``F0= …``; the
score is that of the path over Lⁿ, n being ``--normalize`` and L the tokens with the end. With
``--word-scores`` a field ``WordScores= …`` stands before them, and with ``--alignment`` one without
a name (``src/translator/output_printer.h`` and ``history.h`` of marian-dev).
"""

import math
import re
from collections.abc import Mapping, Sequence

from explorer.decoding.adapters.foreign.replay import Listed, Replay, Unknown, exponent, tree_of
from explorer.text.numbers import read_decimal

SEPARATOR = " ||| "
_FEATURE = re.compile(r"[A-Za-z_]\S{0,100}=")


def replay(lines: Sequence[str], *, alpha: float | None) -> Replay:
    """The search that the lines of one sentence tell of.

    Args:
        lines: In the file's order, the best first.
        alpha: The exponent of the length, for files that do not say it.

    Raises:
        ValueError: A line is not of this layout.
        ExplorerError: What it says cannot be.
    """
    parts = [_parts(line) for line in lines]
    marian = all(any(re.fullmatch(r"F\d+=", name) for name in named) for _w, named, _s in parts)
    if not marian:
        # A weighted sum of features: higher is better, whatever its sign.
        some = [Listed(tuple(words.split()), total=s, weighted=True) for words, _n, s in parts]
        tree = tree_of(some, alpha=alpha or 0.0)
        return Replay(tree, "moses", ("pruned", "token scores", "probabilities", "cost"))
    some = [_marian(*one) for one in parts]
    unknown: list[Unknown] = ["pruned", "cost"]
    if any(one.token_scores is None for one in some):
        unknown.insert(1, "token scores")
    if any(one.length not in (0, len(one.words) + 1) for one in some):
        unknown.append("words")
    if any("F1=" in named for _w, named, _s in parts) and "token scores" in unknown:
        unknown.append("probabilities")
    found = exponent(some)
    if found is None:
        unknown.append("exponent")
    power = 0.0 if "words" in unknown else found if found is not None else alpha or 0.0
    return Replay(tree_of(some, alpha=power), "marian", tuple(unknown))


def _parts(line: str) -> tuple[str, Mapping[str, tuple[float, ...]], float]:
    """Words, features by name, and score."""
    _sentence, words, *fields = line.split("|||")
    numbers = [field for field in fields if not _FEATURE.search(field)]
    named: dict[str, tuple[float, ...]] = {}
    for field in fields:
        pieces = _FEATURE.split(field)[1:]
        values = [tuple(map(read_decimal, piece.split())) for piece in pieces]
        named |= dict(zip(_FEATURE.findall(field), values, strict=True))
    # The score comes after the features; an alignment may stand before or after them.
    scores = [f for f in numbers if "-" not in f.strip()[1:] or "e-" in f]
    return words, named, read_decimal(scores[-1].strip())


def _marian(words: str, named: Mapping[str, tuple[float, ...]], score: float) -> Listed:
    written, token_scores = tuple(words.split()), named.get("WordScores=")
    features = [values for name, values in named.items() if re.fullmatch(r"F\d+=", name)]
    single = features[0][0] if len(features) == 1 and len(features[0]) == 1 else math.nan
    length = len(token_scores) if token_scores else 0
    if token_scores and length == len(written) + 1:
        return Listed(written, token_scores, math.fsum(token_scores), score, length)
    total = math.fsum(token_scores) if token_scores else single
    # Of an ensemble only the path's score is known, and not by which weights.
    return Listed(written, None, score if math.isnan(total) else total, score, length)
