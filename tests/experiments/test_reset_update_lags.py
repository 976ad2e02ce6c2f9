"""What a unit depends on, found on networks where it is known."""

import numpy as np
import pytest
import torch
from torch import nn

from explorer.experiments.dependence import (
    dependence,
    mean_lag,
    rank_correlation,
    share_within,
    with_another,
)
from explorer.experiments.reset_update_lags import (
    LIFE,
    RESET,
    RESET_STILL,
    UPDATE_STILL,
    bits,
    judge,
)
from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.recurrence.trace import trace

from .numbers import with_changed


def keeping(shares: list[float]) -> nn.GRU:
    """A GRU whose units keep given shares of their states and otherwise know their input alone."""
    gru = nn.GRU(1, len(shares))
    with torch.no_grad():
        for parameter in gru.parameters():
            parameter.zero_()
        H = len(shares)
        gru.bias_ih_l0[H : 2 * H] = torch.tensor(shares).logit()  # update gates
        gru.weight_ih_l0[2 * H :] = 1.0  # candidates
    return gru


def test_a_unit_that_keeps_a_share_depends_on_the_past_as_its_powers():
    shares = [0.1, 0.5, 0.9]
    inputs = torch.randn(40, 2, 1)
    changed = inputs.clone()
    changed[5] += 1
    gru = keeping(shares)
    by_lag = dependence(trace(gru, inputs), trace(gru, changed), step=5)
    expected = np.array(shares) ** np.arange(35)[:, None]
    np.testing.assert_allclose(by_lag / by_lag[0], expected, atol=1e-4)
    assert list(mean_lag(by_lag)[:2]) == pytest.approx([0.1 / 0.9, 1.0], abs=1e-3)
    assert list(share_within(by_lag, 2)[:2]) == pytest.approx([0.99, 0.75], abs=1e-4)


def test_the_rank_correlation_is_spearmans():
    random = np.random.default_rng(0)
    some, others = random.permutation(40), random.permutation(40)  # their own ranks, no ties
    expected = 1 - 6 * ((some - others) ** 2).sum() / (40 * (40**2 - 1))
    assert rank_correlation(some, others) == pytest.approx(expected)
    assert rank_correlation(np.exp(some / 9), others**3) == pytest.approx(expected)
    ties = rank_correlation(np.array([1, 1, 2]), np.array([1, 2, 3]))  # ranks 1½, 1½, 3
    assert ties == pytest.approx(np.corrcoef([1.5, 1.5, 3], [1, 2, 3])[0, 1])


def test_only_the_token_in_question_is_replaced_and_always():
    ids = torch.randint(4, (50, 6), generator=torch.Generator().manual_seed(0))
    changed = with_another(ids, 2, np.random.default_rng(0))
    assert (changed[:, 2] != ids[:, 2]).all()
    assert torch.equal(changed[:, [0, 1, 3, 4, 5]], ids[:, [0, 1, 3, 4, 5]])


def test_bits_are_those_of_pytorchs_own_pass():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = LanguageModel(Architecture("gru", 5, 4)).eval().requires_grad_(False)
    ids = torch.tensor([[0, 1, 2, 3, 4], [4, 3, 2, 1, 0]])
    log_probs = model(ids[:, 1:4])[0][:, -1].log_softmax(-1)
    expected = -(log_probs[0, 4] + log_probs[1, 0]) / 2 / np.log(2)
    assert bits(model, ids, 3) == pytest.approx(float(expected), abs=1e-6)


def test_the_verdict_follows_the_numbers():
    def verdict(life=None, reset=None, saved=None):
        means = {LIFE: life, RESET: reset}
        numbers = with_changed(
            "reset-update-lags",
            "correlation",
            lambda row: {"mean": means[row["of"]]} if means[row["of"]] is not None else {},
        )
        held = with_changed("reset-update-lags", "saved", saved or (lambda row: {}))
        return judge({**numbers, "saved": held["saved"]}).verdict

    def each_in_its_place(row):
        """Held update gates make far characters useless, held reset gates the second one."""
        bits = {
            UPDATE_STILL: {1: 4.0, 2: 3.0, 8: 3.0},
            RESET_STILL: {1: 4.0, 2: 4.0, 8: 3.0},
        }.get(row["gates"], {1: 4.0, 2: 3.0, 8: 2.0})
        return {"mean": bits.get(row["context"], 2.0)}

    assert verdict(life=0.5, reset=-0.5, saved=each_in_its_place) == "holds"
    assert verdict(life=0.01, saved=each_in_its_place) == "holds in part"
    assert verdict(life=0.5, reset=-0.5) == "holds in part"
    assert verdict(reset=0.5) == "does not hold here"
