"""The adapter against the library's own beam search, on small models with random weights.

The rules are the same on both sides: the k best continuations that do not end go on, those that
end among the k best are finished, totals are divided by Lᵅ, L counting the end; the search stops
once k are finished (`early_stopping=True`), or when nothing can win (`"never"`). At the greatest
length the library counts prefixes that did not end as hypotheses, so a sequence is made to end
there on both sides, at no cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from torch import Tensor

from explorer.decoding.adapters.hugging_face import HuggingFaceScorer
from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.traced_beam import beam
from tests.decoding.adapters.small_transformers import (
    EOS,
    MADE,
    START,
    agree,
    best_of,
    causal,
    encoder_decoder,
    made,
    searched,
)

pytestmark = pytest.mark.filterwarnings("ignore")
LONGEST = 5


@dataclass(frozen=True)
class Ending:
    """A scorer whose sequences end at the greatest length at no cost."""

    scorer: HuggingFaceScorer
    read: int = 0  # tokens that are there before the first one that counts

    @property
    def begin(self) -> int:
        return self.scorer.begin

    @property
    def end(self) -> int:
        return self.scorer.end

    def start(self, sources: Sequence[Sequence[int]]) -> Any:
        return self.scorer.start(sources)

    def step(self, state: Any, tokens: Tensor) -> tuple[Tensor, Any]:
        log_probs, after = self.scorer.step(state, tokens)
        last = torch.tensor([len(p) - self.read == LONGEST - 1 for p in after.prefixes])
        log_probs[last] = -torch.inf
        log_probs[last, self.end] = 0.0
        return log_probs, after


def generated(model: Any, source: Sequence[int], *, width: int, alpha: float, early: Any) -> Any:
    return model.generate(
        torch.tensor([source]),
        attention_mask=torch.ones(1, len(source), dtype=torch.long),
        num_beams=width,
        num_return_sequences=width,
        do_sample=False,
        length_penalty=alpha,
        early_stopping=early,
        max_new_tokens=LONGEST,
        forced_eos_token_id=EOS,
        return_dict_in_generate=True,
        output_scores=True,
    )


def sequences(out: Any, skip: int) -> list[tuple[tuple[int, ...], float]]:
    """What the library found: tokens without their end, and scores."""
    found = []
    for row, score in zip(out.sequences.tolist(), out.sequences_scores.tolist(), strict=True):
        tokens = row[skip:]
        found.append((tuple(tokens[: tokens.index(EOS)]), score))
    return found


@pytest.mark.parametrize("kind", [encoder_decoder, causal])
def test_the_same_sequences_and_scores_as_the_librarys_beam_search(kind: Any) -> None:
    for seed in range(36):  # every width with every α, three times
        model, source = kind(seed), [3 + seed % 9, 5, 7, 4][: 1 + seed % 4]
        skip = 1 if kind is encoder_decoder else len(source)
        width, alpha = (2, 3, 4, 5)[seed % 4], (0.0, 0.75, 1.0)[seed % 3]
        scorer = Ending(HuggingFaceScorer(model), read=skip)
        asked = {"width": width, "alpha": alpha, "max_length": LONGEST}
        out = generated(model, source, width=width, alpha=alpha, early=True)
        ours = [(h.tokens, h.score) for h in beam(scorer, source, **asked).n_best]
        expected = sequences(out, skip)[: len(ours)]
        assert [tokens for tokens, _ in ours] == [tokens for tokens, _ in expected]
        assert [s for _, s in ours] == [pytest.approx(s, abs=1e-4) for _, s in expected]
        if seed % 10 == 0:
            late = beam(scorer, source, **asked, stopping="nothing can win").n_best[0]
            out = generated(model, source, width=width, alpha=alpha, early="never")
            tokens, score = sequences(out, skip)[0]
            assert late.tokens == tokens
            assert late.score == pytest.approx(score, abs=1e-4)


@pytest.mark.parametrize("kind", [encoder_decoder, causal])
def test_probabilities_are_the_models_whatever_shares_the_batch(kind: Any) -> None:
    model = kind(1)
    scorer = HuggingFaceScorer(model)
    state = scorer.start([[3, 4, 5], [6]])
    first, state = scorer.step(state, torch.tensor([scorer.begin] * 2))
    longer = state.select(torch.tensor([1]))
    _, longer = scorer.step(longer, torch.tensor([7]))
    both, _ = scorer.step(state.joined([longer]), torch.tensor([8, 9, 10]))
    for source, prefix, given in (([3, 4, 5], [8], both[0]), ([6], [9], both[1]),
                                  ([6], [7, 10], both[2]), ([6], [], first[1])):  # fmt: skip
        if kind is causal:
            logits = model(torch.tensor([source + prefix])).logits
        else:
            ids = torch.tensor([[START, *prefix]])
            logits = model(torch.tensor([source]), decoder_input_ids=ids).logits
        torch.testing.assert_close(given, logits[0, -1].log_softmax(-1), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("kind", [encoder_decoder, causal])
def test_exact_search_of_such_a_model_is_exhaustive(kind: Any) -> None:
    scorer = HuggingFaceScorer(kind(3))
    whole = decode(scorer, [3, 4], "exhaustive", max_length=3, alpha=0.75)
    proof = exact(scorer, [3, 4], max_length=3, alpha=0.75, width=1, batch=7)
    assert proof.proved_optimal
    assert proof.n_best[0].tokens == whole.n_best[0].tokens
    assert proof.n_best[0].score == pytest.approx(whole.n_best[0].score, abs=1e-5)


@pytest.mark.parametrize("kind", MADE)
def test_models_of_many_kinds_are_searched_as_the_library_does_token_by_token(kind: str) -> None:
    held = 0
    for seed in range(12):
        model, source = made(kind, seed), [8, 9, 4][: 1 + seed % 3]
        read: list[int] = []
        whole = "decoder_input_ids" if model.config.is_encoder_decoder else "input_ids"
        scorer = HuggingFaceScorer(model)
        scorer.start([source])  # the short passes that show what the model can do
        model.register_forward_pre_hook(
            lambda _module, _args, given, to=read: to.append(given[whole].shape[1]),  # noqa: B023
            with_kwargs=True,
        )
        ours = searched(scorer, source, width=3)
        tokens = [*ours.tokens, *([EOS] if ours.finished else [])]
        assert read[1 : len(tokens)] == [1] * (len(tokens) - 1)
        assert ours.log_prob == pytest.approx(sum(scorer.alone(source, tokens)), abs=1e-3)
        held += agree(ours, best_of(model, source, width=3))
        if held == 2:
            break
    assert held
