"""Products with one matrix, X Wᵀ + b, each by the library fastest for its shape.

Measured on one thread with 256 and 416 units: for one row NumPy's product takes three fifths of
torch's time; for 32 rows oneDNN's (which torch's own LSTM uses) takes 85 %, so that without it no
trace of an LSTM comes near the fused module. Small products are again NumPy's: its OpenBLAS does
not rearrange the operands of less than a million multiplications. But NumPy has threads of its own,
which wait on the cores that torch's compute on: with several, a search that takes turns between the
two takes three times as long, and stays with torch. torch offers oneDNN's product for ordinary
tensors only as an operator for its compiler; where that is missing, and in float64, ``addmm`` does
the same.

It knows nothing of cells or time.
"""

from collections.abc import Callable

import numpy as np
import torch

from explorer.recurrence.cells import Array
from explorer.recurrence.layouts import Layouts

Product = Callable[[Array], Array]

HAS_ONEDNN = torch._C._has_mkldnn and all(
    hasattr(torch.ops.mkldnn, name) for name in ("_linear_pointwise", "_reorder_linear_weight")
)

_SMALL = 1_000_000
"""Multiplications of a product that OpenBLAS takes as small."""
_ROWS = 64
"""What a layout for any number of rows is made for; measured, it serves 5 rows and 300 as well."""


def project(inputs: Array, weight: Array, bias: Array) -> Array:
    """X Wᵀ + b of all rows at once, (N, I) by (O, I) to a new array (N, O)."""
    if _can_use_onednn(weight):
        return _onednn(inputs, torch.from_numpy(weight), torch.from_numpy(bias))
    return _addmm(inputs, torch.from_numpy(weight), torch.from_numpy(bias))


def repeated(weight: Array, bias: Array | None, *, rows: int) -> Product:
    """The same product for many inputs of up to so many rows, prepared once.

    Args:
        weight: W, (O, I).
        bias: b, (O,), if there is one to be added.
        rows: The most rows.

    Returns:
        A function from (n, I) to (n, O). What it returns is valid until it is called again.
    """
    if rows == 1:
        return _vector_product(weight, bias)
    return _matrix_product(weight, bias, _LAYOUTS.of)


def shared(weight: Array, bias: Array | None = None) -> Product:
    """The same product for inputs of any number of rows, from any thread, prepared once.

    Args:
        weight: W, (O, I).
        bias: b, (O,); zero, if none is given.

    Returns:
        A function from (N, I) to a new array (N, O).
    """
    bias = np.zeros(len(weight), weight.dtype) if bias is None else bias
    many = _matrix_product(weight, bias, _lay_out)
    small = _SMALL // weight.size
    transposed = np.ascontiguousarray(weight.T)  # (I, O)

    def product(x: Array) -> Array:
        if len(x) > max(small, 1) or torch.get_num_threads() > 1:
            return many(x)
        out: Array = np.dot(x, transposed)
        out += bias
        return out

    return product


def _vector_product(weight: Array, bias: Array | None) -> Product:
    transposed = weight.T  # (I, O)
    out = np.empty((1, len(weight)), weight.dtype)

    def product(x: Array) -> Array:
        np.dot(x, transposed, out=out)
        return out if bias is None else np.add(out, bias, out=out)

    return product


def _matrix_product(
    weight: Array, bias: Array | None, lay_out: Callable[[Array], torch.Tensor]
) -> Product:
    offset = None if bias is None else torch.from_numpy(bias)
    if not _can_use_onednn(weight):
        matrix = torch.from_numpy(weight)
        return lambda x: _addmm(x, matrix, offset)
    laid_out = lay_out(weight)
    return lambda x: _onednn(x, laid_out, offset)


def _lay_out(weight: Array) -> torch.Tensor:
    laid_out: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(
        torch.from_numpy(weight), _ROWS
    )
    return laid_out


_LAYOUTS = Layouts(_lay_out)


def _can_use_onednn(weight: Array) -> bool:
    return HAS_ONEDNN and weight.dtype == np.float32


def _onednn(x: Array, weight: torch.Tensor, bias: torch.Tensor | None) -> Array:
    # Naming the overload spares its resolution, five microseconds a step.
    product = torch.ops.mkldnn._linear_pointwise.default(
        torch.from_numpy(x), weight, bias, "none", [], ""
    )
    array: Array = product.numpy()
    return array


def _addmm(x: Array, weight: torch.Tensor, bias: torch.Tensor | None) -> Array:
    rows = torch.from_numpy(x)
    out = rows @ weight.t() if bias is None else torch.addmm(bias, rows, weight.t())
    array: Array = out.numpy()
    return array
