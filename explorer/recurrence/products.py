"""Products with weight matrices, prepared for inputs as rows or as columns.

PyTorch keeps a matrix as W, (O, I), and multiplies rows, X Wᵀ. What is fastest depends on how many
inputs there are. Measured on one thread with 256 units: for one row the transpose laid out as such
takes half the time of W as it lies, and for up to a dozen rows it is still far ahead; from 16
inputs on, as columns, W X, W as it lies is as fast, and needs no laying out. All of it is torch's:
another library would have threads of its own to wait for.
"""

from collections.abc import Callable

import torch

from explorer.recurrence.cells import Array

Product = Callable[[Array], Array]

FEW = 16
"""Fewer columns than this take as long as so many."""


def transpose(weight: Array) -> torch.Tensor:
    """Wᵀ laid out as such, (I, O); a copy."""
    # A copy by NumPy need not begin at a line of the cache; a product with a row then takes half as
    # long again.
    return torch.from_numpy(weight).t().contiguous()


def prepared(weight: Array, bias: Array) -> Product:
    """X Wᵀ + b for rows, however many, from any thread, prepared once.

    Args:
        weight: W, (O, I).
        bias: b, (O,).

    Returns:
        A function from (N, I) to a new array (N, O).
    """
    transposed, offset = transpose(weight), torch.from_numpy(bias).clone()

    def product(x: Array) -> Array:
        array: Array = torch.addmm(offset, torch.from_numpy(x), transposed).numpy()
        return array

    return product


def project_rows(x: Array, weight: Array, bias: Array, *, out: Array) -> None:
    """Writes X Wᵀ + b to ``out``, from (N, I), (O, I), (O,) to (N, O)."""
    given, matrix, offset = map(torch.from_numpy, (x, weight, bias))
    torch.addmm(offset, given, matrix.t(), out=torch.from_numpy(out))


def project_columns(x: Array, weight: Array, bias: Array, *, out: Array) -> None:
    """Writes W X + b of every step to ``out``, from (T, I, n), (O, I), (O,) to (T, O, n)."""
    given, matrix, offset = map(torch.from_numpy, (x, weight, bias))
    matrices = matrix.expand(len(given), -1, -1)  # (T, O, I)
    torch.baddbmm(offset[:, None], matrices, given, out=torch.from_numpy(out))
