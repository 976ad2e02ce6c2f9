"""What translating costs: ``python -m benchmarks.translate [--json]``.

Beam search of width 5 over 500 sentences in batches of 128, words in and words out, against the
same decoder one sentence at a time, and against the batched ``generate`` of `transformers` with a
model of like size: in the same batches, and in those of 64 that it is fastest with. The sentences
are the project's own, from the first again when they run out. They are batched by length; all take
turns at each batch, whose median times are added up.

Measured with every core of the machine, as a program that sets nothing runs, and with one thread.
A batch has work for all cores and one sentence hardly has, so it is with all of them that a batch
is held to four times the speed of its sentences alone. How much faster it can be at all has a
bound: the batch's matrix products, which are timed beside it, without anything between them, and
without encoding.

The peer is a Marian model, the translation model of `transformers`, with random weights.

- The same in both: the vocabularies, the size of an embedding, the output layer tied to the
  target's embeddings, the number of parameters (within 1 %), the sources and their batches, the
  width, α, float32, and the decoder's steps in each batch: as many as our search takes.
- Not the same: the peer attends (4 layers on either side) where ours recurs, with as many
  multiplications for a token within a tenth; it takes numbers and gives numbers, while our times
  include words, casing and copied names; and its ``generate`` carries finished sentences to the
  end of the batch, as it always does, where our search drops them.
"""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

from benchmarks.timing import Rate, Timing, interleave, report  # first: it sets the threads

# isort: split
import torch
from torch import Tensor
from transformers import MarianConfig, MarianMTModel

from benchmarks.products import matrices, transposed
from explorer.decoding.beam import beam_search
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.scorer import Prefixes, Seq2SeqScorer, source_batch
from explorer.seq2seq.translator import BATCH, Translator, longest
from explorer.text.copying import hide
from explorer.text.sentences import sentences
from explorer.text.vocabulary import BOS, EOS, PAD

MODEL = "en-fr-gru"
SENTENCES = 500
WIDTH, ALPHA = 5, 0.75
ROUNDS = 5
PEER_BATCH = 64  # of 32, 64 and 128 sentences the best for the peer
ALONE_LIMIT, PEER_LIMIT, BARE_LIMIT = 1 / 4, 1 / 3, 1.5
#: The peer's layers on either side, heads of attention in each, and places it knows.
LAYERS, HEADS, PLACES = 4, 4, 128


