"""What was found, as a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from explorer.unit_analysis.choosing import CANDIDATES, Overview, Pairs, strengths
from explorer.unit_analysis.distribution import CONTEXTS, QUANTILES, Distribution, Extremes
from explorer.unit_analysis.effects import RANDOM, Effect
from explorer.unit_analysis.measuring import Measure
from explorer.unit_analysis.named_units import DIMS, SIGNIFICANT
from explorer.unit_analysis.reading import Scale
from explorer.unit_analysis.resampling import strength_intervals
from explorer.unit_analysis.shifts import holm, p_values
from explorer.unit_analysis.tables import strength

Array = npt.NDArray[Any]

_MEASURED = ("score", "low", "high", "baseline", "trivial", "sense", "p")
_NUMBERS_OF_EFFECTS = ("effect", "effect_low", "effect_high", "effect_overall", "effect_rank")


@dataclass(frozen=True)
class Found:
    """What both passes found, of S series, K labels and P pairs of them.

    Attributes:
        scale: What the values were put on.
        names: Of the labels.
        pairs: What was measured.
        seen: Where units were chosen.
        measured: Where they were measured.
        seed: Decides the resamples.
        elsewhere: The distribution on the texts that contexts come from, if these are others.
    """

    scale: Scale
    names: tuple[str, ...]
    pairs: Pairs
    seen: Overview
    measured: Measure
    seed: int
    elsewhere: Distribution | None = None

    @cached_property
    def chosen(self) -> Array:
        """How closely each series follows each label where units are chosen, −1 to 1, (S, K)."""
        return strengths(self.seen, self._binary)

    @cached_property
    def scores(self) -> Array:
        """How closely each series follows each label where they are measured, (S, K)."""
        return self._as_scores(
            strengths(self.measured.overview, self._binary) * np.where(self.chosen < 0, -1, 1)
        )

    @cached_property
    def p(self) -> Array:
        """Of each pair, corrected; NaN where it was not tested, (P,)."""
        found = np.full(len(self.pairs.series), np.nan)
        tested = self.pairs.tested
        found[tested] = holm(p_values(self.measured.shifts, self.pairs.sense[tested]))
        return found

    @cached_property
    def intervals(self) -> Array:
        """Of each pair's score, (P, 2)."""
        groups = [self.measured.groups[number] for number in sorted(self.measured.groups)]
        ends = strength_intervals(
            np.array([table for table, _ in groups]),
            np.array([squares for _, squares in groups]),
            self._binary[self.pairs.labels],
            seed=self.seed,
        )
        turned = np.sort(ends * self.pairs.sense[:, None], axis=1)
        return self._as_scores(turned, self._binary[self.pairs.labels][:, None])

    @cached_property
    def baselines(self) -> Array:
        """Of each label what a lookup by two tokens scores, (K,)."""
        measured = self.measured
        found = strength(measured.baseline, measured.overview.squares, self._binary)
        return self._as_scores(np.where(np.isnan(found), 0, found))

    @cached_property
    def trivial(self) -> Array:
        """Whether that lookup is within a pair's interval or above it, or none is known, (P,)."""
        better: Array = self.baselines[self.pairs.labels] < self.intervals[:, 0]
        return ~better

    @cached_property
    def named(self) -> Array:
        """Which pairs were tested, are no chance and say more than two tokens do, (P,)."""
        with np.errstate(invalid="ignore"):
            significant: Array = self.p < SIGNIFICANT
        return significant & ~self.trivial

    @cached_property
    def held(self) -> tuple[int, ...]:
        """The series whose effect is measured: those of the named pairs."""
        return tuple(dict.fromkeys(self.pairs.series[self.named].tolist()))

    def candidates(self, label: int) -> Array:
        """The tested pairs of a label, those first that follow it best where they were chosen."""
        where = np.flatnonzero(self.pairs.tested & (self.pairs.labels == label))
        known = np.abs(self.chosen[self.pairs.series[where], label])
        return where[np.argsort(-known, kind="stable")]

    @property
    def _binary(self) -> Array:
        return self.scale.ranks.binary

    def _as_scores(self, given: Array, binary: Array | None = None) -> Array:
        """Strengths as they are reported: AUC for a yes or no."""
        return np.where(self._binary if binary is None else binary, (1 + given) / 2, given)


