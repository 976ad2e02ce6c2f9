"""Does BLEU order translations as another measure does?

BLEU as the book writes it, of n-grams of up to two words, beside chrF, which compares n-grams of
characters (Popović 2015), on translations of the project's own sentences by two models.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from explorer.evaluation.book import book_bleu
from explorer.evaluation.sentence import sentence_chrf
from explorer.experiments.bootstrap import resampled
from explorer.experiments.dependence import rank_correlation
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.own_translations import MODELS, measured, translated, translators
from explorer.experiments.tables import Row, columns, rows
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import percent
from explorer.text.words import tokenise

K = 2  # the longest n-gram, as in the book's examples
ALIKE, AGREED = 0.7, 0.75  # a rank correlation, and a share of pairs, that count as one order


def measure(watch: Watch) -> Numbers:
    """Both scores of every translation that is not the reference itself."""
    found: list[Row] = []
    for done, (name, translator) in enumerate(translators().items(), 1):
        found += _scores(name, translator)
        watch(done / len(MODELS))
    return {"scores": columns(found)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if scores rise together, and both prefer the same of two translations.

    The 95 % interval (bootstrap over sentences) of the rank correlation lies above `ALIKE`; and of
    the sentences that the two models translate differently, and that neither measure calls equal,
    that of the share on which both prefer the same lies above `AGREED`.
    """
    scores = np.array([[row["BLEU"], row["chrF"]] for row in rows(numbers["scores"])], float)
    wrong = scores[scores[:, 0] < 1]  # (N, 2); a translation that is the reference has 1 of both
    alike = resampled(wrong, lambda some: rank_correlation(some[:, 0], some[:, 1]))
    preferred = preferences(scores)
    agreed = resampled(preferred, lambda some: float(some.mean()))
    return Judgement(
        by_share([alike.low > ALIKE, agreed.low > AGREED]),
        N_(
            "Over {count} translations that differ from their reference, the rank correlation of "
            "BLEU and chrF is {alike} (95% interval {alike_low} to {alike_high}). Of {pairs} "
            "sentences that two models translate differently, both measures prefer the same "
            "translation in {agreed} ({agreed_low} to {agreed_high})."
        ),
        {
            "count": str(len(wrong)),
            **alike.said("alike", 2),
            "pairs": str(len(preferred)),
            **{place: percent(end) for place, end in agreed.ends("agreed").items()},
        },
    )


def preferences(scores: np.ndarray) -> np.ndarray:
    """Whether both measures prefer the same model, where both prefer one, (P,).

    Args:
        scores: BLEU and chrF of N sentences by one model, then by the other, (2 N, 2).
    """
    first, second = np.split(scores, 2)
    signs = np.sign(first - second)  # (N, 2)
    decided: np.ndarray = signs[(signs != 0).all(1)]
    same: np.ndarray = (decided[:, 0] == decided[:, 1]).astype(float)
    return same


def _scores(name: str, translator: Translator) -> Iterator[Row]:
    for sentence, one in zip(measured(), translated(translator), strict=True):
        sides = [_words(text) for text in (one.text, sentence.french)]
        yield {
            "model": name,
            "BLEU": round(book_bleu(*sides, k=K).bleu, 4),
            "chrF": round(sentence_chrf(one.text, [sentence.french]), 2),
        }


def _words(text: str) -> Sequence[str]:
    return tokenise(text.lower(), "fr")


EXPERIMENT = Experiment(
    name="bleu-order",
    section="9.7",
    claim=N_("BLEU orders translations much as another measure, chrF, does."),
    measure=measure,
    judge=judge,
)
