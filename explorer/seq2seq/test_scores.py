"""BLEU and chrF of a model's translations of a set of sentence pairs."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from explorer.evaluation.corpus import REFERENCES, Scores, intervals, score
from explorer.models.card import Figures
from explorer.seq2seq.translator import Translator, Watch
from explorer.text.pairs import Pair, normalised

WIDTHS = (1, 5, 10)
SHOWN = 5
"""The width that the pages begin with."""
ALPHA = 0.75
LENGTHS = ((2, 4), (5, 6), (7, 9), (10, 20))
"""Ranges of source words over which scores are given apart."""


def corpus_scores(
    translator: Translator,
    pairs: Sequence[Pair],
    *,
    width: int,
    alpha: float = ALPHA,
    watch: Watch = lambda count: None,
) -> Scores:
    """BLEU and chrF of the best translations of ``pairs``' sources, at least one pair."""
    sources = [pair.source for pair in pairs]
    translations = translator.translate(sources, width=width, alpha=alpha, watch=watch)
    return score(
        [t.text for t in translations],
        [pair.references for pair in pairs],
        characters=translator.language == "zh",
    )


def scores_by_width(
    translator: Translator,
    pairs: Sequence[Pair],
    *,
    others: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Figures:
    """BLEU and chrF at several widths, over all pairs and by the number of source words.

    At the width that the pages begin with there are the intervals of all pairs, and the scores of
    further groups.

    Args:
        translator: The model with its words.
        pairs: At least one.
        others: Further groups by name, each as the places of its pairs.
    """
    groups, references = _groups(pairs), [pair.references for pair in pairs]
    sources, characters = [pair.source for pair in pairs], translator.language == "zh"
    texts = {
        width: [t.text for t in translator.translate(sources, width=width, alpha=ALPHA)]
        for width in WIDTHS
    }

    def scored(width: int, places: Sequence[int]) -> Scores:
        written = [texts[width][n] for n in places]
        return score(written, [references[n] for n in places], characters=characters)

    measured = {
        f"beam {width}": {name: scored(width, places) for name, places in groups.items()}
        for width in WIDTHS
    }
    spread = intervals(texts[SHOWN], references, characters=characters)
    return {
        "BLEU": _rounded(
            {beam: {n: s.bleu for n, s in by.items()} for beam, by in measured.items()}
        ),
        "chrF": _rounded(
            {beam: {n: s.chrf for n, s in by.items()} for beam, by in measured.items()}
        ),
        f"beam {SHOWN}, 95 % of resampled scores within": {
            "BLEU": f"± {spread.bleu:.2f}",
            "chrF": f"± {spread.chrf:.2f}",
        },
        **{
            f"beam {SHOWN}, {name}": _said(scored(SHOWN, places), len(places))
            for name, places in others.items()
            if places
        },
        "signature": measured["beam 1"]["all"].signature,
        "alpha": ALPHA,
        "test sentences": {name: len(places) for name, places in groups.items()},
        "references of a sentence, at most": REFERENCES,
    }


def _said(scores: Scores, sentences: int) -> Figures:
    return {
        "sentences": sentences,
        "BLEU": round(scores.bleu, 2),
        "chrF": round(scores.chrf, 2),
    }


def _groups(pairs: Sequence[Pair]) -> dict[str, list[int]]:
    """The places of the pairs by the number of source words; ranges that no pair is in left out."""
    groups = {"all": list(range(len(pairs)))}
    words = [len(normalised(pair.source).split()) for pair in pairs]
    for least, most in LENGTHS:
        places = [place for place, count in enumerate(words) if least <= count <= most]
        if places:
            groups[f"{least} to {most} words"] = places
    return groups


def _rounded(by_beam: Mapping[str, Mapping[str, float]]) -> Figures:
    return {
        beam: {name: round(value, 2) for name, value in by_length.items()}
        for beam, by_length in by_beam.items()
    }
