"""Labels of texts in the recall language: what a reader of it must know at each token."""

from collections.abc import Mapping
from functools import lru_cache, partial
from types import MappingProxyType

import numpy as np

from explorer.text.recall import KEYS, NOTHING, answer
from explorer.unit_analysis.labels import Label, Tokens, Values, since, where

_PASSAGES = 64  # whose answers are kept, since every label of keys asks for them


def key_is(key: str, tokens: Tokens) -> Values:
    """Whether a question now would be answered by this key."""
    return np.array([one == key for one in _answers("".join(tokens))], dtype=np.float64)


def inside_brackets(tokens: Tokens) -> Values:
    """Whether what stands here counts for nothing; the brackets themselves are neither in nor out.

    The first ``)`` ends it, however many were opened.
    """
    inside, found = False, []
    for token in tokens:
        found.append(np.nan if token in "()" else float(inside))
        inside = token == "(" or (inside and token != ")")
    return np.array(found)


def tokens_since_the_key(tokens: Tokens) -> Values:
    """How many tokens ago the key was announced that a question would be answered by."""
    announced = [
        before == "!" and token in KEYS and inside != 1
        for before, token, inside in zip(
            ("", *tokens), tokens, inside_brackets(tokens), strict=False
        )
    ]
    return where(key_is(NOTHING, tokens) == 0, since(np.array(announced, dtype=bool)))


def tokens_since_the_break(tokens: Tokens) -> Values:
    """How many tokens ago the past ceased to count; undefined before the first break."""
    breaks = np.array([token == "|" for token in tokens], dtype=bool)
    return where(breaks.cumsum() > 0, since(breaks))


@lru_cache(maxsize=_PASSAGES)
def _answers(text: str) -> tuple[str, ...]:
    """What would be answered after each token."""
    return tuple(answer(text[: end + 1]) for end in range(len(text)))


#: What is looked for where no labels are given, in the recall language.
RECALL_LABELS: Mapping[str, Label] = MappingProxyType(
    {
        **{f"the key is {key}": partial(key_is, key) for key in KEYS},
        "no key": partial(key_is, NOTHING),
        "inside brackets": inside_brackets,
        "tokens since the key": tokens_since_the_key,
        "tokens since the break": tokens_since_the_break,
    }
)
