"""A text searched with one of our models: words in, a tree and words out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from explorer.decoding.adapters.language_model import LanguageScorer
from explorer.decoding.allowed_tokens import allow_only
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.scorer import Scorer
from explorer.errors import ExplorerError
from explorer.models.card import Card
from explorer.models.language_model import LanguageModel
from explorer.models.network import Network
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.model_input import read_source, read_target, target_tokens
from explorer.seq2seq.translator import Translator, longest
from explorer.text.copying import hide
from explorer.text.limits import MOST, check_length
from explorer.text.vocabulary import EOS, Vocabulary, numbers

T = TypeVar("T")

_WORD = 20  # the longest rest of a word, its space included


@dataclass(frozen=True)
class TextSearch:
    """What a search for a text is asked, and what its answers mean.

    Args:
        scorer: The model.
        source: The text as token numbers.
        max_length: The most tokens that an answer may have, its end included.
        vocabulary: The tokens that it writes, by number.
        written: An answer as text.
        read: The tokens of an answer that somebody wrote, without the one that ends it.
    """

    scorer: Scorer[Sequence[int], Any]
    source: tuple[int, ...]
    max_length: int
    vocabulary: tuple[str, ...]
    written: Callable[[Hypothesis], str]
    read: Callable[[str], tuple[int, ...]]


def text_search(model: Network, card: Card, text: str) -> TextSearch:
    """How a model is asked about a text.

    A translation model translates it, under the same rules as `Translator.translate`. A language
    model goes on up to the token that ends a text, where its card names one; else one of characters
    ends the last word: the answer ends with a space, or at the greatest length.

    Raises:
        ExplorerError: The text is empty, too long, or has no word; or the model has no space, or
            does not write.
    """
    if isinstance(model, Seq2Seq):
        return translation_search(Translator.of(model, card), text)
    if not isinstance(model, LanguageModel):
        raise ExplorerError(
            "The model “{name}” cannot be used here: it was trained for the task “{task}”.",
            name=card.name,
            task=card.task,
        )
    return continuation_search(model, card.words, text)


def translation_search(translator: Translator, text: str) -> TextSearch:
    """How a translation of a text is asked for.

    Raises:
        ExplorerError: The text is too long or has no word.
    """
    check_length(text)
    tokens = _checked(translator.read(text))
    hidden = hide(tokens, translator.source)
    return TextSearch(
        translator.scorer,
        tuple(translator.source.encode((*hidden, EOS))),
        longest(hidden, translator.language),
        translator.target.tokens,
        lambda found: translator.written(found, tokens, hidden).text,
        lambda answer: _target(translator, text, answer),
    )


def continuation_search(model: LanguageModel, vocabulary: Vocabulary, text: str) -> TextSearch:
    """How a text goes on up to the token that ends what a model writes, or its last word's end.

    Raises:
        ExplorerError: The text is empty or too long, or the vocabulary has neither such a token nor
            a space.
    """
    check_length(text)
    tokens = _checked(vocabulary.read(text))
    if vocabulary.end is None:
        raise ExplorerError(
            "A search needs a translation model, or a language model whose vocabulary "
            "contains the space or a token that ends a text."
        )
    return TextSearch(
        LanguageScorer(model, vocabulary, vocabulary.number(vocabulary.end)),
        tuple(vocabulary.encode(tokens)),
        _WORD,
        vocabulary.tokens,
        lambda found: vocabulary.join(vocabulary.decode(found.tokens), after=text),
        lambda answer: tuple(vocabulary.encode(vocabulary.split(answer))),
    )


def _target(translator: Translator, text: str, answer: str) -> tuple[int, ...]:
    tokens = target_tokens(translator, answer)
    return read_target(translator, read_source(translator, text), tokens).numbers


def with_only(asked: TextSearch, words: Sequence[str]) -> TextSearch:
    """The question of which answer of these words alone is the best; the end may always come.

    Raises:
        ExplorerError: The vocabulary has no such word.
    """
    scorer = allow_only(asked.scorer, numbers(words, asked.vocabulary))
    return replace(asked, scorer=scorer)


def _checked(tokens: tuple[str, ...]) -> tuple[str, ...]:
    if not tokens:
        raise ExplorerError("There are no words in the text.")
    return checked_count(tokens)


def checked_count(tokens: tuple[T, ...]) -> tuple[T, ...]:
    """The tokens of a text, if a search takes so many.

    Raises:
        ExplorerError: There are too many.
    """
    if len(tokens) > MOST:
        raise ExplorerError(
            "The text has {given} tokens; a search accepts at most {most}.",
            given=len(tokens),
            most=MOST,
        )
    return tokens
