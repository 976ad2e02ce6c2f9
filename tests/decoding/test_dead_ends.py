"""Where no continuation is allowed, a search returns the prefix that it reached, unfinished."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from explorer.decoding.beam import beam_search
from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.sampling import SamplingSettings, sample
from explorer.decoding.traced_beam import beam
from tests.decoding.scorers import END, Random, log_prob, mixed

SOURCES = st.integers(0, 10**6)


@dataclass(frozen=True)
class Holes(Random):
    """A scorer of which many tokens may not come; after some prefixes none may."""

    allowed: float = 0.4

    def log_probs(self, read: np.ndarray) -> Tensor:
        bits = mixed(read[:, None] + np.arange(101, self.size + 101, dtype=np.uint64))
        barred = torch.from_numpy((bits >> np.uint64(11)) / 2**53 > self.allowed)
        return super().log_probs(read).masked_fill(barred, -torch.inf)


@dataclass(frozen=True)
class Endless(Holes):
    """The same; it never ends a sequence."""

    def log_probs(self, read: np.ndarray) -> Tensor:
        return super().log_probs(read).index_fill(1, torch.tensor([END]), -torch.inf)


def furthest(scorer: Random, source: int, longest: int) -> tuple[tuple[int, ...], float]:
    """The likeliest of the longest prefixes that may come, by brute force."""
    level: dict[tuple[int, ...], float] = {(): 0.0}
    while True:
        grown = {
            (*tokens, token): log_prob(scorer, source, (*tokens, token))
            for tokens in level
            for token in range(scorer.size)
        }
        grown = {tokens: total for tokens, total in grown.items() if total > -math.inf}
        if not grown or len(next(iter(level))) == longest:
            return max(level.items(), key=lambda item: item[1])
        level = grown


@settings(max_examples=100, deadline=None)
@given(SOURCES, st.integers(2, 4), st.integers(1, 4), st.sampled_from([0.0, 0.75]))
def test_every_search_returns_the_best_of_the_longest_prefixes(
    source: int, size: int, longest: int, alpha: float
) -> None:
    scorer = Endless(size)
    tokens, total = furthest(scorer, source, longest)
    asked = {"max_length": longest, "alpha": alpha}
    trees = [
        beam(scorer, source, width=size**longest, **asked),
        decode(scorer, source, "exhaustive", **asked),
        exact(scorer, source, width=size**longest, **asked),
    ]
    for tree in trees:
        (best,) = tree.n_best
        assert best.tokens == tokens
        assert best.log_prob == pytest.approx(total, abs=1e-5)
        assert best.score == pytest.approx(total / max(1, len(tokens)) ** alpha, abs=1e-5)
        assert not best.finished
        assert not tree.proved_optimal
        assert tree.unfinished == ("length" if len(tokens) == longest else "dead end")
        assert tree[tree.best].fate == "best"
    assert trees[0].stopped == ("greatest length" if len(tokens) == longest else "nothing left")


@settings(max_examples=100, deadline=None)
@given(SOURCES, st.integers(1, 4), st.integers(1, 6))
def test_a_recorded_search_finds_what_the_loop_finds(source: int, width: int, longest: int) -> None:
    scorer = Holes(4)
    (plain,) = beam_search(scorer, [source], width=width, lengths=[longest], alpha=0.5)
    tree = beam(scorer, source, width=width, max_length=longest, alpha=0.5)
    for ours, theirs in zip(tree.n_best, plain, strict=True):
        assert (ours.tokens, ours.finished) == (theirs.tokens, theirs.finished)
        assert ours.score == pytest.approx(theirs.score)
    path = tree.n_best[0].tokens
    assert tree.n_best[0].log_prob > -math.inf
    assert log_prob(scorer, source, path) > -math.inf


@settings(max_examples=50, deadline=None)
@given(SOURCES, st.integers(1, 6))
def test_what_is_drawn_stops_at_a_dead_end(source: int, longest: int) -> None:
    scorer = Holes(4)
    drawn = sample(
        scorer,
        source,
        count=20,
        settings=SamplingSettings(top_k=2, top_p=0.9),
        seed=0,
        max_length=longest,
    )
    for one in drawn:
        tokens = (*one.tokens, *([END] if one.finished else []))
        assert one.log_prob == pytest.approx(log_prob(scorer, source, tokens))
        if not one.finished and len(one.tokens) < longest:
            assert all(
                log_prob(scorer, source, (*one.tokens, token)) == -math.inf for token in range(4)
            )


def test_a_start_without_continuations_is_the_empty_prefix() -> None:
    for strategy in ("greedy", "beam", "exhaustive", "exact"):
        tree = decode(Holes(4, allowed=0.0), 1, strategy, max_length=5)
        (best,) = tree.n_best
        assert (best.tokens, best.log_prob, best.score, best.finished) == ((), 0.0, 0.0, False)
        assert tree.unfinished == "dead end"
