"""BLEU and chrF of a whole set of translations, by sacreBLEU. Knows nothing of who translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

REFERENCES = 6
"""At most so many references of a sentence are used."""


@dataclass(frozen=True)
class Scores:
    """How a set of translations compares with its references.

    Args:
        bleu: Percent, lowercased, sacreBLEU's own tokeniser (13a).
        chrf: Percent.
        signature: sacreBLEU's, of the BLEU: what has to be the same for two to be compared.
    """

    bleu: float
    chrf: float
    signature: str


def score(outputs: Sequence[str], references: Sequence[Sequence[str]]) -> Scores:
    """BLEU and chrF of ``outputs``.

    Args:
        outputs: One translation of each sentence, at least one.
        references: At least one of each sentence; those behind the sixth are not used.

    Source: Papineni et al. 2002 (BLEU), Popović 2015 (chrF), Post 2018 (sacreBLEU).
    """
    most = min(REFERENCES, max(map(len, references)))
    streams: Any = [[dict(enumerate(some)).get(n) for some in references] for n in range(most)]
    bleu, chrf = BLEU(lowercase=True), CHRF()
    return Scores(
        bleu=bleu.corpus_score(outputs, streams).score,
        chrf=chrf.corpus_score(outputs, streams).score,
        signature=str(bleu.get_signature()),
    )
