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

from explorer.decoding.adapters.hugging_face import HuggingFaceScorer  # noqa: E402
from explorer.decoding.decode import decode  # noqa: E402
from explorer.decoding.exact import exact  # noqa: E402
from explorer.decoding.traced_beam import beam  # noqa: E402
from explorer.errors import ExplorerError  # noqa: E402

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
    for seed in range(60):
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


#: Small models of many kinds: rotary, learned and linear places, a window shorter than the text,
#: shared keys; recurrent ones, whose cache is changed in place; encoder–decoders.
SIZES = {
    "vocab_size": 30, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
    "intermediate_size": 16, "initializer_range": 1.0, "max_position_embeddings": 64,
    "bos_token_id": START, "pad_token_id": PAD, "eos_token_id": EOS,
}  # fmt: skip
HALVES = {
    "vocab_size": 30, "d_model": 16, "encoder_layers": 2, "decoder_layers": 2, "init_std": 1.0,
    "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 16,
    "decoder_ffn_dim": 16, "max_position_embeddings": 64, "decoder_start_token_id": 3,
    "bos_token_id": START, "pad_token_id": PAD, "eos_token_id": EOS, "forced_eos_token_id": None,
}  # fmt: skip
MADE: dict[str, tuple[str, dict[str, Any]]] = {
    "LlamaForCausalLM": ("LlamaConfig", {**SIZES, "num_key_value_heads": 1}),
    "MistralForCausalLM": ("MistralConfig", {
        **SIZES, "num_key_value_heads": 1, "sliding_window": 4}),
    "GPTNeoXForCausalLM": ("GPTNeoXConfig", SIZES),
    "BloomForCausalLM": ("BloomConfig", SIZES),
    "OPTForCausalLM": ("OPTConfig", {
        **SIZES, "ffn_dim": 16, "word_embed_proj_dim": 16, "init_std": 1.0}),
    "Mamba2ForCausalLM": ("Mamba2Config", {**SIZES, "state_size": 4, "num_heads": 4, "head_dim": 8,
                                           "n_groups": 1, "chunk_size": 4}),
    "T5ForConditionalGeneration": ("T5Config", {
        "vocab_size": 30, "d_model": 16, "d_kv": 8, "d_ff": 16, "num_layers": 2, "num_heads": 2,
        "initializer_factor": 3.0, "decoder_start_token_id": 1, "eos_token_id": EOS}),
    "MBartForConditionalGeneration": ("MBartConfig", {**HALVES, "forced_bos_token_id": 7}),
    "M2M100ForConditionalGeneration": ("M2M100Config", {**HALVES, "forced_bos_token_id": 7}),
    "FSMTForConditionalGeneration": ("FSMTConfig", {
        **HALVES, "src_vocab_size": 30, "tgt_vocab_size": 30, "langs": ["en", "de"]}),
}  # fmt: skip


def made(kind: str, seed: int = 0, **more: Any) -> Any:
    torch.manual_seed(seed)
    name, sizes = MADE[kind]
    config = getattr(transformers, name)(**{**sizes, **more})
    return getattr(transformers, kind)(config).eval().requires_grad_(False)


def best_of(model: Any, source: Sequence[int], *, width: int, **more: Any) -> Any:
    """The library's best sequence until its first end, its score, and whether it ends at all."""
    out = model.generate(
        torch.tensor([source]), attention_mask=torch.ones(1, len(source), dtype=torch.long),
        num_beams=width, do_sample=False, length_penalty=1.0, early_stopping="never",
        max_new_tokens=10, return_dict_in_generate=True, output_scores=True, **more,
    )  # fmt: skip
    row = out.sequences[0].tolist()[1 if model.config.is_encoder_decoder else len(source) :]
    ends = model.generation_config.eos_token_id
    places = [row.index(end) for end in (ends if isinstance(ends, list) else [ends]) if end in row]
    tokens = tuple(row[: min(places)] if places else row)
    return tokens, float(out.sequences_scores[0]), bool(places)


