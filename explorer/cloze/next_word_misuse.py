"""The misuse: a model that fills in words made to write, with nothing on the right of the blank.

A model that reads backward finds only the mark of the sentence's end after the next word.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from explorer.cloze.blanked_sentence import BLANK
from explorer.cloze.filler import Filler

_ENDS = (".", "?", "!")


class Written(NamedTuple):
    """What a model wrote behind a beginning."""

    tokens: tuple[str, ...]  # the beginning included
    log_prob: float  # the sum of what it gave its own words, nats


def write(filler: Filler, beginning: Sequence[str], *, most: int = 12) -> Written:
    """Append the likeliest next word until the sentence ends or ``most`` words are there."""
    tokens, total = list(beginning), 0.0
    while len(tokens) < most and not (len(tokens) > len(beginning) and tokens[-1] in _ENDS):
        (best,) = filler.guess([*tokens, BLANK], len(tokens), most=1).likeliest
        tokens.append(best.token)
        total += math.log(best.p)
    return Written(tuple(tokens), total)


def with_both_sides(filler: Filler, tokens: Sequence[str]) -> list[float]:
    """−log p of every known token from all that the model reads of the others, nats."""
    (logs,) = filler.log_probs([tokens])
    return _paid(filler, tokens, [logs[place].tolist() for place in range(len(tokens))])


def without_the_right(
    filler: Filler, tokens: Sequence[str], *, behind: Sequence[str] = ()
) -> list[float]:
    """−log p of every known token as the next word: of the sentence that breaks off behind it.

    Args:
        filler: The model.
        tokens: The sentence.
        behind: What stands behind the next word after all, such as a full stop.
    """
    prefixes = [(*tokens[: place + 1], *behind) for place in range(len(tokens))]
    logs = filler.log_probs(prefixes)
    return _paid(filler, tokens, [of[place].tolist() for place, of in enumerate(logs)])


def before_a_full_stop(filler: Filler, tokens: Sequence[str]) -> list[float]:
    """`without_the_right` with a full stop behind the next word, as in every sentence learned."""
    return without_the_right(filler, tokens, behind=(".",))


def _paid(filler: Filler, tokens: Sequence[str], logs: Sequence[Sequence[float]]) -> list[float]:
    numbers = filler.vocabulary.encode(filler.spelled(tokens))
    return [-of[number] for of, number in zip(logs, numbers, strict=True) if number]
