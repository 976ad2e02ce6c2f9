"""States and paths are those of the model's own modules, sentence by sentence."""

import numpy as np
import pytest
import torch

import explorer
from explorer.errors import ExplorerError
from explorer.seq2seq import encoder_states as module
from explorer.seq2seq.encoder_states import encode
from explorer.seq2seq.state_path import path
from explorer.seq2seq.translator import Translator
from explorer.text.copying import NAME
from explorer.text.vocabulary import EOS

TEXTS = ["The dog sleeps.", "I see Tom.", "Zorblax sees § dogs?", "🙂", "Tom " * 30]


def embedded(translator: Translator, text: str, tokens: tuple[str, ...]) -> torch.Tensor:
    ids = torch.tensor([translator.source.encode(tokens)])
    return translator.model.source_embedding(ids)  # (1, S, E)


def test_every_state_is_the_encoders_own_of_the_sentence_alone(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    states = encode(translator, TEXTS)
    for place, (text, tokens) in enumerate(zip(TEXTS, states.tokens, strict=True)):
        _, alone = translator.model.encoder(embedded(translator, text, tokens))
        parts = (alone,) if isinstance(alone, torch.Tensor) else alone
        assert (states.memory is None) == (len(parts) == 1)
        for got, expected in zip((states.hidden, states.memory), parts, strict=False):
            np.testing.assert_allclose(got[place], expected[:, 0].numpy(), rtol=1e-6, atol=1e-6)


def test_the_context_is_the_last_layers_hidden_state(translator: Translator) -> None:
    states = encode(translator, TEXTS)
    np.testing.assert_array_equal(states.context, states.hidden[:, -1])


def test_tokens_are_what_the_encoder_reads(translator: Translator) -> None:
    tokens = encode(translator, ["The dog sees Zorblax."]).tokens[0]
    assert tokens == ("the", "dog", "sees", NAME, ".", EOS)


@pytest.mark.parametrize("text", ["", "  ", "\x00\x07"])
def test_a_text_without_words_is_refused(translator: Translator, text: str) -> None:
    with pytest.raises(ExplorerError, match="no words here"):
        encode(translator, ["The dog.", text])
    with pytest.raises(ExplorerError, match="no words here"):
        path(translator, text)


def test_the_path_is_the_traced_hidden_state_and_ends_at_the_context(
    translator: Translator,
) -> None:
    for text in TEXTS:
        way = path(translator, text)
        encoder = translator.model.encoder
        traced = explorer.trace(encoder, embedded(translator, text, way.tokens))
        expected = traced["hidden"].values[-1, 0, 0]  # (S, H)
        np.testing.assert_allclose(way.states, expected, atol=1e-5)
        np.testing.assert_allclose(way.states[-1], encode(translator, [text]).context[0], atol=1e-6)


def test_how_far_a_word_moves_the_state_is_measured_from_the_state_before(
    translator: Translator,
) -> None:
    way = path(translator, TEXTS[0])
    before = np.zeros(way.states.shape[1])
    for state, length in zip(way.states, way.lengths, strict=True):
        assert length == pytest.approx(np.sqrt(((state - before) ** 2).sum()), abs=1e-6)
        before = state
