"""How a label's values fall on the bins of each series: enough for rank correlation and AUC.

The bins of a series are parted by its quantiles on a sample, closer at both tails. A table counts,
bin by bin, where a label is defined, and sums what it is there. Tables of two texts add up to the
table of both, and from one of them every rank comes but for ties within a bin.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import embedding_bag

Array = npt.NDArray[Any]

BINS = 64
SHARES = np.sin(np.linspace(0, np.pi / 2, BINS + 1)[1:-1]) ** 2
"""Of the values how many lie below the end of each bin but the last."""
_TOGETHER = 256  # series counted at once; it bounds the memory and changes no number


@dataclass(frozen=True)
class Bins:
    """Where the bins of each series end.

    Attributes:
        edges: (S, BINS − 1), in increasing order; a value belongs above all edges below it.
    """

    edges: Array

    @classmethod
    def of(cls, sample: Array) -> "Bins":
        """By the quantiles of a sample (S, N)."""
        return cls(np.quantile(sample, SHARES, axis=1).T.astype(sample.dtype))

    def place(self, values: Array) -> Array:
        """The bin of each of the values (S, N), as uint8."""
        edges = torch.from_numpy(np.ascontiguousarray(self.edges))
        found = torch.searchsorted(edges, torch.from_numpy(np.ascontiguousarray(values)))
        return found.to(torch.uint8).numpy()


def tables(binned: Array, labels: Array) -> Array:
    """Counts and sums of labels by bin.

    Args:
        binned: The bin of each value, (S, N).
        labels: (K, N), NaN where one is undefined.

    Returns:
        (S, K, 2, BINS): how many values with a defined label are in each bin, and the sum of the
        label over them. Sums are rounded to float32 within one call.
    """
    defined = ~np.isnan(labels)
    columns = np.concatenate([defined, np.where(defined, labels, 0)])  # (2 K, N)
    weights = torch.from_numpy(np.ascontiguousarray(columns.T, dtype=np.float32))  # (N, 2 K)
    parts = [
        _sums(binned[start : start + _TOGETHER], weights)
        for start in range(0, len(binned), _TOGETHER)
    ]
    sums = np.concatenate(parts).reshape(len(binned), BINS, 2, len(labels))
    return sums.transpose(0, 3, 2, 1).astype(np.float64)


def _sums(binned: Array, weights: torch.Tensor) -> Array:
    """The rows of the weights (N, C) summed over each bin of each series, (S BINS, C).

    It is the product of a sparse matrix, a row a bin, with the weights; summing a bag of rows is
    torch's fastest way to do it.
    """
    rows = torch.from_numpy(np.argsort(binned, axis=1, kind="stable").ravel())  # (S N,)
    bins = binned + BINS * np.arange(len(binned))[:, None]  # (S, N)
    counts = np.bincount(bins.ravel(), minlength=BINS * len(binned))
    starts = torch.from_numpy(np.cumsum(counts) - counts)
    return embedding_bag(rows, weights, starts, mode="sum").numpy()


def scored(histogram: Array) -> Array:
    """The rank that stands for each bin of a histogram (S, BINS), −1 to 1."""
    middles = np.cumsum(histogram, axis=1) - histogram / 2
    ranks: Array = 2 * middles / histogram.sum(axis=1, keepdims=True) - 1
    return ranks


def histogram(binned: Array) -> Array:
    """How many values are in each bin, (S, BINS)."""
    bins = binned + BINS * np.arange(len(binned))[:, None]  # (S, N)
    counts = np.bincount(bins.ravel(), minlength=BINS * len(binned))
    return counts.reshape(len(binned), BINS)


def auc(table: Array) -> Array:
    """P(a value where the label is 1 is above one where it is 0), ties counting half.

    Args:
        table: (…, 2, BINS), of a label of zeros and ones.

    Returns:
        (…); NaN where the label never is both.
    """
    counts, ones = table[..., 0, :], table[..., 1, :]
    zeros = counts - ones
    below = np.cumsum(zeros, axis=-1) - zeros / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = (ones * below).sum(-1) / (ones.sum(-1) * zeros.sum(-1))
    return np.where(np.isfinite(found), found, np.nan)


def correlation(table: Array, squares: Array) -> Array:
    """The correlation of a series' ranks with a label.

    Args:
        table: (…, 2, BINS). If the label's values are its ranks, it is the rank correlation.
        squares: The sum of the label's squares, which broadcasts against (…).

    Returns:
        (…); NaN where one of the two never varies.
    """
    counts, sums = table[..., 0, :], table[..., 1, :]
    number = counts.sum(-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        ranks = np.cumsum(counts, axis=-1) - counts / 2 - number / 2  # mean 0 over the values
        spread = (counts * ranks**2).sum(-1)
        label_spread = squares - sums.sum(-1) ** 2 / number[..., 0]
        found: Array = (ranks * sums).sum(-1) / np.sqrt(spread * label_spread)
    varied = (spread > 0) & (label_spread > 1e-9 * squares)
    return np.where(varied & np.isfinite(found), found, np.nan)


def strength(table: Array, squares: Array, binary: Array) -> Array:
    """How closely each series follows each label, −1 to 1.

    For a yes or no it is 2 AUC − 1, the rank-biserial correlation; else the rank correlation.

    Args:
        table: (…, K, 2, BINS).
        squares: The sum of each label's squares, which broadcasts against (…, K).
        binary: Which labels are a yes or no, (K,).
    """
    return np.where(binary, 2 * auc(table) - 1, correlation(table, squares))
