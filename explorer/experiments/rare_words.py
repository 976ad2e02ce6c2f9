"""How much of a vocabulary is rare words, and what is lost where they become the unknown one.

Counted over the whole corpus that the translation models learned from (its figures are shipped, its
text is not), so the numbers are exact and have no spread.
"""

from collections.abc import Iterator

from explorer.corpus.shipped import FILE, Shipped
from explorer.corpus.spectrum import Spectrum, unknown
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, columns, number
from explorer.locale import N_
from explorer.models.catalogue import PRETRAINED

HIGHEST = 10
BOOK = 2  # the book keeps words that come at least twice
MOST, LITTLE = 1 / 2, 0.02
LANGUAGES = ("English", "French")
_SHARES = ("dropped", "lost")


def measure(watch: Watch) -> Numbers:
    """For each least frequency, the share of different words dropped and of running words lost."""
    summary = Shipped.read(PRETRAINED / FILE).summary
    sides = zip(LANGUAGES, (summary.source, summary.target), strict=True)
    found = [row for name, side in sides for row in _rows(name, side.spectrum)]
    watch(1.0)
    return {"rare words": columns(found)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if the book's limit drops most words and loses 2 % of the text at most."""
    dropped, lost = ([_at(numbers, column, name) for name in LANGUAGES] for column in _SHARES)
    smaller, cheap = min(dropped) > MOST, max(lost) <= LITTLE
    return Judgement(
        ("does not hold here", "holds in part", "holds")[smaller + cheap],
        N_(
            "Of the distinct words, {english} in English and {french} in French occur only "
            "once; treated as unknown, they make up {english_lost} and {french_lost} of the "
            "text."
        ),
        {
            "english": f"{dropped[0]:.0%}",
            "french": f"{dropped[1]:.0%}",
            "english_lost": f"{lost[0]:.2%}",
            "french_lost": f"{lost[1]:.2%}",
        },
    )


def _at(numbers: Numbers, column: str, language: str) -> float:
    def wanted(row: Row) -> bool:
        return row["language"] == language and row["at least"] == BOOK

    return number(numbers["rare words"], column, wanted)


def _rows(language: str, spectrum: Spectrum) -> Iterator[Row]:
    effect = unknown(spectrum, highest=HIGHEST)
    every = int(effect.kept[0])
    for least, share, kept in zip(effect.minimum, effect.share, effect.kept, strict=True):
        yield {
            "language": language,
            "at least": int(least),
            "words": int(kept),
            "dropped": 1 - int(kept) / every,
            "lost": float(share),
        }


EXPERIMENT = Experiment(
    name="rare-words",
    section="9.5",
    claim=N_(
        "Most of a word vocabulary is rare words: treating them as unknown makes it much "
        "smaller and costs little of the text."
    ),
    measure=measure,
    judge=judge,
)
