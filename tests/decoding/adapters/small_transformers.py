"""Small models of transformers with random weights, and the library's own search of them."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch

from explorer.decoding.adapters.hugging_face import HuggingFaceScorer
from explorer.decoding.decode import decode

transformers = pytest.importorskip("transformers")

V, EOS, PAD, START = 12, 2, 1, 0


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
