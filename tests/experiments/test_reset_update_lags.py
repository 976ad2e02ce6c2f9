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
    RESET_STILL,
    TRAINED,
    UPDATE_STILL,
    bits,
    judge,
)
from explorer.experiments.tables import columns
from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.recurrence.trace import trace


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


NOWHERE = {1: 4.0, 2: 3.5, 8: 3.0}  # half of what each context saves is lost
FAR = {1: 4.0, 2: 3.0, 8: 3.0}  # far characters are useless, the second one is not
NEAR = {1: 4.0, 2: 4.0, 8: 3.0}


@pytest.mark.parametrize(
    ("update", "reset", "verdict"),
    [
        (FAR, NEAR, "holds"),
        (FAR, NOWHERE, "holds in part"),
        (NOWHERE, NEAR, "holds in part"),
        (NEAR, FAR, "does not hold here"),
        (NOWHERE, NOWHERE, "does not hold here"),
    ],
)
def test_each_gate_must_be_missed_most_at_its_own_lags(update, reset, verdict):
    means = {TRAINED: {1: 4.0, 2: 3.0, 8: 2.0}, UPDATE_STILL: update, RESET_STILL: reset}
    saved = [
        {
            "gates": gates,
            "context": context,
            "part": part,
            "bits": bits + (-1) ** part * context / 1000,
        }
        for gates, by_context in means.items()
        for context, bits in by_context.items()
        for part in range(8)
    ]
    assert judge({"saved": columns(saved)}).verdict == verdict
