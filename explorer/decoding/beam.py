"""Beam search over many sources at once. Knows nothing of models and words.

At every step the best ``width`` continuations of a source's prefixes are found. Those that end
are finished and leave the beam, and the best ``width`` that do not end go on. The search for a
source stops when ``width`` hypotheses are finished, or at its greatest length. Width 1 is greedy
search. Source: *Dive into Deep Learning*, section 9.8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor

from explorer.decoding.scorer import S, Scorer
from explorer.errors import ExplorerError

Source = TypeVar("Source")


@dataclass(frozen=True)
class Hypothesis:
    """A sequence that a search found.

    Args:
        tokens: Its tokens, without the one that ends it.
        log_prob: The sum of the log-probabilities of all its tokens, the ending one included.
        score: log_prob / Lᵅ, L counting the ending token: what hypotheses are ranked by.
        finished: Whether it ended by itself; if not, it was cut at the greatest length.
    """

    tokens: tuple[int, ...]
    log_prob: float
    score: float
    finished: bool


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

    Raises:
        ExplorerError: The width is below 1 or alpha below 0.
    """
    if width < 1 or alpha < 0:
        raise ExplorerError(
            "A beam has a width of at least 1 and an alpha of at least 0; not {width} and {alpha}.",
            width=width,
            alpha=alpha,
        )
    found: list[list[Hypothesis]] = [[] for _ in sources]
    beam = _start(scorer, sources) if sources else None
    while beam is not None:
        beam = _grown(scorer, beam, found, width=width, alpha=alpha)
        beam = _going_on(beam, found, width=width, lengths=lengths, alpha=alpha)
    return tuple(tuple(sorted(some, key=lambda h: -h.score)[:width]) for some in found)


def _start(scorer: Scorer[Source, S], sources: Sequence[Source]) -> _Beam[S]:
    begun = torch.full((len(sources), 1, 1), scorer.begin)
    places = list(range(len(sources)))
    return _Beam(places, scorer.start(sources), begun, torch.zeros(len(sources), 1))


def _grown(
    scorer: Scorer[Source, S],
    beam: _Beam[S],
    found: list[list[Hypothesis]],
    *,
    width: int,
    alpha: float,
) -> _Beam[S]:
    """The beam one token longer; what ended among the best is added to ``found``."""
    B, R = beam.log_probs.shape
    log_probs, state = scorer.step(beam.state, beam.tokens[:, :, -1].flatten())  # (B · R, V)
    V = log_probs.shape[1]
    sums = (beam.log_probs.view(-1, 1) + log_probs.cpu()).view(B, R * V)
    best, places = sums.topk(min(2 * width, R * V))  # (B, C): at most R ≤ width of them end
    ends = places % V == scorer.end
    _finish(beam, found, best[:, :width], places[:, :width] // V, ends[:, :width], alpha=alpha)
    order = ends.long().argsort(stable=True)[:, : min(width, R * (V - 1))]  # (B, R')
    kept = places.gather(1, order)
    rows = torch.arange(B)[:, None] * R + kept // V
    return _Beam(
        beam.places,
        state.select(rows.flatten()),
        torch.cat([beam.tokens.flatten(0, 1)[rows], (kept % V)[:, :, None]], -1),
        best.masked_fill(ends, -torch.inf).gather(1, order),
    )


def _finish(
    beam: _Beam[S],
    found: list[list[Hypothesis]],
    best: Tensor,  # (B, C) log-probabilities of the candidates
    parents: Tensor,  # (B, C) the rows that they continue
    ends: Tensor,  # (B, C) whether they end
    *,
    alpha: float,
) -> None:
    """Add the candidates that end to what was found."""
    for b, c in (ends & best.isfinite()).nonzero().tolist():
        tokens = beam.tokens[b, parents[b, c], 1:].tolist()
        score = best[b, c].item() / (len(tokens) + 1) ** alpha
        found[beam.places[b]].append(Hypothesis(tuple(tokens), best[b, c].item(), score, True))


def _going_on(
    beam: _Beam[S],
    found: list[list[Hypothesis]],
    *,
    width: int,
    lengths: Sequence[int],
    alpha: float,
) -> _Beam[S] | None:
    """The part of the beam whose sources are still searched, if there is any."""
    _, R, T = beam.tokens.shape
    alive = beam.log_probs.isfinite().any(1).tolist()
    searched = []
    for b, place in enumerate(beam.places):
        if alive[b] and lengths[place] >= T and len(found[place]) < width:
            searched.append(b)
        elif not found[place]:
            found[place].append(_cut(beam, b, alpha=alpha))
    if not searched:
        return None
    kept = torch.tensor(searched)
    rows = (kept[:, None] * R + torch.arange(R)).flatten()
    places = [beam.places[b] for b in searched]
    return _Beam(places, beam.state.select(rows), beam.tokens[kept], beam.log_probs[kept])


def _cut(beam: _Beam[S], b: int, *, alpha: float) -> Hypothesis:
    """The best prefix of a source that nothing was finished for."""
    row = beam.log_probs[b].argmax()
    tokens, log_prob = beam.tokens[b, row, 1:].tolist(), beam.log_probs[b, row].item()
    return Hypothesis(tuple(tokens), log_prob, log_prob / len(tokens) ** alpha, False)
