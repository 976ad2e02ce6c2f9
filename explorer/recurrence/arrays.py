"""Numbers in any form, a number, a list, an array or a tensor, as one array; torch-free."""

from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt


def real_numbers(given: Any) -> npt.NDArray[np.float64] | None:
    """The numbers in float64, wherever and in whatever precision they are kept.

    Args:
        given: A number, nested sequences of numbers, a NumPy or an xarray array, or a tensor on
            any device, with or without gradient, dense or sparse.

    Returns:
        An array of the same shape; None if they are no real numbers, or are not there (a tensor on
        the device "meta" has none).
    """
    try:
        if hasattr(given, "detach"):  # a tensor; NumPy knows neither bfloat16 nor sparse ones
            kept = given.detach().to_dense().cpu()
            given = (kept if kept.is_complex() else kept.double()).numpy()
        found = np.asarray(given)
    except (TypeError, ValueError, RuntimeError):  # ragged, or on "meta"
        return None
    exact = found.dtype.kind == "O" and all(isinstance(one, Real | Decimal) for one in found.flat)
    return found.astype(np.float64) if exact or found.dtype.kind in "fiub" else None
