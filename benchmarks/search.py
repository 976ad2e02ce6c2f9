"""What searching costs: ``python -m benchmarks.search [--json]``.

Beam search of one sentence by `explorer.decode`, recorded as a tree, at several widths over a
vocabulary of 8,000; width 1 is greedy search. One thread. Against

- ``generate`` of `transformers`, from token numbers to token numbers on both sides;
- the bare products and top-k of the same steps: the matrix products that the decoder's equations
  name, each in the way of torch's or NumPy's that is fastest for its shape, and torch's ``topk`` of
  the 2k best of all continuations. Nothing between them, and nothing kept. Encoding the source is
  left out on both sides;
- the same search without a tree, which says what recording costs; this has no limit.

Our model has the sizes of `en-fr-gru` but for the vocabularies, and random weights: a search takes
as long whatever the weights are, and with these it can be kept from ending. So both sides take as
many steps, as many as a translation of such a sentence may have. The peer is that of
`benchmarks.translate`, a Marian model (BART with fixed places) of the same number of parameters
within 1 %, with the same vocabularies.

Models of Hugging Face, with random weights, searched through
`explorer.decoding.adapters.hugging_face`, 30 steps at width 5, against their own ``generate``: the
Marian model, and a GPT-2 of like size.

Exact search of `en-fr-gru` on the project's own sentences of 3 to 12 words, by log p alone, against
the scorer's steps of the same search: the same states and tokens again, those of the beam that
gives the first bound among them, and nothing else. Encoding the source is again left out on both
sides. A search ends without a proof after so many prefixes; the times of all sentences are added
up, and those of the middle sentence stand alone.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from statistics import median

from benchmarks.timing import Timing, interleave, report  # first: it sets the threads

# isort: split
import torch
from torch import Tensor
from transformers import GPT2Config, GPT2LMHeadModel, MarianMTModel

from benchmarks.products import fastest, matrices
from benchmarks.translate import Batch, generate, peer
from explorer.decoding.adapters.hugging_face import HuggingFaceScorer
from explorer.decoding.beam import beam_search
from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.scorer import Started, Wrapped
from explorer.decoding.tree import SearchTree
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.scorer import Prefixes
from explorer.seq2seq.translator import Translator, longest
from explorer.text.copying import NAME, NUMBER, hide
from explorer.text.sentences import sentences
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

WORDS, VOCABULARY = 20, 8000
ALPHA = 0.75
ROUNDS = 15
# width: greatest ratios to generate and to the bare products
LIMITS = {1: (1 / 3.5, 1.7), 4: (1 / 3, 1.7), 10: (1 / 2.5, 1.7), 50: (1 / 2, 1.3)}
#: Of exact search: the model, how many sentences of how many words, prefixes, rounds, the limit.
MODEL = "en-fr-gru"
SENTENCES, SHORTEST, LONGEST = 60, 3, 12
NODES = 5000
EXACT_ROUNDS = 3
EXACT_LIMIT = 1.5
#: Of the models of Hugging Face: width, steps, and the limit.
PEER_WIDTH, PEER_STEPS, PEER_LIMIT = 5, 30, 1.1


@dataclass(frozen=True)
class Noting(Wrapped[Sequence[int], Prefixes]):
    """A scorer that notes what every step reads."""

    steps: list[tuple[Prefixes, Tensor]] = field(default_factory=list)

    def start(self, sources: Sequence[Sequence[int]]) -> Prefixes:
        """The scorer's own."""
        return self.scorer.start(sources)

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        """The scorer's own."""
        self.steps.append((state, tokens))
        return self.scorer.step(state, tokens)

    def again(self) -> None:
        """All steps once more, alone."""
        for state, tokens in self.steps:
            self.scorer.step(state, tokens)


def a_translator(*, size: int, hidden: int, embedding: int) -> Translator:
    """A model with random weights that never ends a sentence."""
    reserved = (UNKNOWN, PAD, BOS, EOS, NAME, NUMBER)
    words = Vocabulary((*reserved, *map(str, range(size - len(reserved)))))
    sizes = Seq2SeqArchitecture("gru", size, hidden, 2, source_size=size, embedding_size=embedding)
    model = Seq2Seq(sizes).eval().requires_grad_(False)
    model.head_bias[words.number(EOS)] = -1e9
    return Translator(model, words, words)