def agree(ours: Any, theirs: Any) -> bool:
    """Whether they could be held together: at the greatest length only the library takes what has
    not ended for a result beside what has."""
    if theirs[2] != ours.finished:
        return False
    assert ours.tokens == theirs[0]
    assert ours.score == pytest.approx(theirs[1], abs=1e-3)
    return True


def searched(scorer: HuggingFaceScorer, source: Sequence[int], *, width: int) -> Any:
    asked = {"width": width, "alpha": 1.0, "max_length": 10, "stopping": "nothing can win"}
    return decode(scorer, source, "beam", **asked).n_best[0]


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


def test_every_one_of_several_ends_ends_a_sequence() -> None:
    second = 0
    for seed in range(8):
        model = made("LlamaForCausalLM", seed, eos_token_id=[EOS, 5])
        ours = searched(HuggingFaceScorer(model), [3, 7], width=4)
        agree(ours, best_of(model, [3, 7], width=4))
        only = searched(HuggingFaceScorer(model, ends=[EOS]), [3, 7], width=4)
        second += only.tokens != ours.tokens
    assert second > 2


@pytest.mark.parametrize("kind", ["LlamaForCausalLM", "MBartForConditionalGeneration"])
def test_what_the_configuration_bans_never_comes(kind: str) -> None:
    rules = {"suppress_tokens": [4, 11], "begin_suppress_tokens": [9, EOS],
             "bad_words_ids": [[12], [13, 14], [EOS]]}  # fmt: skip
    for seed in range(4):
        model = made(kind, seed)
        plain = searched(HuggingFaceScorer(model), [8, 9], width=4)
        model.generation_config.update(**rules)
        ours = searched(HuggingFaceScorer(model), [8, 9], width=4)
        assert not {4, 11, 12} & set(ours.tokens)
        if (13, 14) not in zip(ours.tokens, ours.tokens[1:], strict=False):
            agree(ours, best_of(model, [8, 9], width=4))
        free = HuggingFaceScorer(model, banned=(), banned_first=())
        assert searched(free, [8, 9], width=4) == plain


def test_a_beginning_can_be_forced_and_costs_nothing() -> None:
    model = made("M2M100ForConditionalGeneration", 1)
    ours = searched(HuggingFaceScorer(model, forced=[9, 6]), [8, 4], width=3)
    assert ours.tokens[:2] == (9, 6)
    costs = HuggingFaceScorer(model, forced=[9, 6]).alone([8, 4], [*ours.tokens, EOS])
    assert costs[:2] == (0.0, 0.0)
    assert sum(costs[: len(ours.tokens) + ours.finished]) == pytest.approx(ours.log_prob, abs=1e-3)


def test_a_configuration_for_tuples_changes_nothing() -> None:
    for kind in ("BloomForCausalLM", "T5ForConditionalGeneration"):
        model = made(kind)
        found = searched(HuggingFaceScorer(model), [8, 9], width=3)
        model.config.return_dict = False
        assert searched(HuggingFaceScorer(model), [8, 9], width=3) == found


class Failing(torch.nn.Module):
    """A model whose call fails."""

    config = transformers.GPT2Config(vocab_size=30, eos_token_id=EOS)
    device = torch.device("cpu")

    def get_input_embeddings(self) -> Any:
        return torch.nn.Embedding(30, 4)

    def forward(self, **given: Any) -> Any:
        raise RuntimeError("two lines\nof trouble")


class Refusing(Failing):
    """A model whose call says in a sentence of ours what is wrong, as an intervention's does."""

    def forward(self, **given: Any) -> Any:
        raise ExplorerError("Layer {layer} is not there.", layer=7)


