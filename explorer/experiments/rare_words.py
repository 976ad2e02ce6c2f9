"""How much larger a vocabulary of words is than one of characters, and what rare words are worth.

Counted over the whole corpus that the translation models learned from (its figures are shipped, its
text is not), so the numbers are exact and have no spread.
"""

from collections.abc import Iterator

from explorer.corpus.shipped import FILE, Shipped
from explorer.corpus.spectrum import Spectrum, unknown
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, columns, one_row
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.models.catalogue import PRETRAINED
from explorer.text.numbers import percent

HIGHEST = 10
BOOK = 2  # the book keeps words that come at least twice
FAR, A_QUARTER, LITTLE = 50, 1 / 4, 0.02
LANGUAGES = ("English", "French")
_SHARES = ("dropped", "lost")


def measure(watch: Watch) -> Numbers:
    """How many kinds of tokens there are; and of words, what each least frequency drops."""
    summary = Shipped.read(PRETRAINED / FILE).summary
    sides = list(zip(LANGUAGES, (summary.source, summary.target), strict=True))
    sizes: list[Row] = [
        {"language": name, "tokens": kind, "kinds": int(growth.seen[-1])}
        for name, side in sides
        for kind, growth in side.growth.items()
    ]
    found = [row for name, side in sides for row in _rows(name, side.spectrum)]
    watch(1.0)
    return {"kinds": columns(sizes), "rare words": columns(found)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if in both languages words are `FAR` times as many as characters, and cheap to cut.

    Cheap: to drop what comes once leaves out at least a quarter of the words and at most 2 % of
    the text.
    """
    words, characters = (
        [_kinds(numbers, tokens, name) for name in LANGUAGES] for tokens in ("word", "character")
    )
    times = [many / few for many, few in zip(words, characters, strict=True)]
    dropped, lost = ([_at(numbers, column, name) for name in LANGUAGES] for column in _SHARES)
    cheap = min(dropped) >= A_QUARTER and max(lost) <= LITTLE
    return Judgement(
        by_share([min(times) >= FAR, cheap]),
        N_(
            "There are {english} times as many distinct words as characters in English and "
            "{french} times in French. Of the distinct words, {english_dropped} and "
            "{french_dropped} occur only once; treated as unknown, they make up {english_lost} and "
            "{french_lost} of the text."
        ),
        {
            "english": f"{times[0]:.0f}",
            "french": f"{times[1]:.0f}",
            "english_dropped": percent(dropped[0]),
            "french_dropped": percent(dropped[1]),
            "english_lost": percent(lost[0], 2),
            "french_lost": percent(lost[1], 2),
        },
    )


def _kinds(numbers: Numbers, tokens: str, language: str) -> float:
    return float(one_row(numbers["kinds"], language=language, tokens=tokens)["kinds"] or 0)


def _at(numbers: Numbers, column: str, language: str) -> float:
    found = one_row(numbers["rare words"], language=language, **{"at least": BOOK})
    return float(found[column] or 0)


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
        "A vocabulary of words is far larger than one of characters; treating rare words as "
        "unknown makes it smaller and costs little of the text."
    ),
    measure=measure,
    judge=judge,
)
