"""Sentence pairs as a task: word numbers, batches with masked padding, perplexity."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.models.card import Figures, Precision
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.scorer import padded, source_batch
from explorer.seq2seq.test_scores import scores_by_width
from explorer.seq2seq.translator import Translator
from explorer.text.casing import spellings, truecase
from explorer.text.copying import NAME, NUMBER, hide_shared
from explorer.text.pairs import Pair, Split
from explorer.text.pieces import pieced, spelled
from explorer.text.vocabulary import BOS, EOS, PAD, Vocabulary
from explorer.text.words import Language, tokenise
from explorer.training.buckets import Buckets
from explorer.training.loss import next_target
from explorer.training.task import Batch

RESERVED = (PAD, BOS, EOS, NAME, NUMBER)
RARE = 3
"""Sentences with a word that training saw less often are measured apart."""
_RARE_WORDS = f"sentences with a word seen less than {RARE} times"
HIDDEN = 0.1  # share of the training pairs whose known names and numbers are hidden as well


class Example(NamedTuple):
    """One sentence and one of its translations as token numbers."""

    source: list[int]  # `EOS` at its end
    target: list[int]  # `BOS` at its beginning, `EOS` at its end


@dataclass(frozen=True)
class Bilingual:
    """English sentences and their translations; every translation is an example.

    Args:
        split: The pairs to learn from, to choose by and to measure on.
        tokens: The most places of a batch, padding included.
        minimum: How often a word has to be seen in the training pairs to be known.
        smoothing: Share of every target that is spread evenly over the vocabulary.
        precision: What matrices are multiplied in while learning.
        seed: Decides the batches, and which words are forgotten.
        language: Of the translations.
        forgotten: Share of the words that encoder and decoder read as ``<unk>`` while training
            (word dropout; Gal and Ghahramani 2016), so that no word is relied on alone.
        given: The words that the encoder reads, if the training pairs do not decide them.
        whole: How often a word has to be seen to be known whole; rarer ones are known in pieces,
            names and numbers from ``minimum`` on. None: there are no pieces.
        pieces: How many byte pairs are learned from the rare words of either side.
        taught: Further translations of the training sentences to learn from, by larger models
            (sequence-level distillation; Kim and Rush 2016). They decide no vocabulary.
    """

    split: Split
    tokens: int
    minimum: int
    smoothing: float
    precision: Precision
    seed: int
    language: Language = "fr"
    forgotten: float = 0.0
    given: Vocabulary | None = None
    whole: int | None = None
    pieces: int = 2000
    taught: tuple[Pair, ...] = ()

    measure = "validation perplexity"

    @cached_property
    def source_vocabulary(self) -> Vocabulary:
        """The English words, the most frequent first behind the reserved tokens."""
        return self.given or self._known([pair.source for pair in self.split.training], "en")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the translations, likewise."""
        texts = [text for pair in self.split.training for text in pair.references]
        return self._known(texts, self.language)

    @property
    def epoch_steps(self) -> int:
        """Batches in which all training pairs come once."""
        return len(self._buckets)

    def batch(self, step: int) -> Batch:
        """The pairs of update ``step``: what encoder and decoder read, and what comes next."""
        batch = self._batch([self._training[n] for n in self._buckets.batch(step).tolist()])
        return self._forget(batch, step) if self.forgotten else batch

    def loss(self, model: Seq2Seq, batch: Batch, state: Any) -> tuple[Tensor, None]:
        """The smoothed loss, nats; no pair follows another."""
        loss = next_target(model, batch, smoothing=self.smoothing, precision=self.precision)
        return loss, None

    def score(self, model: Seq2Seq) -> float:
        """The perplexity of the validation pairs."""
        return self.perplexity(model, self.split.validation)

    def figures(self, model: Seq2Seq) -> Figures:
        """Test perplexity, and BLEU and chrF by beam width and source length."""
        translator = Translator(model, self.source_vocabulary, self.vocabulary, self.language)
        test = self.split.test
        return {
            "test perplexity": round(self.perplexity(model, test), 3),
            "test nats per character": round(self.nats_per_character(model, test), 4),
            **scores_by_width(translator, test, others={_RARE_WORDS: self._with_rare_words(test)}),
        }

    def perplexity(self, model: Seq2Seq, pairs: Iterable[Pair]) -> float:
        """The exponential of the mean −log p of a target token given the tokens before it."""
        nats, count = self._nats(model, pairs)
        return math.exp(nats / count)

    def nats_per_character(self, model: Seq2Seq, pairs: Sequence[Pair]) -> float:
        """The mean −log p of a translation over its characters, comparable between vocabularies.

        A word that the target lacks counts as ``<unk>``, which is cheaper than the word.
        """
        nats, _ = self._nats(model, pairs)
        return nats / sum(len(text) for pair in pairs for text in pair.references)

    @torch.inference_mode()
    def _nats(self, model: Seq2Seq, pairs: Iterable[Pair]) -> tuple[float, int]:
        """The summed −log p of all target tokens, and how many they are."""
        examples = self._examples(pairs, hidden=0.0)
        device = model.head_bias.device
        nats, count = 0.0, 0
        buckets = _buckets(examples, self.tokens, seed=0)
        for step in range(len(buckets)):
            batch = self._batch([examples[n] for n in buckets.batch(step).tolist()])
            assert batch.source is not None
            logits, _ = model(batch.inputs.to(device), batch.source.to(device))  # (B, T, V)
            counted = batch.weights > 0
            nats += cross_entropy(
                logits[counted], batch.targets[counted].to(device), reduction="sum"
            ).item()
            count += int(counted.sum())
        return nats, count

    def _known(self, texts: Iterable[str], language: Language) -> Vocabulary:
        sentences = [tokenise(text, language) for text in texts]
        usual = spellings(sentences)
        words = Counter(word for tokens in sentences for word in truecase(tokens, usual))
        if self.whole is None:
            return Vocabulary.from_tokens(words.elements(), minimum=self.minimum, reserved=RESERVED)
        return pieced(
            words, whole=self.whole, minimum=self.minimum, size=self.pieces, reserved=RESERVED
        )

    @cached_property
    def _training(self) -> list[Example]:
        return self._examples((*self.split.training, *self.taught), hidden=HIDDEN)

    @cached_property
    def _buckets(self) -> Buckets:
        return _buckets(self._training, self.tokens, seed=self.seed)

    def _examples(self, pairs: Iterable[Pair], *, hidden: float) -> list[Example]:
        chance = Random(0)
        return [
            self._example(pair.source, reference, all_of_them=chance.random() < hidden)
            for pair in pairs
            for reference in pair.references
        ]

    def _example(self, english: str, french: str, *, all_of_them: bool) -> Example:
        words = tokenise(french, self.language)
        source, target = hide_shared(
            spelled(self._words(english), self.source_vocabulary),
            truecase(words, self.vocabulary, small=self.vocabulary.pieced),
            known=(self.source_vocabulary, self.vocabulary),
            all_of_them=all_of_them,
        )
        return Example(
            self.source_vocabulary.encode((*source, EOS)),
            self.vocabulary.encode((BOS, *spelled(target, self.vocabulary, names=True), EOS)),
        )

    def _forget(self, batch: Batch, step: int) -> Batch:
        """Some words unknown on both sides of what is read; what is predicted stays."""
        assert batch.source is not None
        chance = torch.Generator().manual_seed(self.seed * 1_000_003 + step)

        def forget(ids: Tensor) -> Tensor:
            words = ids > len(RESERVED)
            return ids.masked_fill(words & (torch.rand(ids.shape, generator=chance) < share), 0)

        share = self.forgotten
        source = batch.source._replace(ids=forget(batch.source.ids))
        return batch._replace(inputs=forget(batch.inputs), source=source)

    def _with_rare_words(self, pairs: Sequence[Pair]) -> list[int]:
        """The places of the pairs whose sentence has a word that training saw less than `RARE`."""
        read = (self._words(pair.source) for pair in self.split.training)
        counts = Counter(word for words in read for word in words)
        return [
            place
            for place, pair in enumerate(pairs)
            if min(counts[word] for word in self._words(pair.source)) < RARE
        ]

    def _words(self, english: str) -> tuple[str, ...]:
        known = self.source_vocabulary
        return truecase(tokenise(english, "en"), known, small=known.pieced)

    def _batch(self, examples: Sequence[Example]) -> Batch:
        pad = self.source_vocabulary.number(PAD)
        ids = padded([example.target for example in examples], self.vocabulary.number(PAD))
        ends = torch.tensor([len(example.target) for example in examples])[:, None]  # (B, 1)
        counted = torch.arange(1, ids.shape[1]) < ends  # (B, T)
        weights = counted / counted.sum()
        source = source_batch([example.source for example in examples], pad=pad)
        return Batch(ids[:, :-1], ids[:, 1:], weights, follows=False, source=source)


def _buckets(examples: Sequence[Example], tokens: int, *, seed: int) -> Buckets:
    lengths = [(len(example.target), len(example.source)) for example in examples]
    return Buckets(torch.tensor(lengths), tokens, seed)
