"""Translates sentences: words, model, search, and words again.

The models translate English into French or Chinese.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from explorer.decoding.beam import Stopping, beam_search
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.mixture import Mixture
from explorer.decoding.scorer import Scorer
from explorer.errors import ExplorerError
from explorer.models.card import Card
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.scorer import Seq2SeqScorer
from explorer.text.casing import capitalise, truecase
from explorer.text.copying import hide, restore
from explorer.text.pieces import spelled
from explorer.text.vocabulary import EOS, Vocabulary
from explorer.text.words import Language, detokenise, tokenise

BATCH = 128  # sentences decoded at once; measured, 64 take 3 % longer and 32 take 8 %

Watch = Callable[[int], None]
"""Called with the number of sentences that were just translated."""


@dataclass(frozen=True)
class Translation:
    """One sentence as a model translated it.

    Args:
        source: The sentence's tokens as the model was given them; a name or number that it does
            not know is there as it was written.
        tokens: The translation's tokens, copied words in their places, T of them; pieces of words
            are apart.
        copied: Which of them were copied from the source because no vocabulary knows them, (T,).
        text: The translation as a sentence.
        log_prob: The natural logarithm of its probability, its end included.
        score: What the search ranked it by: log_prob / Lᵅ.
        finished: Whether it came to an end, or was cut at the greatest length.
    """

    source: tuple[str, ...]
    tokens: tuple[str, ...]
    copied: tuple[bool, ...]
    text: str
    log_prob: float
    score: float
    finished: bool


NOTHING = Translation((), (), (), "", 0.0, 0.0, finished=True)
"""The translation of a text without words."""


def longest(tokens: Sequence[str], language: Language = "fr") -> int:
    """The most tokens that a translation of these may have, its end included.

    In French 1.25 n + 6: of the 163,876 translations that the models' corpus has, one in 800 is
    longer. More room would cost proofs: a search that divides by Lᵅ must show that nothing so long
    is better. In Chinese characters 1.5 n + 8, where one in 1,100 is longer.
    """
    return len(tokens) * 3 // 2 + 8 if language == "zh" else len(tokens) * 5 // 4 + 6


@dataclass(frozen=True)
class Translator:
    """A translation model with the words that it reads and writes.

    Args:
        model: In eval mode.
        source: The words that it reads.
        target: The words that it writes.
        language: Theirs.
        beside: Models of the same words; a search takes the mean of their probabilities and the
            model's own.
    """

    model: Seq2Seq
    source: Vocabulary
    target: Vocabulary
    language: Language = "fr"
    beside: tuple[Seq2Seq, ...] = ()

    @classmethod
    def of(cls, model: Seq2Seq, card: Card) -> "Translator":
        """The translator that a model and its card describe."""
        source, target = Vocabulary(card.source_vocabulary), Vocabulary(card.vocabulary)
        return cls(model, source, target, card.target_language or "fr")

    def together(self, other: "Translator") -> "Translator":
        """A translator that searches by the mean of both models' probabilities.

        Raises:
            ExplorerError: The models do not know the same words in the same order.
        """
        if (self.source, self.target) != (other.source, other.target):
            raise ExplorerError(
                "These models cannot be averaged: their vocabularies do not have the same words "
                "in the same order."
            )
        return replace(self, beside=(*self.beside, other.model, *other.beside))

    def translate(
        self,
        texts: Sequence[str],
        *,
        width: int = 5,
        alpha: float = 0.75,
        stopping: Stopping = "first k",
        watch: Watch = lambda count: None,
    ) -> tuple[Translation, ...]:
        """The best translation of each text, in order.

        Texts of like length are decoded together; each result is the one it would have alone.

        Args:
            texts: Sentences; `NOTHING` comes of one without words.
            width: Of the beam; 1 is greedy search.
            alpha: The exponent of the length that log-probabilities are divided by.
            stopping: When the search for a text stops.
            watch: Told of every batch.

        Raises:
            ExplorerError: The width is below 1 or alpha below 0.
        """
        read = [self.read(text) for text in texts]
        order = sorted(range(len(read)), key=lambda n: len(read[n]))
        done: dict[int, Translation] = {}
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            wanted = [read[n] for n in some]
            found = self._search(wanted, width=width, alpha=alpha, stopping=stopping)
            done.update(zip(some, found, strict=True))
            watch(len(some))
        return tuple(done[n] for n in range(len(texts)))

    def read(self, text: str) -> tuple[str, ...]:
        """The tokens of a text, the capitals at the starts of its sentences undone.

        Words that the model knows only in pieces are in pieces.
        """
        return spelled(self.words(text), self.source)

    def words(self, text: str) -> tuple[str, ...]:
        """The same tokens, all words whole."""
        return truecase(tokenise(text, "en"), self.source, small=self.source.pieced)

    def _search(
        self,
        sentences: Sequence[tuple[str, ...]],
        *,
        width: int,
        alpha: float,
        stopping: Stopping,
    ) -> list[Translation]:
        wordy = [tokens for tokens in sentences if tokens]
        hidden = [hide(tokens, self.source) for tokens in wordy]
        best = beam_search(
            self._asked,
            [self.source.encode((*tokens, EOS)) for tokens in hidden],
            width=width,
            lengths=[longest(tokens, self.language) for tokens in hidden],
            alpha=alpha,
            stopping=stopping,
        )
        written = (
            self.written(hypotheses[0], tokens, seen)
            for hypotheses, tokens, seen in zip(best, wordy, hidden, strict=True)
        )
        return [next(written) if tokens else NOTHING for tokens in sentences]

    @cached_property
    def _asked(self) -> Scorer[Sequence[int], Any]:
        """What gives a search its probabilities."""
        beside = (Seq2SeqScorer(model, self.source, self.target) for model in self.beside)
        return Mixture((self.scorer, *beside)) if self.beside else self.scorer

    @cached_property
    def scorer(self) -> Seq2SeqScorer:
        """The model as a search asks it."""
        return Seq2SeqScorer(self.model, self.source, self.target)

    def written(
        self, found: Hypothesis, source: tuple[str, ...], hidden: tuple[str, ...]
    ) -> Translation:
        """What a search found as words.

        Args:
            found: The hypothesis.
            source: The source's tokens.
            hidden: The same, as `hide` left them.
        """
        output = self.target.decode(found.tokens)
        tokens, copied = restore(output, source=source, hidden=hidden)
        return Translation(
            source=source,
            tokens=tokens,
            copied=copied,
            text=detokenise(capitalise(tokens), self.language),
            log_prob=found.log_prob,
            score=found.score,
            finished=found.finished,
        )
