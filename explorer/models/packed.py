"""The product with one matrix for many inputs, the matrix laid out once. Knows nothing of models.

torch offers oneDNN's product for ordinary tensors only as an operator for its compiler; where that
is missing, off the processor and in other types than float32, `linear` does the same.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import linear

Product = Callable[[Tensor], Tensor]

HAS_ONEDNN = torch._C._has_mkldnn and all(
    hasattr(torch.ops.mkldnn, name) for name in ("_linear_pointwise", "_reorder_linear_weight")
)

_ROWS = 64  # What the layout is made for; measured, it serves 5 rows and 300 as well.


def packed(weight: Tensor, bias: Tensor | None = None) -> Product:
    """X Wᵀ + b for many X: a function from (N, I) to a new (N, O). No gradients.

    A single row is multiplied with the matrix as it was: that takes four fifths of the time.

    Args:
        weight: W, (O, I).
        bias: b, (O,).
    """
    weight, bias = weight.detach(), None if bias is None else bias.detach()
    if not (HAS_ONEDNN and weight.is_cpu and weight.dtype == torch.float32):
        return lambda x: linear(x, weight, bias)
    laid_out = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), _ROWS)
    product = torch.ops.mkldnn._linear_pointwise.default

    def chosen(x: Tensor) -> Tensor:
        if x.shape[0] == 1:  # len(x) is Python code, and slower
            return linear(x, weight, bias)
        found: Tensor = product(x, laid_out, bias, "none", [], "")
        return found

    return chosen