@dataclass(frozen=True)
class Batch:
    """Sentences that are decoded together.

    Args:
        texts: As they are written.
        ids: As our model reads them, `EOS` at their ends.
        rows: How many prefixes our search reads at each of its steps.
    """

    texts: tuple[str, ...]
    ids: tuple[list[int], ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Counting(Seq2SeqScorer):
    """A scorer that notes how many prefixes each step reads."""

    rows: list[int] = field(default_factory=list)

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """As in any scorer."""
        self.rows.append(len(tokens))
        return super().step(state, tokens)


def batches(translator: Translator, count: int) -> list[Batch]:
    """``count`` sentences in the batches that a translator makes of them."""
    texts = islice(cycle(sentence.english for sentence in sentences()), count)
    ordered = sorted(texts, key=lambda text: len(translator.read(text)))
    some = (tuple(ordered[start : start + BATCH]) for start in range(0, count, BATCH))
    return [batch(translator, texts) for texts in some]


def batch(translator: Translator, texts: tuple[str, ...]) -> Batch:
    """Sentences as both sides are given them, and what our search reads at each step."""
    hidden = [hide(translator.read(text), translator.source) for text in texts]
    ids = tuple(translator.source.encode((*tokens, EOS)) for tokens in hidden)
    scorer = Counting(translator.model, translator.source, translator.target)
    lengths = [longest(tokens) for tokens in hidden]
    beam_search(scorer, ids, width=WIDTH, lengths=lengths, alpha=ALPHA)
    return Batch(texts, ids, tuple(scorer.rows))


def peer(translator: Translator) -> MarianMTModel:
    """A transformer of about the same size and the same vocabularies; it never ends by itself."""
    sizes, target = translator.model.architecture, translator.target
    E = sizes.embedding_size
    config = MarianConfig(
        vocab_size=sizes.source_size,
        decoder_vocab_size=sizes.vocabulary_size,
        share_encoder_decoder_embeddings=False,
        d_model=E,
        max_position_embeddings=PLACES,
        pad_token_id=target.number(PAD),
        bos_token_id=target.number(BOS),
        eos_token_id=target.number(EOS),
        decoder_start_token_id=target.number(BOS),
        forced_eos_token_id=None,
        **{f"{half}_layers": LAYERS for half in ("encoder", "decoder")},
        **{f"{half}_attention_heads": HEADS for half in ("encoder", "decoder")},
        **{f"{half}_ffn_dim": 4 * E for half in ("encoder", "decoder")},
    )
    model = MarianMTModel(config).eval().requires_grad_(False)
    model.final_logits_bias[0, target.number(EOS)] = -1e9
    return model


def generate(model: MarianMTModel, some: Batch, *, width: int = WIDTH) -> Tensor:
    """The peer's best output for each sentence, (B, 1 + steps)."""
    beams = {"length_penalty": ALPHA, "early_stopping": True} if width > 1 else {}
    ids, lengths = source_batch(some.ids, pad=model.config.pad_token_id)  # (B, S), (B,)
    return model.generate(
        input_ids=ids,
        attention_mask=(torch.arange(ids.shape[1]) < lengths[:, None]).long(),
        num_beams=width,
        do_sample=False,
        max_new_tokens=len(some.rows),
        **beams,
    )


def bare(model: Seq2Seq, some: Batch) -> Callable[[], object]:
    """The products of our search's steps."""
    pairs = [
        (transposed(weight), torch.randn(max(some.rows), weight.shape[1]))
        for weight in matrices(model)
    ]
    return lambda: [product(x[:rows]) for rows in some.rows for product, x in pairs]


def taken(
    translator: Translator, other: MarianMTModel, some: Batch, *, rounds: int
) -> dict[str, float]:
    """The median milliseconds of each way through one batch."""

    def translate(texts: Sequence[str]) -> object:
        return translator.translate(texts, width=WIDTH, alpha=ALPHA)

    parts = [
        batch(translator, some.texts[start : start + PEER_BATCH])
        for start in range(0, len(some.texts), PEER_BATCH)
    ]
    calls = {
        "batched": lambda: translate(some.texts),
        "alone": lambda: [translate([text]) for text in some.texts],
        "transformers": lambda: generate(other, some),
        "transformers in 64s": lambda: [generate(other, part) for part in parts],
        "bare": bare(translator.model, some),
    }
    return interleave(calls, rounds=rounds)


def measure(
    translator: Translator, *, count: int, rounds: int, threads: int
) -> Iterator[Timing | Rate]:
    """All ratios with so many threads, then the sentences per second of each way."""
    torch.set_num_threads(threads)
    other, some = peer(translator), batches(translator, count)
    times = [taken(translator, other, one, rounds=rounds) for one in some]
    ms = {name: sum(one[name] for one in times) for name in times[0]}
    name = "one thread" if threads == 1 else f"{threads} threads"
    alone_limit = None if threads == 1 else ALONE_LIMIT
    yield Timing(f"{name}, one at a time", ms["batched"], ms["alone"], alone_limit)
    yield Timing(f"{name}, transformers", ms["batched"], ms["transformers"], PEER_LIMIT)
    yield Timing(f"{name}, transformers in 64s", ms["batched"], ms["transformers in 64s"])
    yield Timing(f"{name}, bare products", ms["batched"], ms["bare"], BARE_LIMIT)
    for way in ("batched", "alone", "transformers", "transformers in 64s"):
        yield Rate(f"sentences per second, {name}, {way}", 1e3 * count / ms[way])


def main() -> None:
    """Measures everything and prints it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translate", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    as_json = parser.parse_args().json
    torch.manual_seed(0)
    translator = Translator.of(*load_as(Seq2Seq, MODEL))
    with torch.inference_mode():
        for threads in sorted({os.cpu_count() or 1, 1}, reverse=True):
            results = measure(translator, count=SENTENCES, rounds=ROUNDS, threads=threads)
            report(results, as_json=as_json)


if __name__ == "__main__":
    main()
