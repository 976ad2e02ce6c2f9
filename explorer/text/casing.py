"""Undoes the capital at the start of a sentence, and puts it back.

A word is written as it is most often written where the sentence does not force a capital on it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from explorer.text.vocabulary import Vocabulary

_ENDS = ".?!"


def spellings(sentences: Iterable[Sequence[str]]) -> Vocabulary:
    """How words are written within sentences, the most frequent spelling first.

    A word that is only ever seen at the start of a sentence counts as written small.
    """
    within, first = Counter[str](), Counter[str]()
    for tokens in sentences:
        starts = set(_starts(tokens))
        for place, token in enumerate(tokens):
            (first if place in starts else within)[token] += 1
    for token, count in first.items():
        if token not in within:
            within[_small(token)] += count
    return Vocabulary.from_tokens(within.elements())


def truecase(
    tokens: Sequence[str], vocabulary: Vocabulary, *, small: bool = False
) -> tuple[str, ...]:
    """The tokens as the vocabulary writes them, without the capitals that places gave them.

    Args:
        tokens: A text's tokens.
        vocabulary: The known spellings, the most frequent first. At the start of a sentence the
            more frequent of the written and the small spelling is taken, elsewhere the written
            one. If that is unknown, the word all small or with one capital takes its place, so
            that ``tom`` and ``TOM`` are read as ``Tom``; if both are unknown, it stays.
        small: Whether an unknown word at the start of a sentence becomes small: for vocabularies
            that can write any word, but do not know most of them.
    """
    starts = set(_starts(tokens))
    return tuple(
        _spelled(token, vocabulary, first=place in starts, small=small)
        for place, token in enumerate(tokens)
    )


def capitalise(tokens: Sequence[str]) -> tuple[str, ...]:
    """The tokens with a capital at the start of every sentence."""
    starts = set(_starts(tokens))
    return tuple(
        token[0].upper() + token[1:] if place in starts else token
        for place, token in enumerate(tokens)
    )


def _starts(tokens: Sequence[str]) -> Iterator[int]:
    """The places of the first word of every sentence; marks are no words."""
    expected = True
    for place, token in enumerate(tokens):
        if expected and token[0].isalnum():
            yield place
            expected = False
        expected = expected or token[0] in _ENDS


def _spelled(token: str, vocabulary: Vocabulary, *, first: bool, small: bool) -> str:
    def rank(spelling: str) -> int:
        (number,) = vocabulary.encode((spelling,))
        return number or len(vocabulary)

    best = min((token, _small(token)) if first else (token,), key=rank)
    fallbacks = (best, token.lower(), token.capitalize())
    unknown = _small(token) if first and small else best
    return next((spelling for spelling in fallbacks if spelling in vocabulary), unknown)


def _small(token: str) -> str:
    return token[0].lower() + token[1:]
