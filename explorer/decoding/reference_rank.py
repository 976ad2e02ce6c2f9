"""A reference in a beam search: its rank at every step, and where it fell out of the beam."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.decoding.beam import BeamStep, Stopping, beam_search
from explorer.decoding.scorer import S, Scorer

Source = TypeVar("Source")


@dataclass(frozen=True)
class StepRank:
    """Where the sequence stood in one step of the search.

    Args:
        token: Its token of this step.
        log_prob: Of that token, given those before; nats.
        total: The sum up to here.
        rank: Its place among all candidates of the step by total, from 1. Once it has fallen out it
            is no candidate any more; then the place that it would have.
        cut: The total that was needed: to be finished if the token ends the sequence, to go on if
            it does not; −inf where there was room for all.
        kept: Whether it went on, or was finished.
    """

    token: int
    log_prob: float
    total: float
    rank: int
    cut: float
    kept: bool

    @property
    def below(self) -> float:
        """How far it was below the cut, nats; 0 if it was kept."""
        return 0.0 if self.kept else max(0.0, self.cut - self.total)


@dataclass(frozen=True)
class ReferenceRank:
    """A sequence in a beam search.

    Args:
        steps: Of each step that the search took and the sequence has.
        length: The sequence's tokens, the ending one included.
    """

    steps: tuple[StepRank, ...]
    length: int

    @property
    def fell(self) -> int | None:
        """The step, from 1, at which it fell out of the beam; None if it never did."""
        return next((n for n, step in enumerate(self.steps, 1) if not step.kept), None)

    @property
    def found(self) -> bool:
        """Whether the search finished it; else it fell out, or the search stopped before."""
        return self.fell is None and len(self.steps) == self.length


@torch.inference_mode()
def token_log_probs(
    scorer: Scorer[Source, S], source: Source, tokens: Sequence[int]
) -> tuple[float, ...]:
    """What a sequence's tokens are worth, one by one, each given those before it; nats.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded.
        tokens: Of the sequence, the ending one included.
    """
    state, found, last = scorer.start([source]), [], scorer.begin
    for token in tokens:
        given, state = scorer.step(state, torch.tensor([last]))  # (1, V)
        found.append(given[0, token].item())
        last = token
    return tuple(found)


def rank_reference(
    scorer: Scorer[Source, S],
    source: Source,
    tokens: Sequence[int],
    *,
    width: int,
    max_length: int,
    alpha: float = 0.0,
    stopping: Stopping = "first k",
) -> ReferenceRank:
    """A beam search, and where a sequence stood in it.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded.
        tokens: Of the sequence, without the one that ends it, which is ranked too.
        width: k of the beam.
        max_length: The greatest number of tokens of the search, the ending one included.
        alpha: The exponent of the length; it decides when nothing can win any more.
        stopping: When the search stops.

    Raises:
        ExplorerError: The width is below 1 or alpha below 0.
    """
    wanted = (*tokens, scorer.end)
    ranker = _Ranker(wanted, token_log_probs(scorer, source, wanted), width)
    beam_search(
        scorer,
        [source],
        width=width,
        lengths=[max_length],
        alpha=alpha,
        stopping=stopping,
        watch=ranker.rank,
    )
    return ReferenceRank(tuple(ranker.steps), len(wanted))


def kept_by(
    scorer: Scorer[Source, S], source: Source, tokens: Sequence[int], *, width: int, max_length: int
) -> bool:
    """Whether a beam that is searched to its greatest length finishes the sequence.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded.
        tokens: Of the sequence, without the one that ends it.
        width: k of the beam.
        max_length: The greatest number of tokens of the search, the ending one included.
    """
    return rank_reference(
        scorer, source, tokens, width=width, max_length=max_length, stopping="greatest length"
    ).found


def least_width(keeps: Callable[[int], bool], *, first: int, most: int) -> int | None:
    """A width that keeps something where one less does not; None if no width tried keeps it.

    It is found by trying: from ``first`` on twice as wide each time, then by halves. A wider beam
    does not always keep what a narrower one kept, so an even smaller one is not ruled out.

    Args:
        keeps: Whether a beam of this width keeps it.
        first: The width that is tried first.
        most: The widest that is tried.
    """
    below, width = 0, first
    while not keeps(width):
        if width >= most:
            return None
        below, width = width, min(2 * width, most)
    while width - below > 1:
        middle = (below + width) // 2
        below, width = (below, middle) if keeps(middle) else (middle, width)
    return width


class _Ranker:
    """What is known of the sequence, step by step, and of the R rows of the beam before each."""

    def __init__(self, wanted: Sequence[int], log_probs: Sequence[float], width: int) -> None:
        self.wanted, self.log_probs, self.width = wanted, log_probs, width
        self.row: int | None = 0  # of the beam, that holds the sequence so far
        self.totals: NDArray[np.floating] = np.zeros(1, np.float32)  # (R,)
        self.steps: list[StepRank] = []

    def rank(self, step: BeamStep) -> None:
        """Take one step of the search in."""
        totals, ends, going = step.totals[0], step.ends[0], step.going[0]  # (C,), (C,), (R',)
        next_row = None
        if len(self.steps) < len(self.wanted):
            token = self.wanted[len(self.steps)]
            ending = len(self.steps) + 1 == len(self.wanted)
            here = (step.parents[0] == self.row) & (step.tokens[0] == token) & np.isfinite(totals)
            kept = bool((here & step.finished[0] if ending else here[going]).any())
            next_row = int(here[going].argmax()) if kept and not ending else None
            cut = _cut(totals, ends, going, self.width, ending=ending)
            self._note(step, kept=kept, cut=cut)
        self.row = next_row
        self.totals = np.where(ends[going], -math.inf, totals[going])

    def _note(self, step: BeamStep, *, kept: bool, cut: float) -> None:
        place = len(self.steps)
        token, log_prob = self.wanted[place], self.log_probs[place]
        scored = step.scored[0].numpy()  # (R, V)
        sums = scored + self.totals[:, None].astype(scored.dtype)
        before = self.steps[-1].total if self.steps else 0.0
        own = before + log_prob if self.row is None else float(sums[self.row, token])
        rank = 1 + int((sums > own).sum())
        self.steps.append(StepRank(token, log_prob, own, rank, cut, kept))


def _cut(
    totals: NDArray[np.floating],
    ends: NDArray[np.bool_],
    goes: NDArray[np.int64],
    width: int,
    *,
    ending: bool,
) -> float:
    """The total that the last candidate had which was finished, or which went on."""
    came = np.isfinite(totals)
    if ending:
        return float(totals[width - 1]) if came.sum() >= width else -math.inf
    going = goes[~ends[goes] & came[goes]]
    return float(totals[going[-1]]) if len(going) == width else -math.inf
