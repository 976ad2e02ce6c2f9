"""The benchmark's peer must do as much as the translator, or its ratios say nothing."""

import json
from itertools import cycle, islice

import pytest
import torch

from benchmarks.timing import Rate, Timing, report
from benchmarks.translate import ALPHA, WIDTH, batch, batches, generate, measure, peer
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import BATCH, Translator
from explorer.text.sentences import sentences
from explorer.text.vocabulary import EOS, Vocabulary
from tests.seq2seq.conftest import ENGLISH, FRENCH, RESERVED

TEXTS = ("the dog sleeps.", "I see Tom.", "the dog?")


def a_translator(source: Vocabulary, target: Vocabulary, *, hidden: int, embedding: int):
    torch.manual_seed(1)
    sizes = Seq2SeqArchitecture(
        "gru", len(target), hidden, 2, source_size=len(source), embedding_size=embedding
    )
    return Translator(Seq2Seq(sizes).eval().requires_grad_(False), source, target)


@pytest.fixture
def translator() -> Translator:
    return a_translator(ENGLISH, FRENCH, hidden=6, embedding=8)


def invented(count: int) -> Vocabulary:
    return Vocabulary((*RESERVED, *map(str, range(count - len(RESERVED)))))


def test_the_peer_is_as_large_as_the_translation_model():
    ours = a_translator(invented(6897), invented(11578), hidden=416, embedding=192)
    theirs = peer(ours)
    parameters = [sum(p.numel() for p in m.parameters()) for m in (theirs, ours.model)]
    assert parameters[0] == pytest.approx(parameters[1], rel=0.01)
    assert theirs.lm_head.weight.shape == ours.model.target_embedding.weight.shape
    assert theirs.lm_head.weight is theirs.model.decoder.embed_tokens.weight
    assert theirs.dtype == torch.float32


def test_the_peer_multiplies_as_often_for_a_token():
    ours = a_translator(invented(6897), invented(11578), hidden=416, embedding=192)
    decoder, head = peer(ours).model.decoder, 192 * 11578
    # The keys and values of the source are computed once a sentence, not once a token.
    once = {"encoder_attn.k_proj.weight", "encoder_attn.v_proj.weight"}
    theirs = sum(
        weight.numel()
        for name, weight in decoder.layers.named_parameters()
        if weight.ndim == 2 and name.partition(".")[2] not in once
    )
    recurrent = [*ours.model.decoder.parameters(), *ours.model.projection.parameters()]
    mine = sum(weight.numel() for weight in recurrent if weight.ndim == 2)
    assert theirs + head == pytest.approx(mine + head, rel=0.1)


def test_the_peer_takes_as_many_steps_and_ends_no_sentence(translator: Translator):
    some, other = batch(translator, TEXTS), peer(translator)
    with torch.inference_mode():
        written = generate(other, some)
    assert written.shape == (len(TEXTS), 1 + len(some.rows))
    assert not (written == translator.target.number(EOS)).any()


def test_steps_are_those_of_the_search(translator: Translator):
    some = batch(translator, TEXTS)
    found = translator.translate(TEXTS, width=WIDTH, alpha=ALPHA)
    assert len(some.rows) >= max(len(one.tokens) + one.finished for one in found)
    assert [translator.source.decode(ids) for ids in some.ids] == [
        (*one.source, EOS) for one in found
    ]


def test_the_sentences_are_the_projects_own_in_batches_by_length(translator: Translator):
    made = batches(translator, 300)
    assert [len(one.texts) for one in made] == [BATCH] * 2 + [300 - 2 * BATCH]
    lengths = [len(ids) for one in made for ids in one.ids]
    assert lengths == sorted(lengths)
    own = islice(cycle(sentence.english for sentence in sentences()), 300)
    assert sorted(text for one in made for text in one.texts) == sorted(own)


@pytest.mark.parametrize(("threads", "alone"), [(1, None), (2, 0.25)])
def test_what_is_printed(
    translator: Translator, capsys: pytest.CaptureFixture[str], threads: int, alone: float | None
):
    before = torch.get_num_threads()
    with torch.inference_mode():
        results = list(measure(translator, count=3, rounds=1, threads=threads))
    torch.set_num_threads(before)
    assert [type(result) for result in results] == [Timing] * 4 + [Rate] * 4
    report(results, as_json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["limit"] for line in lines[:4]] == [alone, pytest.approx(1 / 3), None, 1.5]
    for line, rate in zip(lines[:3], lines[5:], strict=True):
        assert line["peer_ms"] == pytest.approx(3e3 / rate["per_second"])
    report(results, as_json=False)
    assert "sentences per second, " in capsys.readouterr().out
