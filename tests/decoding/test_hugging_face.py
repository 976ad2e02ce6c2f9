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

transformers = pytest.importorskip("transformers")

from explorer.decoding.decode import decode  # noqa: E402
from explorer.decoding.exact import exact  # noqa: E402
from explorer.decoding.hugging_face import HuggingFaceScorer  # noqa: E402
from explorer.decoding.recorded import beam  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")
V, EOS, PAD, START = 12, 2, 1, 0
LONGEST = 5


def encoder_decoder(seed: int) -> Any:
    torch.manual_seed(seed)
    config = transformers.BartConfig(
        vocab_size=V, d_model=8, encoder_layers=1, decoder_layers=1, max_position_embeddings=32,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=8, decoder_ffn_dim=8,
        bos_token_id=START, eos_token_id=EOS, pad_token_id=PAD, decoder_start_token_id=START,
        forced_eos_token_id=None, init_std=1.0,
    )  # fmt: skip
    return transformers.BartForConditionalGeneration(config).eval().requires_grad_(False)


def causal(seed: int) -> Any:
    torch.manual_seed(seed)
    config = transformers.GPT2Config(
        vocab_size=V, n_embd=8, n_layer=1, n_head=2, n_positions=32, initializer_range=1.0,
        bos_token_id=START, eos_token_id=EOS, pad_token_id=PAD,
    )  # fmt: skip
    return transformers.GPT2LMHeadModel(config).eval().requires_grad_(False)


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
    for seed in range(100):
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
