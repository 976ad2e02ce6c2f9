"""Sampling: the chances are transformers', and what is drawn follows them."""

import math
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from transformers.generation.logits_process import (
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from explorer.decoding.adapters.table import BOOK
from explorer.decoding.decode import decode
from explorer.decoding.sampling import SamplingSettings, sample
from explorer.errors import ExplorerError
from tests.decoding.scorers import END, Hashed, Random, log_prob


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(2, 40),
    st.floats(0.2, 4),
    st.integers(1, 50),
    st.floats(0.01, 1),
)
def test_the_chances_are_those_of_transformers(
    seed: int, tokens: int, temperature: float, top_k: int, top_p: float
) -> None:
    logits = torch.from_numpy(np.random.default_rng(seed).normal(0, 3, (5, tokens)))
    theirs, nothing = logits.log_softmax(-1), torch.zeros(5, 0, dtype=torch.long)
    for warp in (
        TemperatureLogitsWarper(temperature),
        TopKLogitsWarper(top_k),
        TopPLogitsWarper(top_p),
    ):
        theirs = warp(nothing, theirs)
    own = SamplingSettings(temperature, top_k, top_p).of(logits.log_softmax(-1).numpy())
    assert own == pytest.approx(theirs.softmax(-1).numpy(), abs=1e-9)


@pytest.mark.parametrize(
    "chances",
    [
        SamplingSettings(),
        SamplingSettings(0.5),
        SamplingSettings(2.0, top_k=3),
        SamplingSettings(top_p=0.75),
    ],
)
def test_what_is_drawn_follows_the_chances(chances: SamplingSettings) -> None:
    """The first two tokens of the book's table, by a chi-square test."""
    drawn = sample(BOOK, None, count=1000, settings=chances, seed=5, max_length=2)
    seen = Counter((*h.tokens, *([BOOK.end] if h.finished else [])) for h in drawn)
    first = chances.of(np.log([BOOK.row(())]))[0]
    expected = {(BOOK.end,): first[BOOK.end]}
    for token in set(range(4)) - {BOOK.end}:
        after = chances.of(np.log([BOOK.row((token,))]))[0]
        expected |= {(token, other): first[token] * after[other] for other in range(4)}
    possible = [path for path, p in expected.items() if p > 0]
    assert set(seen) <= set(possible)
    apart = sum((seen[p] - 1000 * expected[p]) ** 2 / (1000 * expected[p]) for p in possible)
    free = len(possible) - 1  # the statistic's mean; its variance is twice that
    assert apart < free + 4 * math.sqrt(2 * free)


def test_the_same_seed_gives_the_same_sequences_however_many_are_drawn() -> None:
    asked = {"settings": SamplingSettings(1.3), "max_length": 6, "alpha": 0.75}
    ten = sample(Random(6), 4, count=10, seed=3, **asked)
    assert sample(Random(6), 4, count=10, seed=3, **asked) == ten
    assert sample(Random(6), 4, count=4, seed=3, **asked) == ten[:4]
    assert sample(Random(6), 4, count=10, seed=4, **asked) != ten


def test_numbers_are_the_scorers_own_and_only_what_ended_is_finished() -> None:
    drawn = sample(
        Random(5), 1, count=60, settings=SamplingSettings(3.0), seed=0, max_length=4, alpha=0.5
    )
    assert {found.finished for found in drawn} == {True, False}
    for found in drawn:
        tokens = (*found.tokens, END) if found.finished else found.tokens
        assert len(tokens) == 4 or found.finished
        assert found.log_prob == pytest.approx(log_prob(Random(5), 1, tokens))
        assert found.score == pytest.approx(found.log_prob / len(tokens) ** 0.5)


def test_one_token_to_draw_from_is_greedy_search() -> None:
    greedy = decode(Random(7), 2, "greedy", max_length=8).n_best[0]
    for chances in (
        SamplingSettings(top_k=1),
        SamplingSettings(top_p=1e-9),
        SamplingSettings(1e-3),
    ):
        (found,) = sample(Random(7), 2, count=1, settings=chances, seed=1, max_length=8, alpha=0.75)
        assert found.tokens == greedy.tokens
        assert found.score == pytest.approx(greedy.score)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"temperature": 0}, "greater than 0, not 0"),
        ({"temperature": -1}, "not -1"),
        ({"temperature": math.nan}, "not nan"),
        ({"top_k": 0}, "at least one token"),
        ({"top_p": 0}, "not 0"),
        ({"top_p": 1.5}, "not 1.5"),
        ({"top_p": math.nan}, "not nan"),
    ],
)
def test_impossible_chances_are_refused(options: dict, part: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        SamplingSettings(**options)
    assert part in str(refused.value)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"count": 0}, "between 1 and 1000, not 0"),
        ({"count": 10_000}, "not 10000"),
        ({"max_length": 0}, "tokens, not 0"),
        ({"alpha": -1}, "between 0 and 10, not -1"),
    ],
)
def test_impossible_samples_are_refused(options: dict, part: str) -> None:
    asked = {"count": 1, "settings": SamplingSettings(), "seed": 0, "max_length": 3, **options}
    with pytest.raises(ExplorerError) as refused:
        sample(BOOK, None, **asked)
    assert part in str(refused.value)


class Broken(Random):
    def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
        log_probs, after = super().step(state, tokens)
        log_probs[tokens == 2, 1] = math.nan
        return log_probs, after


def test_a_scorer_that_gives_no_number_is_refused_with_the_prefix() -> None:
    with pytest.raises(ExplorerError, match="NaN") as refused:
        sample(Broken(4), 1, count=50, settings=SamplingSettings(), seed=0, max_length=4)
    assert str(refused.value.values["prefix"]).split()[-1] == "2"