def refused() -> dict[str, tuple[Any, str]]:
    sizes = {**SIZES, "type_vocab_size": 2}
    gpt2 = {"vocab_size": 30, "n_embd": 8, "n_layer": 1, "n_head": 2, "eos_token_id": EOS}
    masked = transformers.BertLMHeadModel(transformers.BertConfig(**sizes))
    return {
        "not causal": (masked.eval(), "BertLMHeadModel is not causal as called"),
        "no head": (transformers.GPT2Model(transformers.GPT2Config(**gpt2)).eval(), "no logits"),
        "training": (made("LlamaForCausalLM").train(), "training mode"),
        "failing": (Failing().eval(), "RuntimeError: two lines"),
        "refusing": (Refusing().eval(), "Layer 7 is not there."),
        "endless": (made("LlamaForCausalLM", eos_token_id=None), "eos_token_id"),
    }


@pytest.mark.parametrize(
    "case", ["not causal", "no head", "training", "failing", "refusing", "endless"]
)
def test_a_model_that_cannot_be_searched_is_refused_in_a_sentence(case: str) -> None:
    model, part = refused()[case]
    with pytest.raises(ExplorerError) as said:
        decode(HuggingFaceScorer(model), [3, 4], "beam", width=2, max_length=3)
    assert part in str(said.value)
    assert case != "refusing" or str(said.value) == part
    assert "\n" not in str(said.value)


def test_bert_as_a_decoder_is_searched() -> None:
    model = transformers.BertLMHeadModel(transformers.BertConfig(**SIZES, is_decoder=True)).eval()
    ours = searched(HuggingFaceScorer(model), [8, 9], width=3)
    scorer = HuggingFaceScorer(model)
    tokens = [*ours.tokens, *([EOS] if ours.finished else [])]
    assert sum(scorer.alone([8, 9], tokens)) == pytest.approx(ours.log_prob, abs=1e-3)


@pytest.mark.parametrize("banned", [2, 3])
def test_of_several_ends_one_that_is_banned_does_not_count(banned: int) -> None:
    """The other is worth what the model says of it, in beam and exact search alike."""
    model = causal(0)
    scorer = HuggingFaceScorer(model, ends=[2, 3], banned=[banned])
    state = scorer.start([[5, 6]])
    log_probs, _ = scorer.step(state, torch.tensor([scorer.begin]))
    plain = model(torch.tensor([[5, 6]])).logits[0, -1].log_softmax(-1)
    assert log_probs[0, 2].item() == pytest.approx(plain[5 - banned].item(), abs=1e-5)
    assert log_probs[0, 3] == -torch.inf


def test_a_forced_end_ends_whichever_of_them_it_is() -> None:
    found = beam(HuggingFaceScorer(causal(0), ends=[2, 3], forced=[3]), [5], width=2, max_length=4)
    assert found.n_best[0].tokens == ()
    assert found.n_best[0].finished


@pytest.mark.parametrize(
    ("rules", "source"),
    [
        ({"ends": []}, [5]),
        ({"ends": [99]}, [5]),
        ({"forced": [99]}, [5]),
        ({"banned": [-1]}, [5]),
        ({"banned_first": [V]}, [5]),
        ({"ends": "two"}, [5]),
        ({}, "ab"),
        ({}, torch.tensor([[5, 6]])),
        ({}, []),
    ],
)
def test_what_is_no_token_is_said(rules: dict[str, Any], source: Any) -> None:
    with pytest.raises(ExplorerError):
        decode(HuggingFaceScorer(causal(0), **rules), source, "beam", width=2, max_length=4)


def test_tokens_may_be_numbers_lists_or_a_tensor() -> None:
    plain = decode(HuggingFaceScorer(causal(0), ends=[2, 3]), [5, 6], "beam", max_length=4)
    ends, source = torch.tensor([2, 3]), torch.tensor([5, 6])
    tensors = decode(HuggingFaceScorer(causal(0), ends=ends), source, "beam", max_length=4)
    assert tensors.n_best == plain.n_best
    one = HuggingFaceScorer(causal(0), ends=3)
    assert one.rules.ends == (3,)
