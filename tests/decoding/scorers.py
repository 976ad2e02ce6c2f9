"""Scorers for the tests: random ones of a few tokens, decided by the source and the prefix."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from torch import Tensor

END = 0
BEGIN = 7


@dataclass(frozen=True)
class Hashed:
    """The state of N prefixes: a number for each."""

    numbers: np.ndarray  # (N,) uint64

    def select(self, rows: Tensor) -> "Hashed":
        return Hashed(self.numbers[rows.numpy()])

    def joined(self, others: Sequence["Hashed"]) -> "Hashed":
        return Hashed(np.concatenate([self.numbers, *(other.numbers for other in others)]))


def mixed(numbers: np.ndarray) -> np.ndarray:
    """Well-mixed 64-bit numbers (the finaliser of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@dataclass(frozen=True)
class Random:
    """Random probabilities of ``size`` tokens in float64; ``spread`` says how uneven they are."""

    size: int
    spread: float = 2.0
    begin: int = BEGIN
    end: int = END

    def start(self, sources: Sequence[int]) -> Hashed:
        return Hashed(mixed(np.array(sources, np.uint64) + np.uint64(1)))

    def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
        read = mixed(state.numbers * np.uint64(31) + tokens.numpy().astype(np.uint64))
        return self.log_probs(read), Hashed(read)

    def log_probs(self, read: np.ndarray) -> Tensor:
        bits = mixed(read[:, None] + np.arange(1, self.size + 1, dtype=np.uint64))
        uniform = (bits >> np.uint64(11)) / 2**53
        return torch.from_numpy(self.spread * np.log(uniform + 1e-12)).log_softmax(-1)


def log_prob(scorer: Random, source: int, tokens: Sequence[int]) -> float:
    """The sum over the tokens, each given those before it."""
    state, total, last = scorer.start([source]), 0.0, scorer.begin
    for token in tokens:
        log_probs, state = scorer.step(state, torch.tensor([last]))
        total, last = total + log_probs[0, token].item(), token
    return total


def every_score(
    scorer: Random, source: int, *, longest: int, alpha: float
) -> dict[tuple[int, ...], float]:
    """Every sequence that ends within ``longest`` tokens, without its end, with its score."""
    others = [token for token in range(scorer.size) if token != END]
    return {
        tokens: log_prob(scorer, source, (*tokens, END)) / (length + 1) ** alpha
        for length in range(longest)
        for tokens in product(others, repeat=length)
    }
