"""Numbers in English and in French words: as many sentence pairs as anyone needs, all right.

A language small enough to be learned in seconds that still asks for what translation asks for:
sentences of any length, words whose translation depends on others (seventy is ``soixante dix``,
three hundred ``trois cents`` unless something follows), and an end that has to be found.
"""

from random import Random

MOST = 999_999

_ENGLISH = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_ENGLISH_TENS = (
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_FRENCH = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
)
_FRENCH_TENS = (
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
)


def english(number: int) -> list[str]:
    """A number from 0 to `MOST` in English words."""
    if number >= 1000:
        rest = english(number % 1000) if number % 1000 else []
        return [*english(number // 1000), "thousand", *rest]
    if number >= 100:
        rest = ["and", *english(number % 100)] if number % 100 else []
        return [_ENGLISH[number // 100], "hundred", *rest]
    if number >= 20:
        rest = [_ENGLISH[number % 10]] if number % 10 else []
        return [_ENGLISH_TENS[number // 10 - 2], *rest]
    return [_ENGLISH[number]]


def french(number: int, *, ends: bool = True) -> list[str]:
    """A number from 0 to `MOST` in French words, without hyphens.

    Args:
        number: Which.
        ends: Whether nothing follows, so that ``cents`` and ``quatre vingts`` have their s.
    """
    if number >= 1000:
        thousands = french(number // 1000, ends=False) if number >= 2000 else []
        return [*thousands, "mille", *(french(number % 1000) if number % 1000 else [])]
    if number >= 100:
        plural = "cents" if number >= 200 and number % 100 == 0 and ends else "cent"
        before = [_FRENCH[number // 100]] if number >= 200 else []
        return [*before, plural, *(french(number % 100, ends=ends) if number % 100 else [])]
    return _below_a_hundred(number, ends=ends)


def sample(random: Random) -> int:
    """A number whose length in digits is as likely to be any from 1 to 6."""
    digits = random.randint(1, 6)
    return random.randrange(10 ** (digits - 1) if digits > 1 else 0, 10**digits)


def _below_a_hundred(number: int, *, ends: bool) -> list[str]:
    if number < 17:
        return [_FRENCH[number]]
    if number < 20:
        return ["dix", _FRENCH[number - 10]]
    if number >= 80:
        return ["quatre", "vingts" if number == 80 and ends else "vingt", *_added(number - 80)]
    ten = min(number // 10, 6)
    joined = ["et"] if number - 10 * ten in (1, 11) else []
    return [_FRENCH_TENS[ten - 2], *joined, *_added(number - 10 * ten)]


def _added(rest: int) -> list[str]:
    return _below_a_hundred(rest, ends=True) if rest else []
