"""Whether a unit follows a label, or both only change slowly: circular shifts of the label.

A label that is moved along the text by some places, what falls off at the end put in at the
beginning, changes as slowly as before, but has nothing to do with what the unit does. How closely
a unit follows it then is what chance gives. Each passage is shifted by itself and by another
number of places, so that there are as many ways as are wanted. It holds for what changes several
times within a passage; two that drift over a whole one, as random walks do, look alike more often
than it says.

Source: the circular-shift null of time series, as in Theiler and others (1992); many tests at once
by Holm (1979).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class ShiftSums:
    """Sums from which a correlation follows: of P pairs, as they are and shifted K times.

    Attributes:
        products: Σ y u, (P, 1 + K), the unshifted first; u a series' ranks, y a label.
        values: Σ u where the label is defined, (P, 1 + K).
        squares: Σ u² there, (P, 1 + K).
        labels: How often it is defined, Σ y and Σ y², (P, 3).
    """

    products: Array
    values: Array
    squares: Array
    labels: Array

    def __add__(self, other: "ShiftSums") -> "ShiftSums":
        return ShiftSums(
            self.products + other.products,
            self.values + other.values,
            self.squares + other.squares,
            self.labels + other.labels,
        )

    def correlations(self) -> Array:
        """(P, 1 + K); 0 where one of the two never varies."""
        defined, total, squares = self.labels.T[..., None]  # (P, 1) each
        count = np.maximum(defined, 1)
        label_spread = squares - total**2 / count
        spread = self.squares - self.values**2 / count
        across = self.products - total * self.values / count
        size = np.sqrt(np.maximum(spread, 0) * np.maximum(label_spread, 0))
        found: Array = np.divide(across, size, out=np.zeros_like(across), where=size > 1e-9 * count)
        return found


def shift_sums(series: Array, labels: Array, *, draws: int, seed: tuple[int, ...]) -> ShiftSums:
    """The sums of one passage.

    Args:
        series: (P, N), ranks of a series for each pair.
        labels: (P, N), the label of each pair, NaN where it is undefined.
        draws: K, how often it is shifted.
        seed: Decides by how many places.
    """
    defined = ~np.isnan(labels)
    values = np.where(defined, labels, 0)
    shifts = np.random.default_rng(seed).integers(0, labels.shape[1], draws)
    at = np.concatenate([[0], shifts])
    mask = _spectrum(defined.astype(np.float64))
    return ShiftSums(
        _shifted(series, _spectrum(values), at),
        _shifted(series, mask, at),
        _shifted(series**2, mask, at),
        np.stack([defined.sum(1), values.sum(1), (values**2).sum(1)], axis=1),
    )


def p_values(sums: ShiftSums, sense: Array) -> Array:
    """How often chance follows as closely as the unshifted, the unshifted counted, (P,).

    Args:
        sums: Of all passages.
        sense: Of each pair 1 where the series is to rise with the label, −1 where it is to fall.
    """
    found = sums.correlations() * sense[:, None]
    # Rounding must not tell apart what is the same shift.
    as_close = found[:, 1:] >= found[:, :1] - 1e-9
    p: Array = (1 + as_close.sum(1)) / found.shape[1]
    return p


def holm(p: Array) -> Array:
    """The p-values corrected for all of them, (P,)."""
    order = np.argsort(p, kind="stable")
    factors = np.arange(len(p), 0, -1)
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(np.maximum.accumulate(factors * p[order]), 1)
    return corrected


def _spectrum(labels: Array) -> Array:
    spectrum: Array = np.conj(np.fft.rfft(labels, axis=1))
    return spectrum


def _shifted(series: Array, spectrum: Array, at: Array) -> Array:
    """Σ_t y[t] u[t + d] for the shifts d wanted, (P, len(at))."""
    products = np.fft.rfft(series, axis=1) * spectrum
    found: Array = np.fft.irfft(products, n=series.shape[1], axis=1)[:, at]
    return found
