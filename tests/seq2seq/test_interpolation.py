"""The line between two states: its ends are the sentences' own translations."""

from dataclasses import replace

import pytest
import torch

from explorer.errors import ExplorerError
from explorer.models.seq2seq import DecoderState
from explorer.seq2seq.interpolation import decode_between, mix
from explorer.seq2seq.translator import Translation, Translator, longest
from explorer.text.copying import NAME
from explorer.text.vocabulary import EOS
from tests.seq2seq.conftest import random_translator

ONE, OTHER = "The dog sleeps.", "Zorblax sees Tom?"


@pytest.fixture(params=[("rnn", 1), ("gru", 2), ("lstm", 3)], ids=["rnn", "gru", "lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    cell, layers = request.param
    return random_translator(cell, layers=layers, seed=1, scale=2.5)


def bare(found: Translation) -> Translation:
    return replace(found, log_prob=0, score=0)


def test_the_ends_are_the_sentences_own_translations(translator: Translator) -> None:
    translator.model.head_bias[translator.target.number(NAME)] = 30.0
    points = decode_between(translator, ONE, OTHER, points=5, width=3)
    for point, text in ((points[0], ONE), (points[-1], OTHER)):
        for found, width in ((point.greedy, 1), (point.beam, 3)):
            (expected,) = translator.translate([text], width=width)
            assert bare(found) == bare(expected)
            assert found.log_prob == pytest.approx(expected.log_prob, abs=1e-4)
    assert [point.share for point in points] == [0, 0.25, 0.5, 0.75, 1]
    assert any(points[-1].greedy.copied)


def test_a_model_in_double_precision_is_decoded_as_in_single(translator: Translator) -> None:
    texts = [
        [point.greedy.text, point.beam.text] for point in decode_between(translator, ONE, OTHER)
    ]
    translator.model.double()
    again = Translator(translator.model, translator.source, translator.target)
    double = decode_between(again, ONE, OTHER)
    assert [[point.greedy.text, point.beam.text] for point in double] == texts


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_mean_of_two_states_keeps_their_type(dtype: torch.dtype) -> None:
    ends = DecoderState(torch.randn(2, 3, dtype=dtype), torch.randn(1, 2, 3, dtype=dtype))
    mixed = mix(ends, torch.tensor([0.5]))
    assert mixed.context.dtype == dtype
    assert torch.allclose(mixed.context[0], ends.context.mean(0))


def test_a_point_is_greedily_decoded_from_the_mean_of_the_two_states(
    translator: Translator,
) -> None:
    (_, middle, _) = decode_between(translator, ONE, OTHER, points=3)
    ids = [translator.source.encode((*words.split(), EOS)) for words in ("the dog sleeps .",)]
    ends = [translator.scorer.start(ids), translator.scorer.start([_read(translator, OTHER)])]
    first, second = (end.decoder for end in ends)
    halves = [_half(a, b) for a, b in zip(_parts(first), _parts(second), strict=True)]
    state = DecoderState(halves[0], halves[1] if len(halves) == 2 else (halves[1], halves[2]))
    prefixes = translator.scorer.at(state, ends[1].given.ban)
    token, tokens = translator.scorer.begin, []
    while len(tokens) < longest(ids[0][:-1]):
        log_probs, prefixes = translator.scorer.step(prefixes, torch.tensor([token]))
        token = int(log_probs.argmax())
        if token == translator.scorer.end:
            break
        tokens.append(token)
    copied = ["Zorblax" if t == NAME else t for t in translator.target.decode(tokens)]
    assert list(middle.greedy.tokens) == copied


def _read(translator: Translator, text: str) -> list[int]:
    tokens = (NAME if t == "Zorblax" else t for t in translator.read(text))
    return translator.source.encode((*tokens, EOS))


def _parts(state: DecoderState) -> list[torch.Tensor]:
    own = [state.state] if isinstance(state.state, torch.Tensor) else list(state.state)
    return [state.context, *own]


def _half(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return (one + other) / 2


def test_a_mixed_state_lies_on_the_line_and_ends_are_exact() -> None:
    torch.manual_seed(0)
    hidden, memory = torch.randn(3, 2, 4), torch.randn(3, 2, 4)
    ends = DecoderState(hidden[-1], (hidden, memory))
    shares = torch.tensor([0.0, 0.3, 0.8, 1.0])
    mixed = mix(ends, shares)
    for row, share in enumerate(shares.tolist()):
        for got, two in zip(mixed.state, (hidden, memory), strict=True):
            expected = (1 - share) * two[:, 0] + share * two[:, 1]
            torch.testing.assert_close(got[:, row], expected)
    assert torch.equal(mixed.context[[0, -1]], ends.context)
    assert torch.equal(mixed.state[1][:, [0, -1]], memory)


def test_a_sentence_with_itself_is_the_same_all_along(translator: Translator) -> None:
    points = decode_between(translator, ONE, ONE, points=4)
    assert len({bare(point.beam) for point in points}) == 1


def test_a_text_without_words_is_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match="no words here"):
        decode_between(translator, ONE, " ")
