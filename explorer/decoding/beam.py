"""Beam search over many sources at once.

At every step the best ``width`` continuations of a source's prefixes are found. Those that end
are finished and leave the beam, and the best ``width`` that do not end go on. The search for a
source stops by its stopping rule, at its greatest length, or where no continuation is allowed. If
nothing was finished by then, the best prefix that was reached is the answer, unfinished. Width 1 is
greedy search. Source: *Dive into Deep Learning*, section 9.8.

Whoever wants more than what was found watches: every step is shown as a `BeamStep`, with what the
search decided in it. `traced_beam` is this loop with one source, whose steps are written as a tree.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.ranking import STEEPEST
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.top import top_sums
from explorer.errors import ExplorerError

Source = TypeVar("Source")

Stopping = Literal["first k", "nothing can win", "greatest length"]
"""When the search for a source stops: once ``width`` hypotheses are finished; once one is, and no
prefix of the beam can still become better than the best of them (see `ranking`); or only at its
greatest length. All of them stop where nothing may come any more."""


@dataclass(frozen=True)
class BeamStep:
    """One step of a search: the best C candidates of each of B sources, the best first.

    Args:
        totals: Of their tokens' log-probabilities; −inf where there is no candidate.
        log_probs: Of their last tokens alone.
        parents: The rows of the beam that they continue.
        tokens: Their last tokens.
        ends: Whether they end.
        finished: Whether they are finished hypotheses: they end, and are among the best ``width``.
        going: The candidates that the beam holds next: the first that do not end, and where these
            are fewer than its rows, others, which are no prefixes.
        scored: The log-probability of each of V tokens after each of R rows of the beam.
    """

    totals: NDArray[np.floating]  # (B, C)
    log_probs: NDArray[np.floating]  # (B, C)
    parents: NDArray[np.int64]  # (B, C)
    tokens: NDArray[np.int64]  # (B, C)
    ends: NDArray[np.bool_]  # (B, C)
    finished: NDArray[np.bool_]  # (B, C)
    going: NDArray[np.int64]  # (B, R')
    scored: Tensor  # (B, R, V)


Watch = Callable[[BeamStep], None]


@dataclass(frozen=True)
class Rules:
    """How every source is searched."""

    width: int
    alpha: float
    stopping: Stopping


@dataclass(frozen=True)
class _Beam(Generic[S]):
    """The prefixes that go on: R of each of the B sources that are still searched."""

    places: list[int]  # where these sources stand in the call
    state: S  # of B · R prefixes
    tokens: NDArray[np.int64]  # (B, R, T), the first of them the one that begins
    log_probs: NDArray[np.floating]  # (B, R); −inf in a row that is no prefix


@torch.inference_mode()
def beam_search(
    scorer: Scorer[Source, S],
    sources: Sequence[Source],
    *,
    width: int,
    lengths: Sequence[int],
    alpha: float = 0.0,
    stopping: Stopping = "first k",
    watch: Watch | None = None,
    spare: int = 0,
) -> tuple[tuple[Hypothesis, ...], ...]:
    """The best hypotheses for each source, the best first, at least one and at most ``width``.

    The result for a source does not depend on the others.

    Args:
        scorer: Gives the probabilities.
        sources: What is decoded.
        width: k, prefixes kept for each source.
        lengths: The greatest number of tokens for each source, at least 1, the ending one included.
        alpha: The exponent of the length that log-probabilities are divided by; 0 ranks by the
            plain sum. Log-probabilities being negative, more of it favours long hypotheses.
        stopping: When the search for a source stops.
        watch: Shown every step, if given.
        spare: How many candidates more than the 2k that decide are shown.

    Raises:
        ExplorerError: The width is below 1, or alpha not within 0 … `STEEPEST`.
    """
    if width < 1 or not 0 <= alpha <= STEEPEST:
        raise ExplorerError(
            "The beam width must be at least 1 and alpha between 0 and {most}, not {width} "
            "and {alpha}.",
            most=STEEPEST,
            width=width,
            alpha=alpha,
        )
    rules = Rules(width, alpha, stopping)
    found: list[list[Hypothesis]] = [[] for _ in sources]
    beam = _start(scorer, sources) if sources else None
    while beam is not None:
        step, state = _expand(scorer, beam, width=width, spare=spare)
        if watch:
            watch(step)
        _finish(beam, step, found, rules)
        beam = _still_searched(beam, _consume(beam, step, state), found, lengths, rules)
    return tuple(tuple(sorted(some, key=lambda h: -h.score)[:width]) for some in found)


def _start(scorer: Scorer[Source, S], sources: Sequence[Source]) -> _Beam[S]:
    begun = np.full((len(sources), 1, 1), scorer.begin, np.int64)
    places = list(range(len(sources)))
    return _Beam(places, scorer.start(sources), begun, np.zeros((len(sources), 1), np.float32))


def _expand(
    scorer: Scorer[Source, S], beam: _Beam[S], *, width: int, spare: int
) -> tuple[BeamStep, S]:
    """The best continuations, and the state that all prefixes of the beam have been read into."""
    B, R = beam.log_probs.shape
    last = torch.from_numpy(beam.tokens[:, :, -1].ravel())  # (B · R,)
    given, state = scorer.step(beam.state, last)  # (B · R, V)
    V = given.shape[1]
    log_probs = given.cpu().view(B, R, V)
    count = min(2 * width + spare, R * V)  # at most R ≤ k of them end
    sums, places = top_sums(log_probs, torch.from_numpy(beam.log_probs), count)  # (B, C)
    own = log_probs.flatten(1).gather(1, places).numpy()
    parents, tokens = np.divmod(places.numpy(), V)
    totals, ends = sums.numpy(), tokens == scorer.end
    finished = ends & np.isfinite(totals)
    finished[:, width:] = False
    going = ends.argsort(1, kind="stable")[:, : min(width, R * (V - 1))]
    return BeamStep(totals, own, parents, tokens, ends, finished, going, log_probs), state


def _consume(beam: _Beam[S], step: BeamStep, state: S) -> _Beam[S]:
    """The beam one token longer."""
    (B, R), (_, C) = beam.log_probs.shape, step.ends.shape
    sources = np.arange(B)[:, None]
    going = step.going + sources * C  # (B, R')
    totals = step.totals.take(going)
    totals[step.ends.take(going)] = -math.inf
    rows = sources * R + step.parents.take(going)
    read = beam.tokens.reshape(B * R, -1).take(rows, 0)  # (B, R', T)
    return _Beam(
        beam.places,
        state.select(torch.from_numpy(rows.ravel())),
        np.concatenate([read, step.tokens.take(going)[:, :, None]], -1),
        totals,
    )


def _finish(beam: _Beam[S], step: BeamStep, found: list[list[Hypothesis]], rules: Rules) -> None:
    """Add the hypotheses that this step finished to what was found."""
    for b, c in zip(*(places.tolist() for places in step.finished.nonzero()), strict=True):
        total = float(step.totals[b, c])
        tokens = beam.tokens[b, step.parents[b, c], 1:].tolist()
        score = total / (len(tokens) + 1) ** rules.alpha
        found[beam.places[b]].append(Hypothesis(tuple(tokens), total, score, True))


def _still_searched(
    before: _Beam[S],
    beam: _Beam[S],
    found: list[list[Hypothesis]],
    lengths: Sequence[int],
    rules: Rules,
) -> _Beam[S] | None:
    """The part of the beam whose sources are still searched, if there is any.

    Where nothing was finished, the answer is the best prefix; ``before`` is the beam that still had
    one, where no continuation is allowed.
    """
    _, R, T = beam.tokens.shape
    totals = beam.log_probs.max(1, initial=-math.inf).tolist()
    searched = []
    for b, place in enumerate(beam.places):
        longest = lengths[place]
        over = totals[b] == -math.inf or longest < T
        if not over and not _stops(found[place], totals[b] / longest**rules.alpha, rules):
            searched.append(b)
        elif not found[place]:
            reached = before if totals[b] == -math.inf else beam
            found[place].append(_reached(reached, b, alpha=rules.alpha))
    if len(searched) in (0, len(beam.places)):
        return beam if searched else None
    rows = torch.from_numpy((np.array(searched)[:, None] * R + np.arange(R)).ravel())
    places = [beam.places[b] for b in searched]
    return _Beam(places, beam.state.select(rows), beam.tokens[searched], beam.log_probs[searched])


def _stops(found: list[Hypothesis], bound: float, rules: Rules) -> bool:
    """Whether the rule stops a search that could still become as good as ``bound``."""
    if rules.stopping == "greatest length":
        return False
    if rules.stopping == "first k":
        return len(found) >= rules.width
    return any(hypothesis.score >= bound for hypothesis in found)


def _reached(beam: _Beam[S], b: int, *, alpha: float) -> Hypothesis:
    """The best prefix of a source that nothing was finished for."""
    row = beam.log_probs[b].argmax()
    tokens, log_prob = beam.tokens[b, row, 1:].tolist(), float(beam.log_probs[b, row])
    return Hypothesis(tuple(tokens), log_prob, log_prob / max(1, len(tokens)) ** alpha, False)
