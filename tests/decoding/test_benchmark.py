"""The benchmark's peers must take the steps that the searches take, or its ratios say nothing."""

import json
from itertools import product

import pytest
import torch
from torch.nn.functional import linear

from benchmarks.products import fastest, matrices
from benchmarks.search import (
    LIMITS,
    Noting,
    a_source,
    a_translator,
    bare,
    exactly,
    measure,
    prove,
    search,
    short_sources,
)
from benchmarks.timing import Timing, report
from benchmarks.translate import Counting
from explorer.decoding.decode import decode
from explorer.decoding.scorer import Started
from explorer.seq2seq.translator import Translator, longest
from explorer.text.vocabulary import EOS


@pytest.fixture(scope="module")
def translator() -> Translator:
    torch.manual_seed(0)
    return a_translator(size=120, hidden=6, embedding=4)


@pytest.mark.parametrize("width", [1, 4])
@torch.inference_mode()
def test_a_search_takes_all_steps_at_full_width(translator: Translator, width: int):
    some = a_source(translator)
    (source,), scorer = some.ids, Counting(translator.model, translator.source, translator.target)
    tree = search(scorer, source, width=width, steps=len(some.rows))
    assert scorer.rows == [1, *[width] * (len(some.rows) - 1)]
    assert tree.strategy == ("greedy" if width == 1 else "beam")
    begun = Started(scorer, scorer.start([source]))
    encoded = search(begun, source, width=width, steps=len(some.rows))
    assert encoded.n_best[0] == tree.n_best[0]


@torch.inference_mode()
def test_the_bare_side_multiplies_with_every_matrix_that_a_step_reads(translator: Translator):
    weights = {name: w for name, w in translator.model.named_parameters() if w.ndim == 2}
    read = {name for name in weights if name.startswith(("decoder", "projection", "target"))}
    given = matrices(translator.model)
    once = translator.model.architecture.hidden_size * 3 * 6  # the context's part of layer one
    assert sum(w.numel() for w in given) == sum(weights[name].numel() for name in read) - once
    assert given[-1] is translator.model.target_embedding.weight
    bare(translator.model, width=3, steps=2)()


@pytest.mark.parametrize("rows", [1, 4])
@torch.inference_mode()
def test_the_fastest_product_is_the_product(rows: int):
    x, weight = torch.randn(rows, 5), torch.randn(7, 5)
    torch.testing.assert_close(fastest(x, weight)(x), linear(x, weight))


@torch.inference_mode()
def test_the_steps_of_an_exact_search_are_all_noted(translator: Translator):
    scorer = Counting(translator.model, translator.source, translator.target)
    noting = Noting(scorer)
    source = translator.source.encode(("7", EOS))
    tree = decode(noting, source, "exact", alpha=0.0, max_length=3)
    assert len(noting.steps) == tree.bill.decoder_calls
    assert sum(len(tokens) for _, tokens in noting.steps) >= tree.bill.prefixes_read
    before = scorer.rows.copy()
    noting.again()
    assert scorer.rows == before * 2


@torch.inference_mode()
def test_exact_search_is_by_log_p_alone_within_its_budget(translator: Translator):
    tree = prove(translator.scorer, translator.source.encode(("7", EOS)))
    assert (tree.strategy, tree.alpha, tree.max_length) == ("exact", 0.0, longest(("7",)))


def test_sentences_have_three_to_twelve_words(translator: Translator):
    sources = short_sources(translator, count=9)
    assert len(sources) == 9
    assert all(ids[-1] == translator.source.number(EOS) and len(ids) > 3 for ids in sources)


@torch.inference_mode()
def test_what_is_printed(translator: Translator, capsys: pytest.CaptureFixture[str]):
    results = [*measure(translator, rounds=1), *exactly(translator, count=1, rounds=1)]
    assert all(isinstance(result, Timing) for result in results)
    report(results, as_json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    peers = ("transformers", "bare products", "without a tree")
    names = [f"width {width}, 31 steps, {peer}" for width, peer in product(LIMITS, peers)]
    assert [line["name"] for line in lines[:-2]] == names
    for line, limits in zip(lines[::3], LIMITS.values(), strict=False):
        assert line["limit"] == limits[0]
    assert [line["limit"] for line in lines[-2:]] == [1.5, None]
