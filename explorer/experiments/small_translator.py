"""A translator of number words small enough to be trained for every seed and every variant.

What is trained differently is one field of `Lesson`; all else, the examples too, stays the same for
a seed, so that variants are compared pair by pair.
"""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence

from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import DecoderState, Seq2Seq, Source
from explorer.text import numerals
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary
from explorer.training import initialise
from explorer.training.plan import Plan

Padding = Literal["masked", "counted", "read"]
Fed = Literal["reference", "own"]
UPDATES, BATCH = 400, 64  # enough to learn much, not all, so that variants can differ
SEEDS = range(1, 6)
LONGEST = 24  # tokens that a translation may have; the longest French number has 15
_HELD_OUT = 10  # one number in so many
_ASKED = 500  # held-out numbers
_PLAN = Plan(epochs=1, rate=5e-3)


@dataclass(frozen=True)
class Lesson:
    """How a translator is trained.

    Attributes:
        layers: Of encoder and decoder.
        units: H in each.
        padding: Masked, counted as targets in the loss, or read by the encoder.
        fed: What the decoder reads while it learns: the reference (teacher forcing) or what it
            thinks likeliest itself.
    """

    layers: int = 1
    units: int = 48
    padding: Padding = "masked"
    fed: Fed = "reference"


@dataclass(frozen=True)
class Pairs:
    """B numbers in both languages, padded.

    Attributes:
        source: English, ``<eos>`` behind each.
        target: French, (B, T + 1), ``<bos>`` before and ``<eos>`` behind each.
    """

    source: Source
    target: Tensor


@cache
def vocabularies() -> tuple[Vocabulary, Vocabulary]:
    """The words of English and of French numbers."""
    sides = ([write(n) for n in range(2000)] for write in (numerals.english, numerals.french))
    words = (dict.fromkeys(word for line in side for word in line) for side in sides)
    english, french = (Vocabulary((UNKNOWN, PAD, BOS, EOS, *of)) for of in words)
    return english, french


def held_out(number: int) -> bool:
    """Whether a number is kept for the test: one in ten, whatever its digits."""
    return Random(number).randrange(_HELD_OUT) == 0


def pairs(random: Random, count: int, *, test: bool) -> Pairs:
    """So many random pairs, of those to learn from or of those held out."""
    found: list[int] = []
    while len(found) < count:
        number = numerals.sample(random)
        if held_out(number) == test:
            found.append(number)
    return of_numbers(found)


def of_numbers(numbers: list[int]) -> Pairs:
    """The pairs of given numbers."""
    english, french = vocabularies()
    sources = [torch.tensor(english.encode((*numerals.english(n), EOS))) for n in numbers]
    targets = [torch.tensor(french.encode((BOS, *numerals.french(n), EOS))) for n in numbers]
    return Pairs(
        Source(
            pad_sequence(sources, batch_first=True, padding_value=english.number(PAD)),
            torch.tensor([len(source) for source in sources]),
        ),
        pad_sequence(targets, batch_first=True, padding_value=french.number(PAD)),
    )


def learned(lesson: Lesson, seed: int, *, updates: int = UPDATES) -> Seq2Seq:
    """A translator trained from scratch; seed and lesson decide every number.

    Args:
        lesson: How.
        seed: Decides weights and examples; the examples are the same for all lessons.
        updates: How many.
    """
    model = begun(lesson, seed)
    random = Random(seed)
    optimiser = _PLAN.optimise(model)
    for update in range(updates):
        for group in optimiser.param_groups:
            group["lr"] = _PLAN.learning_rate(update, updates)
        loss = loss_of(model, pairs(random, BATCH, test=False), lesson)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        _PLAN.clipped(model)
        optimiser.step()
    return model.eval()


def begun(lesson: Lesson, seed: int) -> Seq2Seq:
    """The same before training."""
    english, french = vocabularies()
    sizes = Seq2SeqArchitecture(
        cell="gru",
        vocabulary_size=len(french),
        hidden_size=lesson.units,
        layers=lesson.layers,
        embedding_size=32,
        source_size=len(english),
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = Seq2Seq(sizes)
        initialise.for_translation(model)
    return model


def loss_of(model: Seq2Seq, batch: Pairs, lesson: Lesson) -> Tensor:
    """What a lesson minimises, nats: the mean over all places that it counts."""
    state = model.encode(_source(batch, lesson.padding))
    read = _fed_with_its_own if lesson.fed == "own" else _forced
    logits = read(model, batch, state)  # (B, T, V)
    targets = batch.target[:, 1:]  # (B, T)
    losses = cross_entropy(logits.transpose(1, 2), targets, reduction="none")  # (B, T)
    return losses.mean() if lesson.padding == "counted" else losses[counted(targets)].mean()


@torch.inference_mode()
def nats(model: Seq2Seq, lesson: Lesson) -> float:
    """What a token of held-out translations costs, teacher forced, padding never counted.

    Source padding is read where the lesson reads it.
    """
    batch = pairs(Random("test"), _ASKED, test=True)
    logits = _forced(model, batch, model.encode(_source(batch, lesson.padding)))
    targets = batch.target[:, 1:]
    losses = cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return losses[counted(targets)].mean().item()


@torch.inference_mode()
def right(model: Seq2Seq, *, drifting: bool = False) -> float:
    """The share of held-out numbers whose greedy translation is right to the last token.

    Args:
        model: The translator.
        drifting: Whether the context is replaced after every step by the decoder's own state.
    """
    batch = pairs(Random("test"), _ASKED, test=True)
    written = greedy(model, batch.source, drifting=drifting)  # (B, LONGEST)
    wanted = batch.target[:, 1:]  # (B, T)
    same = (written[:, : wanted.shape[1]] == wanted) | ~counted(wanted)
    return same.all(1).float().mean().item()


@torch.inference_mode()
def greedy(model: Seq2Seq, source: Source, *, drifting: bool = False) -> Tensor:
    """The likeliest token after the likeliest before, (B, LONGEST); arguments as of `right`."""
    state = model.encode(source)
    token = torch.full((len(source.lengths), 1), vocabularies()[1].number(BOS))
    written = []
    for _ in range(LONGEST):
        logits, state = model(token, state)  # (B, 1, V)
        token = logits.argmax(-1)  # (B, 1)
        if drifting:
            assert isinstance(state.state, Tensor)
            state = DecoderState(state.state[-1], state.state)
        written.append(token)
    return torch.cat(written, 1)


def _source(batch: Pairs, padding: Padding) -> Source:
    """What the encoder reads: sentences up to their ends, or with all padding behind them."""
    ids, lengths = batch.source
    if padding == "read":
        lengths = torch.full_like(lengths, ids.shape[1])
    return Source(ids, lengths)


def _forced(model: Seq2Seq, batch: Pairs, state: DecoderState) -> Tensor:
    """Logits where the decoder reads the reference, (B, T, V)."""
    logits: Tensor = model(batch.target[:, :-1], state)[0]
    return logits


def _fed_with_its_own(model: Seq2Seq, batch: Pairs, state: DecoderState) -> Tensor:
    """Logits where the decoder reads what it thought likeliest, (B, T, V)."""
    token, found = batch.target[:, :1], []
    for _ in range(batch.target.shape[1] - 1):
        logits, state = model(token, state)  # (B, 1, V)
        token = logits.argmax(-1)  # (B, 1)
        found.append(logits)
    return torch.cat(found, 1)


def counted(targets: Tensor) -> Tensor:
    """Which places are no padding."""
    return targets != vocabularies()[1].number(PAD)
