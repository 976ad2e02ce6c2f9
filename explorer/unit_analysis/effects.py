"""What it costs to hold a unit at its mean: on which token, and beside units drawn at random."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.unit_analysis.corpus import Corpus
from explorer.unit_analysis.each import BATCH, Each
from explorer.unit_analysis.passages import Passage, in_batches
from explorer.unit_analysis.reader import Cost, Held, Reader
from explorer.unit_analysis.resampling import GROUPS, mean_intervals
from explorer.unit_analysis.series import Axes

Array = npt.NDArray[Any]

RANDOM = 20
"""Units drawn at random beside one that is held, of the same quantity, layer and direction: from
those that have no name, and where these are fewer, from the others that have one."""
PASSAGES = 64
"""Passages that effects are measured on at most, the first ones."""
_TO_CHOOSE = 32
"""Passages by which the token is chosen that an effect is told of, at most."""
_PAIRS = 6
"""One passage in so many is asked where it is sentence pairs, each of which is read by itself."""
_RARE = 0.002
"""A token that is a smaller share of the text is not asked what it costs."""
_FEW = 8
"""Nor one that stands there less often."""


@dataclass(frozen=True)
class Rises:
    """By how much tokens cost more with R units held; those of two texts add up.

    Attributes:
        totals: Bits, by group of passages and token, (R,) each; of all tokens under None.
        counts: How often each token was to be predicted, by group.
    """

    totals: Mapping[tuple[int, str | None], Array]
    counts: Mapping[tuple[int, str | None], int]

    def __add__(self, other: "Rises") -> "Rises":
        totals = dict(self.totals)
        for key, more in other.totals.items():
            totals[key] = totals[key] + more if key in totals else more
        return Rises(totals, Counter(self.counts) + Counter(other.counts))

    def of(self, token: str | None) -> tuple[Array, Array]:
        """Of one token the bits of each group, (groups, R), and how often it stands in each."""
        keys = sorted(key for key in self.counts if key[1] == token)
        return np.array([self.totals[key] for key in keys]), np.array(
            [self.counts[key] for key in keys]
        )

    def groups(self, token: str) -> int:
        """In how many groups of passages a token stands: in one alone it has no interval."""
        return sum(count > 0 for (_, one), count in self.counts.items() if one == token)

    def tokens(self) -> tuple[str, ...]:
        """Those that are frequent enough to be asked."""
        of: Counter[str | None] = Counter()
        for (_, token), count in self.counts.items():
            of[token] += count
        least = max(_FEW, _RARE * of[None])
        return tuple(sorted(token for token, n in of.items() if token is not None and n >= least))


@dataclass(frozen=True)
class Holding:
    """What a batch of passages is asked."""

    reader: Reader
    held: tuple[Held, ...]


def rises(shared: Holding, passages: Sequence[Passage]) -> Rises:
    """What one batch of passages says.

    Raises:
        ValueError: The reader knows no costs.
    """
    found: dict[int, list[Cost]] = {}
    for passage in passages:
        costs = shared.reader.costs([piece.content for piece in passage.pieces], shared.held)
        if costs is None:
            raise ValueError("the reader knows no costs")
        found.setdefault(passage.number % GROUPS, []).extend(costs)
    return reduce(add, (_rises(group, costs) for group, costs in found.items()))


def _rises(group: int, costs: Iterable[Cost]) -> Rises:
    totals: dict[tuple[int, str | None], Array] = {}
    counts: Counter[tuple[int, str | None]] = Counter()
    for cost in costs:
        rise = (cost.bits[1:] - cost.bits[:1]).astype(np.float64)  # (R, M)
        known = ~np.isnan(rise).any(axis=0)
        tokens = np.array(cost.tokens, dtype=object)
        for token in dict.fromkeys(cost.tokens):
            at = known & (tokens == token)
            totals[group, token] = totals.get((group, token), 0) + rise[:, at].sum(axis=1)
            counts[group, token] += int(at.sum())
        totals[group, None] = totals.get((group, None), 0) + rise[:, known].sum(axis=1)
        counts[group, None] += int(known.sum())
    return Rises(totals, counts)


@dataclass(frozen=True)
class Effect:
    """What holding one unit at its mean does, on text that nothing was chosen by.

    Attributes:
        series: The number of its series.
        token: The token that it costs most, chosen on other text.
        bits: By how much each such token costs more, bits.
        low: The lower end of its 95 % interval.
        high: The upper end.
        overall: By how much a token costs more, over all tokens.
        rank: 1 if no random unit costs that token as much.
        beside: What each of the random units costs it.
    """

    series: int
    token: str
    bits: float
    low: float
    high: float
    overall: float
    rank: int
    beside: tuple[float, ...]


def effects(
    reader: Reader,
    corpus: Corpus,
    series: Sequence[int],
    means: Array,
    axes: Axes,
    *,
    each: Each,
    seed: int,
) -> tuple[Effect, ...]:
    """What it costs to hold each of some series at its mean; nothing if no cost is known.

    Args:
        reader: The model.
        corpus: The token that is asked for is chosen by one part of it, its cost is measured on
            the other.
        series: Their numbers.
        means: Of all series, (S,).
        axes: Which series there are.
        each: Does the work.
        seed: Decides which units are drawn at random.
    """
    first = next(corpus.chosen_by())
    if not series or reader.costs([first.pieces[0].content], ()) is None:
        return ()
    beside = _random(series, axes, seed)
    numbers = tuple(dict.fromkeys([*series, *(one for some in beside.values() for one in some)]))
    held = tuple(Held(axes.places[n], float(means[n])) for n in numbers)
    share = _PAIRS if corpus.pairs and corpus.length is None else 1
    own = Holding(reader, held[: len(series)])
    chosen = _over(corpus.chosen_by(), _TO_CHOOSE // share, own, each)
    measured = _over(corpus.measured_on(), PASSAGES // share, Holding(reader, held), each)
    column = {number: place for place, number in enumerate(numbers)}
    others = {kind: [column[n] for n in some] for kind, some in beside.items()}
    return tuple(
        _effect(one, others[_kind(axes, one)], column[one], chosen, measured, seed=seed)
        for one in series
    )


def _over(passages: Iterator[Passage], most: int, shared: Holding, each: Each) -> Rises:
    return reduce(add, each(rises, shared, in_batches(islice(passages, most), BATCH)))


def _effect(
    series: int, beside: list[int], own: int, chosen: Rises, measured: Rises, *, seed: int
) -> Effect:
    spread = [token for token in chosen.tokens() if measured.groups(token) > 1]
    among = spread or chosen.tokens() or ("",)
    token = max(among, key=lambda one: _mean(chosen, one)[own])
    totals, counts = measured.of(token)
    all_totals, all_counts = measured.of(None)
    means = totals.sum(axis=0) / counts.sum() if len(counts) else np.full(own + 1, np.nan)
    bounds = mean_intervals(totals[:, [own]], counts[:, None], seed=seed)[0]
    others = tuple(means[[one for one in beside if one != own][:RANDOM]].tolist())
    return Effect(
        series=series,
        token=token,
        bits=float(means[own]),
        low=float(bounds[0]),
        high=float(bounds[1]),
        overall=float(all_totals.sum(axis=0)[own] / all_counts.sum()),
        rank=1 + sum(other >= means[own] for other in others),
        beside=others,
    )


def _mean(rises: Rises, token: str) -> Array:
    totals, counts = rises.of(token)
    mean: Array = totals.sum(axis=0) / counts.sum()
    return mean


def _kind(axes: Axes, series: int) -> tuple[int, str, str]:
    place = axes.places[series]
    return place.layer, place.direction, place.quantity


def _random(series: Sequence[int], axes: Axes, seed: int) -> dict[tuple[int, str, str], list[int]]:
    """Of each layer, direction and quantity that is held, other units of it."""
    chance = np.random.default_rng((seed, RANDOM))
    found = {}
    for kind in dict.fromkeys(_kind(axes, one) for one in series):
        others = [n for n in range(len(axes)) if _kind(axes, n) == kind and n not in series]
        drawn = chance.choice(others, min(RANDOM, len(others)), replace=False).tolist()
        if len(drawn) < RANDOM:
            drawn += chance.permutation([n for n in series if _kind(axes, n) == kind]).tolist()
        found[kind] = drawn[: RANDOM + 1]  # one more than are wanted: it may be the held one itself
    return found
