"""What a wider beam is worth, and what the best of all is worth, over many sentences.

What comes out is figures, never text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.evaluation.corpus import Scores, score
from explorer.search.sentence_widths import Answer, best_known, every_answer
from explorer.search.text_search import translation_search
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.translator import Translator, longest
from explorer.text.pairs import Pair, normalised

WIDTHS = (1, 2, 3, 5, 10, 20, 50)
ALPHAS = (0.0, 0.75)
SHORTEST, LONGEST = 3, 12
"""Words of the sentences that are measured."""
_NEARLY_ALL = 0.9

Column = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """One search under one α, over all sentences.

    Args:
        width: Of the beam; None for exact search.
        alpha: The exponent of the length.
        bleu: Of all sentences together, percent.
        log_prob: Mean over the sentences, nats.
        score: The mean of log p / Lᵅ.
        errors: Share of sentences for which some search found a higher score: search errors. Where
            the best is not proved there may be more. An output that was cut is not judged.
        empty: Share of sentences for which the best is to write nothing.
        length_ratio: Tokens written, over those of the first references.
        calls: Decoder calls a sentence.
        continuations: Probabilities looked at, a sentence.
        seconds: A sentence; the median.
        cut: Share of sentences whose output has not ended at the greatest length.
    """

    width: int | None
    alpha: float
    bleu: float
    log_prob: float
    score: float
    errors: float
    empty: float
    length_ratio: float
    calls: float
    continuations: float
    seconds: float
    cut: float


@dataclass(frozen=True)
class Proofs:
    """How far exact search came under one α.

    Args:
        alpha: The exponent of the length.
        proved: Share of sentences whose best is proved within the budget, among all sequences up
            to the `longest` that a translation may be.
        seconds: The median and the 90th percentile.
        prefixes: The same of the prefixes read, which no neighbour on the machine changes where
            the best was proved.
    """

    alpha: float
    proved: float
    seconds: tuple[float, float]
    prefixes: tuple[float, float]


@dataclass(frozen=True)
class WidthFigures:
    """The figures of one model.

    Args:
        sentences: How many were searched.
        references_within: Share of their references that are no longer than `longest`.
        budget: Seconds that exact search had for a sentence.
        signature: Of the BLEU.
        rows: By α and width, exact search last.
        proofs: By α.
    """

    sentences: int
    references_within: float
    budget: float
    signature: str
    rows: tuple[Row, ...]
    proofs: tuple[Proofs, ...]


def eligible(pairs: Sequence[Pair], count: int) -> tuple[Pair, ...]:
    """The first ``count`` pairs whose source has 3 to 12 words."""
    fit = (p for p in pairs if SHORTEST <= len(normalised(p.source).split()) <= LONGEST)
    return tuple(pair for pair, _number in zip(fit, range(count), strict=False))


def width_figures(
    translator: Translator,
    pairs: Sequence[Pair],
    *,
    widths: Sequence[int] = WIDTHS,
    alphas: Sequence[float] = ALPHAS,
    seconds: float = 2.0,
    watch: Callable[[], None] = lambda: None,
) -> WidthFigures:
    """Search for a translation of every source in all ways.

    Args:
        translator: The model with its words.
        pairs: At least one; none of them without words.
        widths: Of the beams.
        alphas: The exponents.
        seconds: What exact search may take for a sentence and an α.
        watch: Called after every sentence.
    """
    found: list[tuple[Answer, ...]] = []
    for pair in pairs:
        asked = translation_search(translator, pair.source)
        found.append(tuple(every_answer(asked, widths, alphas, seconds=seconds)))
        watch()
    lengths = [_lengths(translator, pair) for pair in pairs]
    most = [longest(translator.read(pair.source), translator.language) for pair in pairs]
    characters = translator.language == "zh"
    columns = list(zip(*found, strict=True))  # a search and an α each: (sentences,) answers
    best = {alpha: _best([c for c in columns if c[0].alpha == alpha]) for alpha in alphas}
    wanted = sum(first for first, *_others in lengths)
    scored = [_scored(column, pairs, characters=characters) for column in columns]
    rows = [
        _row(column, scores, best[column[0].alpha], wanted)
        for column, scores in zip(columns, scored, strict=True)
    ]
    exact = [column for column in columns if column[0].width is None]
    return WidthFigures(
        sentences=len(pairs),
        references_within=_within(lengths, most),
        budget=seconds,
        signature=scored[0].signature,
        rows=tuple(sorted(rows, key=lambda row: row.alpha)),
        proofs=tuple(_proofs(column) for column in exact),
    )


def _best(columns: Sequence[Sequence[Answer]]) -> Column:
    """The highest score that any search found for each sentence, (sentences,)."""
    return tuple(best_known(some) for some in zip(*columns, strict=True))


def _row(answers: Sequence[Answer], scores: Scores, known: Column, wanted: int) -> Row:
    return Row(
        width=answers[0].width,
        alpha=answers[0].alpha,
        bleu=scores.bleu,
        log_prob=_mean([a.best.log_prob for a in answers]),
        score=_mean([a.best.score for a in answers]),
        errors=_mean([a.misses(best) for a, best in zip(answers, known, strict=True)]),
        empty=_mean([a.best.finished and not a.best.tokens for a in answers]),
        length_ratio=sum(len(a.best.tokens) for a in answers) / wanted,
        calls=_mean([a.bill.decoder_calls for a in answers]),
        continuations=_mean([a.bill.continuations_scored for a in answers]),
        seconds=float(np.median([a.bill.seconds for a in answers])),
        cut=_mean([not a.best.finished for a in answers]),
    )


def _scored(answers: Sequence[Answer], pairs: Sequence[Pair], *, characters: bool) -> Scores:
    references = [pair.references for pair in pairs]
    return score([a.text for a in answers], references, characters=characters)


def _proofs(answers: Sequence[Answer]) -> Proofs:
    return Proofs(
        alpha=answers[0].alpha,
        proved=_mean([a.proved_optimal for a in answers]),
        seconds=_middle([a.bill.seconds for a in answers]),
        prefixes=_middle([a.bill.prefixes_read for a in answers]),
    )


def _lengths(translator: Translator, pair: Pair) -> tuple[int, ...]:
    """Tokens of each reference as the model would write it, pieces of words apart."""
    return tuple(len(target_tokens(translator, reference)) for reference in pair.references)


def _within(lengths: Sequence[Sequence[int]], most: Sequence[int]) -> float:
    both = zip(lengths, most, strict=True)
    return _mean([length + 1 <= limit for some, limit in both for length in some])


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _middle(values: Sequence[float]) -> tuple[float, float]:
    median, high = np.quantile(values, [0.5, _NEARLY_ALL]).tolist()
    return median, high
