"""With its gates at their ends a GRU is a plain RNN, or keeps its state."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from explorer.experiments.plain_rnn import (
    PLAIN,
    apart,
    apart_at_each_step,
    apart_from_itself,
    judge,
    passed_over,
    plain_rnn,
)

from .numbers import with_changed


def gru(units: int, seed: int = 0) -> tuple[nn.GRU, torch.Tensor]:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        module = nn.GRU(3, units, batch_first=True, dtype=torch.float64).requires_grad_(False)
        return module, torch.randn(1, 30, 3, dtype=torch.float64)


@settings(max_examples=20)
@given(units=st.integers(1, 12), seed=st.integers(0, 1000))
def test_a_gru_with_reset_at_1_and_update_at_0_is_the_plain_rnn_of_its_weights(units, seed):
    assert apart(*gru(units, seed), *PLAIN).max() < 1e-13
    assert apart_at_each_step(*gru(units, seed), *PLAIN).max() < 1e-13
    assert apart_from_itself(*gru(units, seed)).max() < 1e-13


@pytest.mark.parametrize("held", [(), PLAIN[:1], PLAIN[1:]])
def test_with_either_gate_free_it_is_not(held):
    assert apart(*gru(8), *held).max() > 0.01
    assert apart_at_each_step(*gru(8), *held).max() > 0.01


def test_the_plain_rnn_is_the_books_equation():
    module, inputs = gru(4)
    hidden = np.zeros(4)
    W_in, W_hn = (w.numpy()[8:] for w in (module.weight_ih_l0, module.weight_hh_l0))
    b_in, b_hn = (b.numpy()[8:] for b in (module.bias_ih_l0, module.bias_hh_l0))
    for X in inputs[0].numpy():
        hidden = np.tanh(X @ W_in.T + b_in + hidden @ W_hn.T + b_hn)
    np.testing.assert_allclose(plain_rnn(module)(inputs)[1][0, 0], hidden, atol=1e-14)


@pytest.mark.parametrize("length", [1, 7, 20])
def test_with_update_at_1_a_stretch_is_copied_and_passed_over(length):
    copied, without = passed_over(*gru(6), begin=5, end=5 + length)
    assert max(copied, without) < 1e-13


def test_the_verdict_follows_the_differences():
    small = with_changed("plain-rnn", "each step", lambda row: {"greatest": 1e-16})
    assert judge(small).verdict == "holds"

    def coarse(row):
        return {"greatest": 1e-3 if row["precision"] == "float32" else 1e-16}

    assert judge(with_changed("plain-rnn", "each step", coarse)).verdict == "holds in part"
    apart_ = with_changed("plain-rnn", "passed over", lambda row: {"greatest": 0.1})
    assert judge(apart_).verdict == "does not hold here"
