"""How far back the states of a recurrent layer depend on its inputs, by changing one input."""

import numpy as np
import pandas as pd
import torch
import xarray as xr


def dependence(trace: xr.Dataset, changed: xr.Dataset, *, step: int) -> np.ndarray:
    """How far each unit's hidden state moves, by the lag at which an input was changed.

    Args:
        trace: Of B sequences, one layer and direction.
        changed: Of the same sequences but for the input at one step.
        step: Which.

    Returns:
        |h′(step + k) − h(step + k)|, mean over the sequences, (K, H) for lags k from 0 on.
    """
    moved = np.abs(changed["hidden"].values[0, 0] - trace["hidden"].values[0, 0])  # (B, T, H)
    by_lag: np.ndarray = moved[:, step:].mean(0)
    return by_lag


def mean_lag(by_lag: np.ndarray) -> np.ndarray:
    """The mean lag of each unit's dependence, weighted by how much depends on it, (H,).

    Args:
        by_lag: (K, H), as from `dependence`.
    """
    lags = np.arange(len(by_lag))[:, None]  # (K, 1)
    mean: np.ndarray = (lags * by_lag).sum(0) / by_lag.sum(0)
    return mean


def share_within(by_lag: np.ndarray, lags: int) -> np.ndarray:
    """The share of each unit's dependence that is on the last ``lags`` inputs, (H,)."""
    share: np.ndarray = by_lag[:lags].sum(0) / by_lag.sum(0)
    return share


def rank_correlation(some: np.ndarray, others: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays (H,): Pearson's of their ranks, ties averaged."""
    return float(pd.Series(some).rank().corr(pd.Series(others).rank()))


def with_another(ids: torch.Tensor, step: int, random: np.random.Generator) -> torch.Tensor:
    """Token numbers (B, T) with another token at ``step``, as likely as it is in all of them.

    Raises:
        ValueError: All tokens are the same.
    """
    changed = ids.clone()
    for row, own in enumerate(ids[:, step].tolist()):
        others = ids[ids != own]
        changed[row, step] = others[int(random.integers(len(others)))]
    return changed
