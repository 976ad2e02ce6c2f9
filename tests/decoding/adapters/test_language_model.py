"""A language model as a scorer, against the model's own forward pass."""

import pytest
import torch

from explorer.decoding.adapters.language_model import LanguageScorer
from explorer.decoding.decode import decode
from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture, Cell
from explorer.models.language_model import LanguageModel
from explorer.text.vocabulary import UNKNOWN, Vocabulary

WORDS = Vocabulary((UNKNOWN, " ", "a", "b", "c"))


def a_scorer(cell: Cell) -> LanguageScorer:
    torch.manual_seed(2)
    model = LanguageModel(Architecture(cell, len(WORDS), 6, 2)).eval().requires_grad_(False)
    for weights in model.parameters():
        weights.mul_(3)
    return LanguageScorer(model, WORDS, WORDS.number(" "))


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("text", ["a", "abc b"])
def test_the_probabilities_are_the_models(cell: Cell, text: str) -> None:
    scorer, source = a_scorer(cell), WORDS.encode(text)
    tree = decode(scorer, source, "exhaustive", max_length=3, alpha=0.0, width=50)
    assert len(tree.n_best) == 1 + 3 + 9
    for found in tree.n_best:
        ids = torch.tensor([[*source, *found.tokens, scorer.end]])
        log_probs = scorer.model(ids[:, :-1])[0][0].log_softmax(-1)  # (T, V)
        own = log_probs.gather(1, ids[0, 1:, None])[len(source) - 1 :]
        assert found.log_prob == pytest.approx(own.sum().item(), abs=1e-5)
        assert tuple(map(tree.word, found.tokens)) == WORDS.decode(found.tokens)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_exact_search_of_it_is_exhaustive(cell: Cell) -> None:
    asked = {"max_length": 4, "alpha": 0.75}
    whole = decode(a_scorer(cell), [2, 3], "exhaustive", **asked)
    proof = decode(a_scorer(cell), [2, 3], "exact", width=1, **asked)
    assert proof.proved_optimal
    assert proof.n_best[0].tokens == whole.n_best[0].tokens


def test_texts_of_several_lengths_share_a_batch() -> None:
    scorer = a_scorer("gru")
    tokens = torch.tensor([scorer.begin] * 2)
    both, _ = scorer.step(scorer.start([[2, 3, 4], [3]]), tokens)
    alone, _ = scorer.step(scorer.start([[3]]), tokens[:1])
    torch.testing.assert_close(both[1], alone[0])


def test_nothing_cannot_go_on() -> None:
    with pytest.raises(ExplorerError, match="at least one token"):
        decode(a_scorer("gru"), [], "greedy")
