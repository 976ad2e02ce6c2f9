from dataclasses import replace

import pytest
import torch

from explorer.decoding.mixture import Mixture
from explorer.errors import ExplorerError
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translator
from explorer.text.vocabulary import Vocabulary
from tests.seq2seq.conftest import random_translator

TEXTS = ["The dog sleeps.", "I see Tom.", "I see the dog?", "Zorblax sleeps."]


@pytest.fixture(params=[("gru", 2), ("lstm", 2)], ids=["gru", "lstm"])
def translator(request: pytest.FixtureRequest) -> Translator:
    cell, layers = request.param
    return random_translator(cell, layers=layers, seed=1, scale=2.5)


def another(translator: Translator, seed: int) -> Translator:
    """The same words, other weights."""
    torch.manual_seed(seed)
    model = Seq2Seq(translator.model.architecture).eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(2.5)
    return replace(translator, model=model)


def test_probabilities_are_the_mean_of_the_models_own(translator: Translator) -> None:
    scorers = [translator.scorer, *(another(translator, seed).scorer for seed in (2, 3))]
    averaged = Mixture(tuple(scorers))
    sources = [translator.source.encode((*translator.read(text), "<eos>")) for text in TEXTS]
    together, apart = averaged.start(sources), [scorer.start(sources) for scorer in scorers]
    tokens, begin = torch.full((len(TEXTS),), averaged.begin), scorers[0].begin
    for rows in (torch.arange(len(TEXTS)), torch.tensor([2, 2, 0])):
        together, apart = together.select(rows), [state.select(rows) for state in apart]
        found, together = averaged.step(together, tokens[: len(rows)])
        own = tokens[: len(rows)].masked_fill(tokens[: len(rows)] == averaged.begin, begin)
        steps = [s.step(state, own) for s, state in zip(scorers, apart, strict=True)]
        expected = sum(log_probs.exp() for log_probs, _ in steps) / 3
        torch.testing.assert_close(found.exp(), expected)
        torch.testing.assert_close(found.exp().sum(-1), expected.sum(-1))
        apart = [state for _, state in steps]
        tokens = found.argmax(-1)


def test_prefixes_put_side_by_side_have_their_own_probabilities(translator: Translator) -> None:
    averaged = Mixture((translator.scorer, another(translator, 2).scorer))
    sources = [translator.source.encode((*translator.read(text), "<eos>")) for text in TEXTS[:2]]
    start = averaged.start(sources)
    after = averaged.step(start, torch.tensor([averaged.begin] * 2))[1]
    both = start.joined([after])
    tokens = torch.tensor([averaged.begin, averaged.begin, 7, 8])
    found = averaged.step(both, tokens)[0]
    torch.testing.assert_close(found[:2], averaged.step(start, tokens[:2])[0])
    torch.testing.assert_close(found[2:], averaged.step(after, tokens[2:])[0])


def test_a_model_beside_itself_translates_as_alone(translator: Translator) -> None:
    alone = translator.translate(TEXTS, width=4)
    twice = translator.together(translator).translate(TEXTS, width=4)
    for one, two in zip(alone, twice, strict=True):
        assert two.text == one.text
        assert two.log_prob == pytest.approx(one.log_prob, rel=1e-5)


def test_two_models_together_are_neither_of_them(translator: Translator) -> None:
    other = another(translator, 2)
    found = [t.translate(TEXTS) for t in (translator, other, translator.together(other))]
    assert len({tuple(t.log_prob for t in some) for some in found}) == 3


def test_models_of_other_words_are_refused(translator: Translator) -> None:
    turned = Vocabulary((*translator.target.tokens[:-2], *translator.target.tokens[:-3:-1]))
    with pytest.raises(ExplorerError, match="same words"):
        translator.together(replace(translator, target=turned))
