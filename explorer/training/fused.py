"""Cross-entropy over a large vocabulary without ever holding all logits.

The logits of a batch are its largest values by far: 2,000 places of 12,000 words are 96 MB, read
and written half a dozen times. Here a few rows at a time are computed, turned into their gradient
where they stand and multiplied on, while they are still in the processor's cache. The whole is a
softmax layer with its loss, forward and backward in one, after Liger Kernel (Hsu et al. 2024).
"""

from typing import Any, cast

import torch
from torch import Tensor

ROWS = 256  # logits of so many places fit a processor's cache; a GPU wants all of them at once


def fused_cross_entropy(
    inputs: Tensor,
    weight: Tensor,
    bias: Tensor,
    targets: Tensor,
    weights: Tensor,
    *,
    smoothing: float = 0.0,
    precision: torch.dtype = torch.float32,
) -> Tensor:
    """``(weights * cross_entropy(linear(inputs, weight, bias), targets)).sum()``, nats.

    Args:
        inputs: What the layer reads, (N, E).
        weight: The layer's matrix, (V, E).
        bias: Its bias, (V,).
        targets: The right classes, (N,), int64.
        weights: How much each place counts, (N,); they get no gradient.
        smoothing: Share of every target that is spread evenly over the classes.
        precision: In what the matrices are multiplied; sums and exponentials keep the
            type of the weights.
    """
    loss = _Fused.apply(  # type: ignore[no-untyped-call]
        inputs, weight, bias, targets, weights, smoothing, precision
    )
    return cast(Tensor, loss)


class _Fused(torch.autograd.Function):
    """The gradients are ready before they are asked for, so that the logits can go."""

    @staticmethod
    def forward(
        ctx: Any,
        inputs: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        weights: Tensor,
        smoothing: float,
        precision: torch.dtype,
    ) -> Tensor:
        low, rows = weight.to(precision), inputs.to(precision)
        even = smoothing / len(weight)
        d_inputs, d_weight = torch.empty_like(inputs), torch.zeros_like(weight)
        d_bias, loss = torch.zeros_like(bias), inputs.new_zeros(())
        # All logits of a row sum to what the summed weights make of it: no pass over them.
        totals = inputs @ weight.sum(0) + bias.sum()  # (N,)
        size = ROWS if inputs.device.type == "cpu" else max(1, len(inputs))
        for start in range(0, len(inputs), size):
            now = slice(start, start + size)
            logits = (rows[now] @ low.t()).to(bias.dtype).add_(bias)  # (R, V)
            log_z = logits.logsumexp(1)  # (R,)
            right = logits.gather(1, targets[now, None])[:, 0]  # (R,)
            losses = log_z - (1 - smoothing) * right - even * totals[now]
            loss += weights[now] @ losses
            gradient = logits.sub_(log_z[:, None]).exp_().sub_(even)  # (R, V) softmax − target
            gradient[torch.arange(len(right), device=right.device), targets[now]] -= 1 - smoothing
            gradient *= weights[now, None]
            d_bias += gradient.sum(0)
            gradient = gradient.to(precision)
            d_inputs[now] = gradient @ low
            d_weight += gradient.t() @ rows[now]
        ctx.save_for_backward(d_inputs, d_weight, d_bias)
        return loss

    @staticmethod
    def backward(ctx: Any, *upstream: Tensor) -> tuple[Tensor | None, ...]:
        (scale,) = upstream
        return *(scale * gradient for gradient in ctx.saved_tensors), None, None, None, None
