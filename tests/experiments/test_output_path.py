"""Cutting an LSTM's paths, on one with random weights against what the equations say."""

import pytest
import torch

from explorer.experiments.output_path import BOTH, EMPTIED, SHUT, judge, losses
from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel

from .numbers import with_changed

STEP = 4


@pytest.fixture(scope="module")
def found():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = LanguageModel(Architecture("lstm", 7, 5)).eval().requires_grad_(False)
        ids = torch.randint(7, (3, 10))
    return model, ids, losses(model, ids, STEP)


def test_the_untouched_losses_are_pytorchs(found):
    model, ids, by_cut = found
    log_probs = model(ids)[0].log_softmax(-1)[:, STEP:-1]
    expected = -log_probs.gather(-1, ids[:, STEP + 1 :, None])[..., 0]
    torch.testing.assert_close(by_cut["untouched"], expected, atol=1e-6, rtol=0)


def test_an_emptied_memory_is_not_seen_at_once_but_afterwards(found):
    _, _, by_cut = found
    assert torch.equal(by_cut[EMPTIED][:, 0], by_cut["untouched"][:, 0])
    assert not torch.equal(by_cut[EMPTIED][:, 1], by_cut["untouched"][:, 1])


def test_with_the_output_gate_shut_only_the_bias_is_left(found):
    model, ids, by_cut = found
    bias = -model.head.bias.log_softmax(-1)[ids[:, STEP + 1]]
    for what in (SHUT, BOTH):
        torch.testing.assert_close(by_cut[what][:, 0], bias)


def test_after_both_are_emptied_the_model_begins_anew(found):
    model, ids, by_cut = found
    log_probs = model(ids[:, STEP + 1 :])[0].log_softmax(-1)[:, :-1]
    expected = -log_probs.gather(-1, ids[:, STEP + 2 :, None])[..., 0]
    torch.testing.assert_close(by_cut[BOTH][:, 1:], expected, atol=1e-6, rtol=0)


def test_the_verdict_follows_the_losses():
    def verdict(sd=0.001, **costs):
        def changed(row):
            place = f"{row['cut']} {row['where']}".replace(" ", "_")
            return {"mean": costs[place], "sd": sd} if place in costs else {}

        return judge(with_changed("output-path", "answer", changed)).verdict

    assert verdict() == "holds"
    assert verdict(memory_emptied_at_the_question=0.5) == "holds in part"
    assert verdict(memory_emptied_half_way=0.01) == "holds in part"
    assert verdict(memory_emptied_half_way=0.2, sd=0.1) == "holds in part"  # reaches 0.1
    assert verdict(output_gate_shut_at_the_question=0.2, sd=0.1) == "holds in part"
    assert verdict(memory_emptied_at_the_question=0.0, sd=0.1) == "holds in part"  # in some sets
    leaking = {"memory_emptied_at_the_question": 0.5, "output_gate_shut_half_way": 5.0}
    assert verdict(**leaking) == "does not hold here"
