"""A source and a target as a translation model is given them: tokens, and their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.seq2seq.translator import Translator, longest
from explorer.text.casing import truecase
from explorer.text.copying import NAME, NUMBER, hide, placeholder
from explorer.text.limits import MOST, check_length, check_pieces, check_some_tokens, check_tokens
from explorer.text.pieces import spelled
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN
from explorer.text.words import tokenise

MOST_WRITTEN = longest(("",) * MOST)
"""Tokens of the longest translation that is looked at: as long as one of such a text may be."""

_RESERVED = frozenset((UNKNOWN, PAD, BOS, EOS, NAME, NUMBER))


@dataclass(frozen=True)
class Sentence:
    """A source, S tokens and its end.

    Args:
        tokens: As they were written, the capitals at starts undone, (S,).
        hidden: With placeholders for the names and numbers that the model does not know, (S,).
        numbers: What the encoder reads, ``<eos>`` at the end, (S + 1,).
    """

    tokens: tuple[str, ...]
    hidden: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Target:
    """What a decoder is made to write, T tokens without their end.

    Args:
        tokens: As they were given, (T,).
        numbers: What the decoder reads, (T,); 0, ``<unk>``, for a word it does not know.
        copied: Which of them stand for words that are copied from the source, (T,).
        known: Which of them are copied or in the target's vocabulary, (T,).
    """

    tokens: tuple[str, ...]
    numbers: tuple[int, ...]
    copied: tuple[bool, ...]
    known: tuple[bool, ...]


def read_source(translator: Translator, text: str) -> Sentence:
    """The text as the model reads it, and as `Translator.translate` gives it to the search.

    Raises:
        ExplorerError: There is no word or mark in it, or the text is too long.
    """
    check_length(text)
    words = _checked(translator.words(text))
    tokens = spelled(words, translator.source)
    check_pieces(tokens)
    hidden = hide(tokens, translator.source)
    return Sentence(tokens, hidden, tuple(translator.source.encode((*hidden, EOS))))


def target_tokens(translator: Translator, text: str) -> tuple[str, ...]:
    """The tokens of a text in the target's language, capitals at the starts of sentences undone.

    Raises:
        ExplorerError: There is no word or mark in it, or the text is too long.
    """
    check_length(text)
    target = translator.target
    words = _checked(tokenise(text, translator.language))
    tokens = spelled(truecase(words, target, small=target.pieced), target)
    check_pieces(tokens)
    return tokens


def read_target(
    translator: Translator,
    sentence: Sentence,
    tokens: Sequence[str],
    *,
    copied: Sequence[bool] | None = None,
) -> Target:
    """The tokens as the decoder reads them.

    Args:
        translator: Whose vocabulary it is.
        sentence: The source.
        tokens: Words, copied ones as the source writes them.
        copied: Which of them are copies, as a `Translation` says; without it, every word that is
            hidden in the source is one, as in training.

    Raises:
        ExplorerError: There are more tokens than any translation of a text of `MOST` has.
    """
    check_tokens(tokens, MOST_WRITTEN)
    strangers = set(sentence.tokens) - set(sentence.hidden)
    marks = [token in strangers for token in tokens] if copied is None else copied
    kinds = [placeholder(t) if mark else None for t, mark in zip(tokens, marks, strict=True)]
    written = [kind or _plain(token) for kind, token in zip(kinds, tokens, strict=True)]
    numbers = translator.target.encode(written)
    unknown = translator.target.number(UNKNOWN)
    return Target(
        tokens=tuple(tokens),
        numbers=tuple(numbers),
        copied=tuple(kind is not None for kind in kinds),
        known=tuple(number != unknown for number in numbers),
    )


def _checked(tokens: tuple[str, ...]) -> tuple[str, ...]:
    check_some_tokens(tokens)
    check_tokens(tokens)
    return tokens


def _plain(token: str) -> str:
    """A word that happens to look like a reserved token is a word that no model knows."""
    return UNKNOWN if token in _RESERVED else token
