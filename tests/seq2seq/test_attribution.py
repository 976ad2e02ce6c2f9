from dataclasses import replace

import numpy as np
import pytest
import torch
from captum.attr import InputXGradient
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.seq2seq import attribution
from explorer.seq2seq.attribution import gradient_times_input, leave_one_out
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.model_input import Sentence, read_source, read_target
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import BOS, EOS, Vocabulary
from tests.seq2seq.conftest import ENGLISH, FRENCH, a_translator

TEXT, TOKENS = "Zorblax, I see the dog.", ("Zorblax", "je", "vois", "chat", ".")


def log_p(translator: Translator, embedded: torch.Tensor, step: int) -> torch.Tensor:
    """The log p of the token at a step, by torch's layers as they are, of embeddings (S + 1, E)."""
    model, sentence = translator.model, read_source(translator, TEXT)
    numbers = read_target(translator, sentence, TOKENS).numbers
    ids = torch.tensor([FRENCH.number(BOS), *numbers, FRENCH.number(EOS)])
    _, state = model.encoder(embedded[None])
    top = (state[0] if isinstance(state, tuple) else state)[-1]
    inputs = torch.cat([model.target_embedding(ids[:-1]), top.expand(len(ids) - 1, -1)], -1)
    hidden, _ = model.decoder(inputs[None], state)
    logits = model.projection(hidden[0, step]) @ model.target_embedding.weight.T + model.head_bias
    return logits.log_softmax(-1)[ids[step + 1]]


def embeddings(translator: Translator) -> torch.Tensor:
    """What the encoder reads, (S + 1, E)."""
    numbers = read_source(translator, TEXT).numbers
    return translator.model.source_embedding(torch.tensor(numbers)).detach()


def test_gradient_times_input_is_torchs_gradient_step_by_step(translator: Translator) -> None:
    found = gradient_times_input(translator, TEXT, TOKENS)
    for step, row in enumerate(found.values):
        x = embeddings(translator).requires_grad_()
        (gradient,) = torch.autograd.grad(log_p(translator, x, step), x)
        np.testing.assert_allclose(row, (gradient * x).detach().sum(-1).numpy(), atol=1e-12)


def test_gradient_times_input_is_what_scaling_an_embedding_does(translator: Translator) -> None:
    """The derivative by a factor on the embedding, as a central difference in float64."""
    found, x, h = gradient_times_input(translator, TEXT, TOKENS), embeddings(translator), 1e-5
    for step, row in enumerate(found.values):
        for place, value in enumerate(row):
            more, less = x.clone(), x.clone()
            more[place] *= 1 + h
            less[place] *= 1 - h
            difference = log_p(translator, more, step) - log_p(translator, less, step)
            assert value == pytest.approx(difference.item() / (2 * h), abs=1e-7)


def test_gradient_times_input_is_captums(translator: Translator) -> None:
    found = gradient_times_input(translator, TEXT, TOKENS)
    for step, row in enumerate(found.values):
        method = InputXGradient(
            lambda x, step=step: torch.stack([log_p(translator, one, step) for one in x])
        )
        values = method.attribute(embeddings(translator)[None].requires_grad_())
        np.testing.assert_allclose(row, values[0].sum(-1).detach().numpy(), atol=1e-12)


def rewritten(
    monkeypatch: pytest.MonkeyPatch, translator: Translator, place: int, instead: list[int]
) -> list[float]:
    """The forced log p of every token, after a change at one place of the source."""
    whole = read_source(translator, TEXT)
    numbers = (*whole.numbers[:place], *instead, *whole.numbers[place + 1 :])
    other = Sentence(whole.tokens, whole.hidden, numbers)
    monkeypatch.setattr("explorer.seq2seq.forced_decoding.read_source", lambda *_: other)
    return [step.log_prob for step in forced(translator, TEXT, TOKENS).steps]


