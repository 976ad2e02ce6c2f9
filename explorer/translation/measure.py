"""How good a model's translations of a set of pairs are. Knows nothing of training."""

from collections.abc import Mapping, Sequence

from explorer.evaluation.corpus import REFERENCES, Scores, score
from explorer.models.card import Figures
from explorer.text.pairs import Pair, normalised
from explorer.translation.translator import Translator, Watch

WIDTHS = (1, 5, 10)
ALPHA = 0.75
LENGTHS = ((2, 4), (5, 6), (7, 9), (10, 20))
"""Ranges of source words over which scores are given apart."""


def measure(
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
    return score([t.text for t in translations], [pair.references for pair in pairs])


def figures(translator: Translator, pairs: Sequence[Pair]) -> Figures:
    """BLEU and chrF at several widths, over all pairs and by the number of source words."""
    groups = _groups(pairs)
    measured: dict[str, dict[str, Scores]] = {}
    for width in WIDTHS:
        done = translator.translate([pair.source for pair in pairs], width=width, alpha=ALPHA)
        measured[f"beam {width}"] = {
            name: score([done[n].text for n in places], [pairs[n].references for n in places])
            for name, places in groups.items()
        }
    some = measured["beam 1"]["all"]
    return {
        "BLEU": _rounded(
            {beam: {n: s.bleu for n, s in by.items()} for beam, by in measured.items()}
        ),
        "chrF": _rounded(
            {beam: {n: s.chrf for n, s in by.items()} for beam, by in measured.items()}
        ),
        "signature": some.signature,
        "alpha": ALPHA,
        "test sentences": {name: len(places) for name, places in groups.items()},
        "references of a sentence, at most": REFERENCES,
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