def report(found: Found, effects: Sequence[Effect]) -> xr.Dataset:
    """All of it over (layer, direction, quantity, unit); see ``units``."""
    axes, pairs = found.scale.axes, found.pairs
    distribution = found.seen.distribution + found.measured.overview.distribution
    contexts = found.elsewhere or distribution
    own = np.arange(len(axes))  # the pairs of each series with the label that it follows best
    values = {
        "mean": distribution.mean,
        "deviation": distribution.deviation,
        "quantiles": distribution.quantiles(found.scale.bins.edges),
        "scores": found.scores,
        **_of_pairs(found, own),
        **_extremes("highest", contexts.highest),
        **_extremes("lowest", contexts.lowest),
        **_effects(len(axes), effects),
    }
    laid_out = {name: (_dims(name, one), axes.laid_out(one)) for name, one in values.items()}
    names = np.array(found.names, dtype=object)[pairs.labels[own]]
    laid_out["follows"] = DIMS, axes.laid_out(names, fill="").astype(str)
    tokens = _tokens(len(axes), effects)
    laid_out["effect_token"] = DIMS, axes.laid_out(tokens, fill="").astype(str)
    laid_out["half_life"] = _half_life(distribution.half_life, units=laid_out["mean"][1].shape[3])
    laid_out |= _candidates(found)
    return xr.Dataset(laid_out, _coordinates(found), _attributes(found, distribution.steps))


def _dims(name: str, values: Array) -> tuple[str, ...]:
    further = {"quantiles": "quantile", "scores": "label", "effect_beside": "random"}
    return (*DIMS, *(further.get(name, "context"),) * (values.ndim - 1))


def _of_pairs(found: Found, which: Array) -> dict[str, Array]:
    """What was measured of some pairs."""
    pairs = found.pairs
    return {
        "score": found.scores[pairs.series[which], pairs.labels[which]],
        "low": found.intervals[which, 0],
        "high": found.intervals[which, 1],
        "baseline": found.baselines[pairs.labels[which]],
        "trivial": found.trivial[which].astype(np.float64),
        "sense": pairs.sense[which].astype(np.float64),
        "p": found.p[which],
    }


def _candidates(found: Found) -> dict[str, tuple[tuple[str, ...], Array]]:
    """What was tested, over (label, candidate)."""
    shape = len(found.names), CANDIDATES
    values = {f"best_{name}": np.full(shape, np.nan) for name in _MEASURED}
    places = {f"best_{dim}": np.zeros(shape, dtype=np.int64) for dim in DIMS}
    at = found.scale.axes.numbered()
    for label in range(shape[0]):
        which = found.candidates(label)
        for name, of in _of_pairs(found, which).items():
            values[f"best_{name}"][label, : len(which)] = of
        for dim, of in zip(DIMS, at[found.pairs.series[which]].T, strict=True):
            places[f"best_{dim}"][label, : len(which)] = of
    return {name: (("label", "candidate"), of) for name, of in {**values, **places}.items()}


def _extremes(name: str, found: Extremes) -> dict[str, Array]:
    missing = CONTEXTS - found.values.shape[1]
    values = np.pad(found.values.astype(np.float64), ((0, 0), (0, missing)), constant_values=np.nan)
    places = np.pad(found.places, ((0, 0), (0, missing), (0, 0)), constant_values=-1)
    parts = {f"{name}_{part}": places[..., n] for n, part in enumerate(("text", "start", "step"))}
    return {name: values, **parts}


def _effects(series: int, effects: Sequence[Effect]) -> dict[str, Array]:
    found = {name: np.full(series, np.nan) for name in _NUMBERS_OF_EFFECTS}
    beside = np.full((series, RANDOM), np.nan)
    for one in effects:
        numbers = (one.bits, one.low, one.high, one.overall, one.rank)
        for name, number in zip(_NUMBERS_OF_EFFECTS, numbers, strict=True):
            found[name][one.series] = number
        beside[one.series, : len(one.beside)] = one.beside
    return {**found, "effect_beside": beside}


def _tokens(series: int, effects: Sequence[Effect]) -> Array:
    found = np.full(series, "", dtype=object)
    for one in effects:
        found[one.series] = one.token
    return found


def _half_life(steps: Array, *, units: int) -> tuple[tuple[str, ...], Array]:
    missing = units - steps.shape[2]
    padded = np.pad(steps, ((0, 0), (0, 0), (0, missing)), constant_values=np.nan)
    return ("layer", "direction", "unit"), padded


def _coordinates(found: Found) -> dict[str, Any]:
    axes = found.scale.axes
    return {
        "layer": np.arange(axes.layers),
        "direction": list(axes.directions),
        "quantity": [name for name, _ in axes.sizes],
        "unit": np.arange(max(size for _, size in axes.sizes)),
        "label": list(found.names),
        "quantile": list(QUANTILES),
        "binary": ("label", found.scale.ranks.binary.astype(np.int8)),
    }


def _attributes(found: Found, steps: int) -> dict[str, Any]:
    return {
        "steps": steps,
        "steps_chosen_by": found.seen.distribution.steps,
        "steps_measured_on": found.measured.overview.distribution.steps,
        "tested": int(found.pairs.tested.sum()),
        "shifts": found.measured.shifts.products.shape[1] - 1,
        "seed": found.seed,
    }
