"""Sampling: sequences drawn by chance instead of searched for.

Each next token is drawn from the scorer's distribution, made sharper or flatter by a temperature
and cut down to its likeliest tokens: the best k (Fan et al., *Hierarchical neural story
generation*, 2018), or the fewest that hold the share p of it (the nucleus; Holtzman et al., *The
curious case of neural text degeneration*, 2020).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import check
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.validating import Validating
from explorer.errors import ExplorerError

Source = TypeVar("Source")

MOST = 1000
"""Sequences that are drawn at once."""


@dataclass(frozen=True)
class SamplingSettings:
    """How the next token is drawn.

    Args:
        temperature: Log-probabilities are divided by it: below 1 the likely become likelier.
        top_k: Only so many of the likeliest tokens may come; all, if it is None.
        top_p: Only the fewest of the likeliest that together hold this share may come; what is
            cut off by ``top_k`` is gone before.

    Raises:
        ExplorerError: A value is none that it can have.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.temperature < math.inf:
            raise ExplorerError(
                "The temperature must be greater than 0, not {temperature}.",
                temperature=self.temperature,
            )
        if self.top_k is not None and self.top_k < 1:
            raise ExplorerError(
                "Top-k sampling needs at least one token to draw from, not {top_k}.",
                top_k=self.top_k,
            )
        if not 0 < self.top_p <= 1:
            raise ExplorerError(
                "The probability p of nucleus sampling must be greater than 0 and at most 1, not "
                "{top_p}.",
                top_p=self.top_p,
            )

    def of(self, log_probs: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probabilities with which tokens are drawn, (N, V), of log-probabilities (N, V)."""
        p = _shares(log_probs / self.temperature)
        if self.top_k is not None and self.top_k < p.shape[1]:
            least = -np.partition(-p, self.top_k - 1, 1)[:, self.top_k - 1]  # (N,)
            p = np.where(p >= least[:, None], p, 0)  # tokens as likely as the k-th remain, too
            p /= p.sum(1, keepdims=True)
        if self.top_p < 1:
            order = np.argsort(-p, 1, kind="stable")
            sorted_p = np.take_along_axis(p, order, 1)
            before = np.cumsum(sorted_p, 1) - sorted_p  # of the likelier ones
            sorted_p[before >= self.top_p] = 0
            p = np.zeros_like(p)
            np.put_along_axis(p, order, sorted_p / sorted_p.sum(1, keepdims=True), 1)
        return p


@torch.inference_mode()
def sample(
    scorer: Scorer[Source, S],
    source: Source,
    *,
    count: int,
    settings: SamplingSettings,
    seed: int,
    max_length: int,
    alpha: float = 0.0,
) -> tuple[Hypothesis, ...]:
    """Sequences drawn by chance, in the order of drawing.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded.
        count: How many; each is the same however many are drawn with it.
        settings: How the next token is drawn.
        seed: The same one gives the same sequences.
        max_length: The most tokens, the ending one included; what has not ended then is cut.
        alpha: The exponent of the length that totals are divided by.

    Returns:
        Their log-probabilities and scores are the scorer's own, whatever the settings are.

    Raises:
        ExplorerError: A value is none that it can have, or the scorer gives NaN or a positive
            log-probability.
    """
    check(width=1, alpha=alpha, max_length=max_length)
    if not 1 <= count <= MOST:
        raise ExplorerError(
            "The number of sequences to draw must be between 1 and {most}, not {count}.",
            most=MOST,
            count=count,
        )
    luck = np.random.default_rng(seed).random((count, max_length))  # a row a sequence
    tokens, totals, lengths = _draw(Validating(scorer), source, settings, luck)
    return tuple(
        _hypothesis(row[:length], float(total), scorer.end, alpha)
        for row, total, length in zip(tokens, totals, lengths.tolist(), strict=True)
    )


def _draw(
    scorer: Scorer[Source, S], source: Source, settings: SamplingSettings, luck: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Tokens (N, T), their total log-probability (N,) and how many there are (N,), by luck (N, T).

    All sequences that have not ended are read on together.
    """
    count = len(luck)
    tokens = np.full(luck.shape, scorer.end)
    totals, lengths = np.zeros(count), np.zeros(count, np.int64)
    going, last = np.arange(count), np.full(count, scorer.begin)
    state = scorer.start([source] * count)
    for step in range(luck.shape[1]):
        given, after = scorer.step(state, torch.from_numpy(last))
        log_probs = given.cpu().double().numpy()  # (G, V)
        rows = np.flatnonzero(np.isfinite(log_probs).any(1))  # without those at a dead end
        going, log_probs = going[rows], log_probs[rows]
        drawn = _drawn(settings.of(log_probs), luck[going, step])  # (G,)
        tokens[going, step] = drawn
        totals[going] += log_probs[np.arange(len(going)), drawn]
        lengths[going] += 1
        goes = drawn != scorer.end
        going, last = going[goes], drawn[goes]
        if not len(going):
            break
        state = after.select(torch.from_numpy(rows[goes]))
    return tokens, totals, lengths


def _hypothesis(tokens: NDArray[np.int64], total: float, end: int, alpha: float) -> Hypothesis:
    finished = end in tokens[-1:]
    words: Sequence[int] = tokens[:-1].tolist() if finished else tokens.tolist()
    return Hypothesis(tuple(words), total, total / max(1, len(tokens)) ** alpha, finished)


def _drawn(p: NDArray[np.float64], luck: NDArray[np.float64]) -> NDArray[np.int64]:
    """The first token whose cumulative probability is above the luck, (N,), of p (N, V)."""
    heights = np.cumsum(p, 1)
    drawn: NDArray[np.int64] = (heights > (luck * heights[:, -1])[:, None]).argmax(1)
    return drawn


def _shares(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The softmax, (N, V)."""
    p = np.exp(logits - logits.max(1, keepdims=True))
    shares: NDArray[np.float64] = p / p.sum(1, keepdims=True)
    return shares