@pytest.mark.parametrize("replace", [False, True])
def test_leaving_one_out_is_translating_without_it_one_by_one(
    translator: Translator, replace: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = leave_one_out(translator, TEXT, TOKENS, replace=replace)
    whole = [step.log_prob for step in forced(translator, TEXT, TOKENS).steps]
    assert found.log_probs.tolist() == pytest.approx(whole)
    for place in range(len(found.source)):
        less = rewritten(monkeypatch, translator, place, [0] if replace else [])
        expected = np.array(whole) - less
        np.testing.assert_allclose(found.values[:, place], expected, atol=1e-12)


def test_leaving_a_word_out_is_giving_the_sentence_without_it(translator: Translator) -> None:
    found = leave_one_out(translator, "I see the dog.", ["je", "vois"])
    without = forced(translator, "I see dog.", ["je", "vois"])
    expected = found.log_probs - [step.log_prob for step in without.steps]
    np.testing.assert_allclose(found.values[:, 2], expected, atol=1e-12)


@pytest.mark.parametrize("method", [gradient_times_input, leave_one_out])
def test_the_tokens_stand_beside_the_values(translator: Translator, method) -> None:
    found = method(translator, TEXT, TOKENS)
    assert found.source == (*read_source(translator, TEXT).tokens, EOS)
    assert found.target == (*TOKENS, EOS)
    assert found.values.shape == (len(found.target), len(found.source))
    steps = forced(translator, TEXT, TOKENS).steps
    assert found.log_probs.tolist() == pytest.approx([step.log_prob for step in steps])


@given(st.lists(st.sampled_from(["je", "vois", "le", "chien"]), max_size=7), st.integers(1, 9))
def test_how_it_is_cut_into_batches_changes_nothing(words: list[str], rows: int) -> None:
    translator = a_translator("gru", layers=1)
    for method in (gradient_times_input, leave_one_out):
        whole, told = method(translator, TEXT, words), []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(attribution, "ROWS", rows)
            patch.setattr(attribution, "PLACES", rows)
            cut = method(translator, TEXT, words, watch=told.append)
        np.testing.assert_allclose(cut.values, whole.values, atol=1e-12)
        np.testing.assert_allclose(cut.log_probs, whole.log_probs, atol=1e-12)
        assert told == sorted(told)
        assert told[-1] == 1


def test_where_all_words_are_read_as_nothing_none_does_anything() -> None:
    translator = a_translator("gru")
    translator.model.source_embedding.weight.zero_()
    assert not gradient_times_input(translator, TEXT, TOKENS).values.any()
    replaced = leave_one_out(translator, TEXT, TOKENS, replace=True).values
    np.testing.assert_allclose(replaced, 0, atol=1e-12)


def test_the_model_is_left_as_it_was(translator: Translator) -> None:
    before = {name: w.clone() for name, w in translator.model.state_dict().items()}
    translator.model.requires_grad_(True)
    gradient_times_input(translator, TEXT, TOKENS)
    for name, weights in translator.model.named_parameters():
        assert weights.grad is None
        assert torch.equal(weights, before[name])


@pytest.mark.parametrize("method", [gradient_times_input, leave_one_out])
def test_a_source_without_words_is_refused(translator: Translator, method) -> None:
    with pytest.raises(ExplorerError, match="no word"):
        method(translator, " ", ["le"])


def test_the_pieces_of_a_word_are_taken_together(translator: Translator) -> None:
    """A word's row is the sum of its pieces' rows; without the word all its pieces are missing."""
    pieces = Vocabulary((*ENGLISH.tokens[:8], "sl￭", "￭eep￭", "￭s", "?"))
    written = Vocabulary((*FRENCH.tokens[:-4], "ch￭", "￭at", ".", "?"))
    found = replace(translator, source=pieces, target=written)
    text, tokens = "the dog sleeps ?", ("le", "ch￭", "￭at", ".")
    apart = gradient_times_input(found, text, tokens)
    whole = gradient_times_input(found, text, tokens, words=True)
    assert (whole.source, whole.target) == (
        ("the", "dog", "sleeps", "?", EOS),
        ("le", "chat", ".", EOS),
    )
    np.testing.assert_allclose(whole.values[1, 2], apart.values[1:3, 2:5].sum(), atol=1e-12)
    np.testing.assert_allclose(whole.values.sum(), apart.values.sum(), atol=1e-12)
    left = leave_one_out(found, text, tokens, words=True)
    short = [step.log_prob for step in forced(found, "the dog ?", tokens).steps]
    expected = left.log_probs - np.add.reduceat(short, [0, 1, 3, 4])
    np.testing.assert_allclose(left.values[:, 2], expected, atol=1e-12)