def a_source(translator: Translator) -> Batch:
    """One sentence, and as many steps as its translation may have."""
    words = translator.source
    ids = torch.randint(len(words) // 2, len(words), (WORDS,)).tolist()
    return Batch(("",), ([*ids, words.number(EOS)],), (1,) * longest(ids))


def search(scorer: object, source: object, *, width: int, steps: int) -> SearchTree:
    """Our side."""
    strategy = "greedy" if width == 1 else "beam"
    return decode(scorer, source, strategy, width=width, alpha=ALPHA, max_length=steps)


def bare(model: Seq2Seq, *, width: int, steps: int) -> Callable[[], object]:
    """The products and top-k of a search's steps: the first reads one prefix, all others k."""
    one, many = (_step(model, rows=rows, best=2 * width) for rows in (1, width))

    def run() -> None:
        one()
        for _ in range(steps - 1):
            many()

    return run


def _step(model: Seq2Seq, *, rows: int, best: int) -> Callable[[], Tensor]:
    pairs = [(torch.randn(rows, weight.shape[1]), weight) for weight in matrices(model)]
    products = [(fastest(x, weight), x) for x, weight in pairs]

    def step() -> Tensor:
        for product, x in products:
            result = product(x)
        return result.view(1, -1).topk(best).indices

    return step


def taken(translator: Translator, some: Batch, *, width: int, rounds: int) -> dict[str, float]:
    """The median milliseconds of each way through the search of a sentence."""
    scorer, (source,), steps = translator.scorer, some.ids, len(some.rows)
    state = scorer.start([source])
    encoded = Started(scorer, state)
    other = peer(translator)
    given = {"width": width, "lengths": [steps], "alpha": ALPHA}
    calls = {
        "ours": lambda: search(scorer, source, width=width, steps=steps),
        "encoded": lambda: search(encoded, source, width=width, steps=steps),
        "no tree": lambda: beam_search(encoded, [source], **given),
        "generate": lambda: generate(other, some, width=width),
        "bare": bare(translator.model, width=width, steps=steps),
    }
    return interleave(calls, rounds=rounds)


def measure(translator: Translator, *, rounds: int) -> Iterator[Timing]:
    """Every width against both peers, and against itself without a tree."""
    some = a_source(translator)
    for width, (peer_limit, bare_limit) in LIMITS.items():
        ms = taken(translator, some, width=width, rounds=rounds)
        name = f"width {width}, {len(some.rows)} steps"
        yield Timing(f"{name}, transformers", ms["ours"], ms["generate"], peer_limit)
        yield Timing(f"{name}, bare products", ms["encoded"], ms["bare"], bare_limit)
        yield Timing(f"{name}, without a tree", ms["encoded"], ms["no tree"])


def causal(other: MarianMTModel) -> GPT2LMHeadModel:
    """A causal model of about a Marian model's size and vocabulary; it never ends by itself."""
    sizes = other.config
    config = GPT2Config(
        vocab_size=sizes.vocab_size,
        n_embd=sizes.d_model,
        n_layer=sizes.decoder_layers,
        n_head=sizes.decoder_attention_heads,
        n_positions=128,
        bos_token_id=sizes.bos_token_id,
        pad_token_id=sizes.pad_token_id,
        eos_token_id=sizes.eos_token_id,
        suppress_tokens=[sizes.eos_token_id],
    )
    return GPT2LMHeadModel(config).eval().requires_grad_(False)


def through_the_adapter(translator: Translator, *, rounds: int) -> Iterator[Timing]:
    """Models of Hugging Face against their own search."""
    some = replace(a_source(translator), rows=(1,) * PEER_STEPS)
    marian = peer(translator)
    for name, model in (("Marian", marian), ("GPT-2", causal(marian))):
        scorer = HuggingFaceScorer(model)
        calls = {
            "ours": lambda s=scorer: search(s, some.ids[0], width=PEER_WIDTH, steps=PEER_STEPS),
            "generate": lambda m=model: generate(m, some, width=PEER_WIDTH),
        }
        ms = interleave(calls, rounds=rounds)
        yield Timing(
            f"{name}, width {PEER_WIDTH}, {PEER_STEPS} steps, its generate",
            ms["ours"],
            ms["generate"],
            PEER_LIMIT,
        )


def short_sources(translator: Translator, *, count: int) -> list[list[int]]:
    """Sentences of the project's own, as the model reads them."""
    words = (sentence.english for sentence in sentences())
    short = (text for text in words if SHORTEST <= len(text.split()) <= LONGEST)
    hidden = (hide(translator.read(text), translator.source) for text in islice(short, count))
    return [translator.source.encode((*tokens, EOS)) for tokens in hidden]


def prove(scorer: object, source: list[int]) -> SearchTree:
    """Our side of exact search."""
    budget = Budget(nodes=NODES)
    steps = longest(source[:-1])
    return decode(scorer, source, "exact", alpha=0.0, max_length=steps, budget=budget)


def exactly(translator: Translator, *, count: int, rounds: int) -> Iterator[Timing]:
    """Exact search against its steps alone: of all sentences, and of the middle one."""
    taken = []
    for source in short_sources(translator, count=count):
        encoded = Started(translator.scorer, translator.scorer.start([source]))
        noting = Noting(encoded)
        prove(noting, source)
        calls = {"ours": lambda e=encoded, s=source: prove(e, s), "steps": noting.again}
        taken.append(interleave(calls, rounds=rounds))
    ours, steps = ([one[name] for one in taken] for name in ("ours", "steps"))
    name = f"exact, {count} sentences"
    yield Timing(f"{name}, batched steps", sum(ours), sum(steps), EXACT_LIMIT)
    yield Timing(f"{name}, the middle one", median(ours), median(steps))


def main() -> None:
    """Measures everything and prints it as it goes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    as_json = parser.parse_args().json
    torch.set_num_threads(1)
    torch.manual_seed(0)
    with torch.inference_mode():
        translator = a_translator(size=VOCABULARY, hidden=416, embedding=192)
        trained = Translator.of(*load_as(Seq2Seq, MODEL))
        beams = measure(translator, rounds=ROUNDS)
        adapted = through_the_adapter(translator, rounds=ROUNDS)
        proofs = exactly(trained, count=SENTENCES, rounds=EXACT_ROUNDS)
        report(chain(beams, adapted, proofs), as_json=as_json)


if __name__ == "__main__":
    main()
