"""A translation beside what a person wrote: what the model thinks of both, and what matches.

Words are compared, as the project cuts them, lowercased, as the book lowercases all text; in
Chinese, characters. sacreBLEU cuts the sentences itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.evaluation.book import BookBleu, book_bleu
from explorer.evaluation.ngrams import Matches, matches
from explorer.evaluation.sentence import SentenceBleu, sentence_bleu
from explorer.seq2seq.forced_decoding import Forced, forced
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.translator import Translation, Translator, longest
from explorer.text.pieces import joined

LONGEST = 4
"""The longest n-grams that are compared."""


@dataclass(frozen=True)
class Judged:
    """One reference.

    Args:
        forced: The model's log p of it, token by token; ``leaves_greedy`` is its first token that
            is not the likeliest one.
        book: BLEU of the output against it by the book's formula, in parts.
    """

    forced: Forced
    book: BookBleu


@dataclass(frozen=True)
class Comparison:
    """A translation and its references.

    Args:
        output: The model's log p of its own translation, token by token.
        references: What it is compared with, one by one, in the order in which they were given.
        matches: The n-grams that output and references share, for n from 1 to `LONGEST`; places
            are those of the words that ``output.tokens`` and ``references[r].forced.tokens`` spell.
        sacrebleu: BLEU of the output against all references at once, with its parts.
        max_length: The most tokens that the output might have had, its end included.
    """

    output: Forced
    references: tuple[Judged, ...]
    matches: tuple[Matches, ...]
    sacrebleu: SentenceBleu
    max_length: int

    def excess(self, place: int) -> int:
        """By how many tokens a reference, with its end, is longer than an output may be."""
        return max(0, len(self.references[place].forced.steps) - self.max_length)

    def likelier(self, alpha: float) -> tuple[int, ...]:
        """The references that the search would have ranked above what it found: it missed them.

        One with a word that the model cannot write is none, nor one that is longer than an output
        may be: no search may find it. Of an output that was cut nothing is said.
        """
        found = self.output.score(alpha)
        return tuple(
            place
            for place, judged in enumerate(self.references)
            if self.output.finished
            and judged.forced.score(alpha) > found
            and not judged.forced.unknown
            and not self.excess(place)
        )


def compare(
    translator: Translator,
    source_text: str,
    output: Translation,
    references: Sequence[str],
    *,
    alternatives: int = 5,
    max_length: int | None = None,
) -> Comparison:
    """Hold a translation against its references.

    Args:
        translator: The model that made it.
        source_text: The sentence.
        output: Its translation.
        references: Sentences of the language that it writes, at least one.
        alternatives: How many likely tokens are kept at each step.
        max_length: The most tokens that the output might have had, its end included; `longest`, if
            not given.

    Raises:
        ExplorerError: The source or a reference has no words, or too many.
    """
    given = [target_tokens(translator, text) for text in references]
    own = forced(
        translator,
        source_text,
        output.tokens,
        alternatives=alternatives,
        copied=output.copied,
        finished=output.finished,
    )
    judged = [
        forced(translator, source_text, tokens, alternatives=alternatives) for tokens in given
    ]
    wrote, wanted = _words(output.tokens), [_words(tokens) for tokens in given]
    return Comparison(
        output=own,
        references=tuple(
            Judged(one, book_bleu(wrote, tokens, k=LONGEST))
            for one, tokens in zip(judged, wanted, strict=True)
        ),
        matches=tuple(matches(wrote, wanted, n=n) for n in range(1, LONGEST + 1)),
        sacrebleu=sentence_bleu(output.text, references, characters=translator.language == "zh"),
        max_length=longest(own.source, translator.language) if max_length is None else max_length,
    )


def _words(tokens: Sequence[str]) -> tuple[str, ...]:
    """Whole words as they are compared: how a model cuts them is no matter of likeness."""
    return tuple(word.lower() for word in joined(tokens))
