"""Forward–backward against hmmlearn, and against counting every path of states."""

import itertools

import numpy as np
import pytest
from hmmlearn.hmm import CategoricalHMM
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.markov.examples import BIRD, SWITCH
from explorer.markov.forward_backward import Posterior, divergence
from explorer.markov.model import HiddenMarkovModel
from explorer.markov.sampling import sample


def model_of(seed: int, states: int, symbols: int) -> HiddenMarkovModel:
    chance = np.random.default_rng(seed)

    def rows(count, size):
        return tuple(map(tuple, chance.dirichlet(np.full(size, 0.7), size=count).tolist()))

    return HiddenMarkovModel(
        tuple(f"s{n}" for n in range(states)),
        tuple(f"x{n}" for n in range(symbols)),
        rows(1, states)[0],
        rows(states, states),
        rows(states, symbols),
    )


def joint(model, states, symbols):
    """P(z, x) of one path, by the definition."""
    p = model.pi[states[0]] * model.B[states[0], symbols[0]]
    for (a, b), x in zip(itertools.pairwise(states), symbols[1:], strict=True):
        p *= model.A[a, b] * model.B[b, x]
    return p


def total(model, symbols, fixed=()):
    """The sum of P(z, x) over all paths, with some states fixed; None in symbols is any symbol."""
    N, M, T = len(model.states), len(model.symbols), len(symbols)
    fixed = dict(fixed)
    paths = itertools.product(*[[fixed[t]] if t in fixed else range(N) for t in range(T)])
    filled = list(itertools.product(*[range(M) if x is None else [x] for x in symbols]))
    return sum(joint(model, path, x) for path in paths for x in filled)


@given(st.integers(0, 10_000), st.integers(2, 3), st.integers(2, 3), st.data())
@settings(max_examples=25, deadline=None)
def test_every_posterior_is_that_of_counting_all_paths(seed, states, symbols, data):
    model = model_of(seed, states, symbols)
    x = data.draw(st.lists(st.integers(0, symbols - 1), min_size=1, max_size=4))
    exact, T = Posterior(model, np.array([x])), len(x)
    assert exact.log_likelihood[0] == pytest.approx(np.log(total(model, x)), abs=1e-9)
    for t in range(T):
        seen_before = [*x[:t], *[None] * (T - t)]
        cases = {
            "smoothing": [total(model, x, {t: z}.items()) for z in range(states)],
            "filtering": [total(model, x[: t + 1], {t: z}.items()) for z in range(states)],
            "from_the_right": [
                total(model, [*[None] * t, *x[t:]], {t: z}.items()) for z in range(states)
            ],
            "interpolation": [total(model, [*x[:t], v, *x[t + 1 :]]) for v in range(symbols)],
            "prediction": [total(model, [*seen_before[:t], v]) for v in range(symbols)],
        }
        for name, weights in cases.items():
            expected = np.array(weights) / sum(weights)
            np.testing.assert_allclose(getattr(exact, name)[0, t], expected, atol=1e-9)


@pytest.mark.parametrize("model", [BIRD, SWITCH, model_of(3, 4, 5)])
def test_smoothing_and_likelihood_are_hmmlearns(model):
    drawn = sample(model, sequences=3, length=200, chance=np.random.default_rng(1))
    reference = CategoricalHMM(n_components=len(model.states), init_params="", params="")
    reference.n_features = len(model.symbols)
    reference.startprob_, reference.transmat_, reference.emissionprob_ = model.pi, model.A, model.B
    exact = Posterior(model, drawn.symbols)
    for row, symbols in enumerate(drawn.symbols):
        log_p, posterior = reference.score_samples(symbols[:, None])
        assert exact.log_likelihood[row] == pytest.approx(log_p, abs=1e-8)
        np.testing.assert_allclose(exact.smoothing[row], posterior, atol=1e-9)


def test_a_long_sequence_does_not_underflow():
    drawn = sample(SWITCH, sequences=1, length=20_000, chance=np.random.default_rng(0))
    exact = Posterior(SWITCH, drawn.symbols)
    assert np.isfinite(exact.smoothing).all()
    assert exact.log_likelihood[0] < -1000


def test_the_interpolation_never_looks_at_the_symbol_itself():
    x = np.array([[0, 1, 2, 1, 0]])
    other = x.copy()
    other[0, 2] = 0
    before, after = (Posterior(BIRD, s).interpolation[0, 2] for s in (x, other))
    np.testing.assert_array_equal(before, after)


def test_a_sequence_that_cannot_be_is_refused_with_its_place():
    never = HiddenMarkovModel(("a", "b"), ("x", "y"), (1, 0), ((1, 0), (0, 1)), ((1, 0), (0, 1)))
    with pytest.raises(ExplorerError, match="after 2 symbols"):
        Posterior(never, np.array([[0, 0, 1]]))


def test_the_divergence_is_zero_only_of_equals():
    p = np.array([0.5, 0.5, 0.0])
    assert divergence(p, p) == 0
    assert divergence(p, np.array([0.9, 0.1, 0.0])) == pytest.approx(
        0.5 * np.log(0.5 / 0.9) + 0.5 * np.log(0.5 / 0.1)
    )
    assert divergence(p, np.array([1.0, 0.0, 0.0])) == np.inf
