"""Beam search over many sources at once. Knows nothing of models and words.

At every step the best ``width`` continuations of a source's prefixes are found. Those that end
are finished and leave the beam, and the best ``width`` that do not end go on. The search for a
source stops by its stopping rule, or at its greatest length. Width 1 is greedy search. Source:
*Dive into Deep Learning*, section 9.8.

Whoever wants more than what was found watches: every step is shown as a `Look`. A recorded search
(`recorded.py`) is this loop with one source, watched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import torch
from torch import Tensor

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.scorer import S, Scorer
from explorer.decoding.top import top
from explorer.errors import ExplorerError

Source = TypeVar("Source")

Stopping = Literal["first k", "nothing can win"]
"""When the search for a source stops: once ``width`` hypotheses are finished; or once one is, and
no prefix of the beam can still become better than the best of them (see `ranking`)."""


@dataclass(frozen=True)
class Look:
    """What one step looked at: the best C candidates of each of B sources, the best first.

    Args:
        totals: Of their tokens' log-probabilities; −inf where there is no candidate.
        log_probs: Of their last tokens alone.
        parents: The rows of the beam that they continue.
        tokens: Their last tokens.
        order: The candidates that go on, R' of them; those among them that end do not.
        prefixes: R, rows of the beam for each source.
        vocabulary: V, tokens that were scored for each of them.
    """

    totals: Tensor  # (B, C)
    log_probs: Tensor  # (B, C)
    parents: Tensor  # (B, C)
    tokens: Tensor  # (B, C)
    order: Tensor  # (B, R')
    prefixes: int
    vocabulary: int


Watch = Callable[[Look], None]


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
    tokens: Tensor  # (B, R, T), the first of them the one that begins
    log_probs: Tensor  # (B, R); −inf in a row that is no prefix


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
        ExplorerError: The width is below 1 or alpha below 0.
    """
    if width < 1 or alpha < 0:
        raise ExplorerError(
            "A beam has a width of at least 1 and an alpha of at least 0; not {width} and {alpha}.",
            width=width,
            alpha=alpha,
        )
    rules = Rules(width, alpha, stopping)
    found: list[list[Hypothesis]] = [[] for _ in sources]
    beam = _start(scorer, sources) if sources else None
    while beam is not None:
        look, state = _look(scorer, beam, width=width, spare=spare)
        if watch:
            watch(look)
        _finish(scorer.end, beam, look, found, rules)
        beam = _going_on(_grown(scorer.end, beam, look, state), found, lengths, rules)
    return tuple(tuple(sorted(some, key=lambda h: -h.score)[:width]) for some in found)


def _start(scorer: Scorer[Source, S], sources: Sequence[Source]) -> _Beam[S]:
    begun = torch.full((len(sources), 1, 1), scorer.begin)
    places = list(range(len(sources)))
    return _Beam(places, scorer.start(sources), begun, torch.zeros(len(sources), 1))


def _look(scorer: Scorer[Source, S], beam: _Beam[S], *, width: int, spare: int) -> tuple[Look, S]:
    """The best continuations, and the state that all prefixes of the beam have been read into."""
    B, R = beam.log_probs.shape
    log_probs, state = scorer.step(beam.state, beam.tokens[:, :, -1].flatten())  # (B · R, V)
    V = log_probs.shape[1]
    C = min(2 * width + spare, R * V)  # at most R ≤ k of them end
    own, tokens = top(log_probs.cpu(), min(C, V))  # (B · R, C'): none but a row's best C can count
    totals = (beam.log_probs.view(-1, 1) + own).view(B, -1)  # (B, R · C')
    best, places = totals.topk(C)  # (B, C)
    parents = places // own.shape[1]
    own, tokens = (kind.view(B, -1).gather(1, places) for kind in (own, tokens))
    order = (tokens == scorer.end).long().argsort(stable=True)[:, : min(width, R * (V - 1))]
    return Look(best, own, parents, tokens, order, R, V), state


def _grown(end: int, beam: _Beam[S], look: Look, state: S) -> _Beam[S]:
    """The beam one token longer."""
    B, R = beam.log_probs.shape
    parents = torch.arange(B)[:, None] * R + look.parents.gather(1, look.order)  # (B, R')
    last = look.tokens.gather(1, look.order)
    totals = look.totals.gather(1, look.order)
    return _Beam(
        beam.places,
        state.select(parents.flatten()),
        torch.cat([beam.tokens.flatten(0, 1)[parents], last[:, :, None]], -1),
        totals.masked_fill(last == end, -torch.inf),
    )


def _finish(
    end: int, beam: _Beam[S], look: Look, found: list[list[Hypothesis]], rules: Rules
) -> None:
    """Add the candidates that end among the best ``width`` to what was found."""
    ends = (look.tokens == end) & look.totals.isfinite()
    for b, c in ends[:, : rules.width].nonzero().tolist():
        tokens = beam.tokens[b, look.parents[b, c], 1:].tolist()
        total = look.totals[b, c].item()
        score = total / (len(tokens) + 1) ** rules.alpha
        found[beam.places[b]].append(Hypothesis(tuple(tokens), total, score, True))


def _going_on(
    beam: _Beam[S], found: list[list[Hypothesis]], lengths: Sequence[int], rules: Rules
) -> _Beam[S] | None:
    """The part of the beam whose sources are still searched, if there is any."""
    _, R, T = beam.tokens.shape
    totals = [max(row, default=-torch.inf) for row in beam.log_probs.tolist()]
    searched = []
    for b, place in enumerate(beam.places):
        longest = lengths[place]
        over = totals[b] == -torch.inf or longest < T
        if not over and not _stops(found[place], totals[b] / longest**rules.alpha, rules):
            searched.append(b)
        elif not found[place]:
            found[place].append(_cut(beam, b, alpha=rules.alpha))
    if len(searched) in (0, len(beam.places)):
        return beam if searched else None
    kept = torch.tensor(searched)
    rows = (kept[:, None] * R + torch.arange(R)).flatten()
    places = [beam.places[b] for b in searched]
    return _Beam(places, beam.state.select(rows), beam.tokens[kept], beam.log_probs[kept])


def _stops(found: list[Hypothesis], bound: float, rules: Rules) -> bool:
    """Whether the rule stops a search that could still become as good as ``bound``."""
    if rules.stopping == "first k":
        return len(found) >= rules.width
    return any(hypothesis.score >= bound for hypothesis in found)


def _cut(beam: _Beam[S], b: int, *, alpha: float) -> Hypothesis:
    """The best prefix of a source that nothing was finished for."""
    row = beam.log_probs[b].argmax()
    tokens, log_prob = beam.tokens[b, row, 1:].tolist(), beam.log_probs[b, row].item()
    return Hypothesis(tuple(tokens), log_prob, log_prob / len(tokens) ** alpha, False)
