"""What may be written and how it ends, as a model's configuration or its user says; refusals."""

from typing import Any

import pytest
import torch

from explorer.decoding.adapters.hugging_face import HuggingFaceScorer
from explorer.decoding.decode import decode
from explorer.decoding.traced_beam import beam
from explorer.errors import ExplorerError
from tests.decoding.adapters.small_transformers import (
    EOS,
    SIZES,
    V,
    agree,
    best_of,
    causal,
    made,
    searched,
    transformers,
)

pytestmark = pytest.mark.filterwarnings("ignore")


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
