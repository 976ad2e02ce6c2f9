"""BLEU and chrF of a whole set of translations, by sacreBLEU."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

REFERENCES = 6
"""At most so many references of a sentence are used."""
RESAMPLES = 1000
"""Sets of as many sentences, drawn with replacement, from which an interval is estimated."""


@dataclass(frozen=True)
class Scores:
    """How a set of translations compares with its references.

    Args:
        bleu: Percent, lowercased, over the tokens of sacreBLEU's own tokeniser (13a), or over
            characters (zh).
        chrf: Percent.
        signature: sacreBLEU's, of the BLEU: what has to be the same for two to be compared.
    """

    bleu: float
    chrf: float
    signature: str


@dataclass(frozen=True)
class Intervals:
    """How far the scores of other sentences of the same kind may lie off.

    Args:
        bleu: Half of the middle 95 % of the scores of resampled sets, percent.
        chrf: The same.
    """

    bleu: float
    chrf: float


def score(
    outputs: Sequence[str], references: Sequence[Sequence[str]], *, characters: bool = False
) -> Scores:
    """BLEU and chrF of ``outputs``.

    Args:
        outputs: One translation of each sentence, at least one.
        references: At least one of each sentence; those behind the sixth are not used.
        characters: Whether BLEU is over characters, for Chinese, rather than over words.

    Source: Papineni et al. 2002 (BLEU), Popović 2015 (chrF), Post 2018 (sacreBLEU).
    """
    streams, bleu, chrf = _streams(references), _bleu(characters), CHRF()
    return Scores(
        bleu=bleu.corpus_score(outputs, streams).score,
        chrf=chrf.corpus_score(outputs, streams).score,
        signature=str(bleu.get_signature()),
    )


def intervals(
    outputs: Sequence[str], references: Sequence[Sequence[str]], *, characters: bool = False
) -> Intervals:
    """The 95 % intervals of both scores by bootstrap resampling; arguments as of `score`.

    Source: Koehn 2004, *Statistical significance tests for machine translation evaluation*.
    """
    streams = _streams(references)
    return Intervals(*(_half(m, outputs, streams) for m in (_bleu(characters), CHRF())))


def _half(metric: BLEU | CHRF, outputs: Sequence[str], streams: Any) -> float:
    """Half of a score's interval; sacreBLEU tells it in JSON, and of a score of 0 nothing."""
    found = metric.corpus_score(outputs, streams, n_bootstrap=RESAMPLES)
    told = found.format(width=4, signature=str(metric.get_signature()), is_json=True)
    return float(json.loads(told).get("confidence_var", 0))


def _bleu(characters: bool) -> BLEU:
    return BLEU(lowercase=True, tokenize="zh" if characters else "13a")


def _streams(references: Sequence[Sequence[str]]) -> Any:
    """The first references of all sentences, then the second ones, and so on."""
    most = min(REFERENCES, max(map(len, references)))
    return [[dict(enumerate(some)).get(n) for some in references] for n in range(most)]
