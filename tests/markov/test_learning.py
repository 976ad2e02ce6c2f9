"""Networks that learn a hidden Markov model from what it draws."""

import numpy as np
import pytest
import torch

from explorer.markov.examples import BIRD
from explorer.markov.forward_backward import Posterior, divergence
from explorer.markov.learning import READS, Plan, distances, learn, said
from explorer.markov.networks import Reader
from explorer.markov.sampling import sample

SMALL = Plan(updates=80, sequences=48, length=10, units=12, rate=0.03, examined=60)


@pytest.fixture(scope="module")
def lesson():
    return learn(BIRD, plan=SMALL, seed=0)


@pytest.mark.parametrize("reads", READS)
def test_a_guess_depends_on_what_is_read_and_on_nothing_else(reads):
    torch.manual_seed(0)
    reader = Reader(states=3, symbols=3, units=4, reads=reads).eval()
    ids = torch.randint(3, (1, 7))
    base = reader(ids)
    for place in range(7):
        other = ids.clone()
        other[0, place] = (other[0, place] + 1) % 3
        after = reader(other)
        moved = [
            {t for t in range(7) if not torch.equal(a[0, t], b[0, t])}
            for a, b in zip(base, after, strict=True)
        ]
        behind, before = {*range(place + 1, 7)}, {*range(place)}
        reached = (behind if reads != "backward" else set()) | (
            before if reads != "forward" else set()
        )
        assert moved == [reached | {place}, reached]


def test_little_training_already_finds_the_posterior_of_what_is_read(lesson):
    found = distances(BIRD, lesson, plan=SMALL)
    assert found["both, smoothing"] < 0.02
    assert found["forward, filtering"] < 0.02
    assert found["forward, smoothing"] > 2 * found["both, smoothing"]


def test_the_distances_are_mean_divergences_from_the_exact_posteriors(lesson):
    chance = np.random.default_rng(1_000_000)
    drawn = sample(BIRD, sequences=SMALL.examined, length=SMALL.length, chance=chance)
    exact = Posterior(BIRD, drawn.symbols)
    with torch.no_grad():
        shares = lesson.readers["both"](torch.from_numpy(drawn.symbols)).states.softmax(-1).numpy()
    np.testing.assert_allclose(said(lesson.readers["both"], drawn.symbols)[0], shares, atol=1e-6)
    found = distances(BIRD, lesson, plan=SMALL)["both, smoothing"]
    assert found == pytest.approx(divergence(exact.smoothing, shares).mean(), abs=1e-6)


def test_a_run_tells_how_far_it_is_stops_when_told_and_disturbs_no_generator():
    told, before = [], torch.random.get_rng_state()
    stopped = learn(BIRD, plan=SMALL, seed=1, watch=told.append, stop=lambda: len(told) >= 3)
    assert stopped.updates == 3
    assert told == pytest.approx([1 / 80, 2 / 80, 3 / 80])
    assert torch.equal(before, torch.random.get_rng_state())


def test_the_same_seed_gives_the_same_networks():
    few = Plan(updates=3, sequences=4, length=5, units=3)
    one, two = (learn(BIRD, plan=few, seed=7).readers["both"] for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
