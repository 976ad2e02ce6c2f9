"""What a gate did for the result, over all steps: activation, gradient × activation, integrals.

The methods are those of the attribution library Captum for a layer (Kokhlikyan et al. 2020), for a
quantity inside a recurrent module, which is no layer of its own.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.sequences import InitialState
from explorer.recurrence.unrolled import Unrolled, known

#: From what the module returns, such as (output, state), to one number, or one for each sequence.
Of = Callable[[Any], Tensor]


@torch.no_grad()
def layer_activation(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    name: str,
    *,
    state: InitialState | None = None,
) -> Tensor:
    """The values of a gate or another quantity at all steps.

    Args:
        module: What ``explorer.unrolled`` takes, or what it returned.
        inputs: What the module takes.
        name: The quantity, such as "update".
        state: What the module takes.

    Returns:
        (layer, direction, batch, step, unit); NaN beyond a sequence's length.

    Raises:
        ExplorerError: As of ``explorer.unrolled``, or there is no such quantity.
    """
    _, gates = _as_unrolled(module)(inputs, state)
    found: Tensor = gates[known(name, gates)]
    return found


@torch.enable_grad()
def gradient_x_activation(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    name: str,
    of: Of,
    *,
    state: InitialState | None = None,
) -> Tensor:
    """What a quantity does for the result, to first order: its value times the gradient there.

    The gradient is that of a change at one step which everything after it follows, later gates
    included, as of an ``Intervention``.

    Args:
        module: What ``explorer.unrolled`` takes, or what it returned.
        inputs: What the module takes.
        name: The quantity, such as "update".
        of: From what the module returns to one number, or one for each sequence.
        state: What the module takes.

    Returns:
        (layer, direction, batch, step, unit), in the units of the result; NaN beyond a sequence's
        length.

    Raises:
        ExplorerError: As of ``explorer.unrolled``, or there is no such quantity.

    Source: Shrikumar et al. (2016), *Not just a black box*, input × gradient.
    """
    own, gates = _as_unrolled(module)(inputs, state)
    gradient = gates.gradient(of(own).sum(), name)
    product: Tensor = gradient.detach() * gates[name].detach()
    return product


@torch.enable_grad()
def integrated_gradients(
    module: nn.Module,
    inputs: Tensor | PackedSequence,
    name: str,
    of: Of,
    *,
    state: InitialState | None = None,
    baseline: float | Tensor = 0.0,
    points: int = 50,
) -> Tensor:
    """What each value of a quantity contributes to the result, against a baseline.

    The quantity is moved from the baseline to its own values, all steps at once along a straight
    line, and stays where it is put: a later gate does not follow an earlier one. So the
    contributions of all places sum to the difference between the result and that with the quantity
    at the baseline at every step, but for the error of the integral.

    Args:
        module: What ``explorer.unrolled`` takes, or what it returned.
        inputs: What the module takes.
        name: The quantity, such as "update".
        of: From what the module returns to one number, or one for each sequence.
        state: What the module takes.
        baseline: A number, or values that expand to (layer, direction, batch, step, unit).
        points: At how many points the gradient is taken, by the Gauss–Legendre rule.

    Returns:
        (layer, direction, batch, step, unit), in the units of the result; NaN beyond a sequence's
        length.

    Raises:
        ExplorerError: As of ``explorer.unrolled``, or there is no such quantity, or no point.

    Source: Sundararajan, Taly and Yan (2017), *Axiomatic attribution for deep networks*.
    """
    if points < 1:
        raise ExplorerError("The integral needs at least one point, not {count}.", count=points)
    run = _as_unrolled(module)
    values = layer_activation(run, inputs, name, state=state)
    low = torch.as_tensor(baseline, dtype=values.dtype, device=values.device)
    places, weights = np.polynomial.legendre.leggauss(points)  # on −1 to 1
    total = torch.zeros_like(values)
    for place, weight in zip(places, weights, strict=True):
        point = (low + (1 + place) / 2 * (values - low)).requires_grad_()
        own, _ = run(inputs, state, replace={name: point})
        (gradient,) = torch.autograd.grad(of(own).sum(), point)
        total += weight / 2 * gradient
    return total * (values - low)


class AtGate(nn.Module):
    """A recurrent module in which one quantity is the output of a layer, for Captum and for hooks.

    ::

        at = explorer.AtGate(rnn, "update")
        attribution = LayerIntegratedGradients(lambda x: head(at(x)[1][-1]), at.gate)

    It runs twice: once for the values of the quantity, which pass through `gate`, and once with
    what comes out of it in their place. So all steps are there in one call, and a change of one
    step leaves the others as they are.

    Attributes:
        unrolled: The module, unrolled.
        gate: An ``nn.Identity`` that the quantity passes through, (batch, layer, direction, step,
            unit).
    """

    def __init__(self, module: nn.Module, name: str) -> None:
        """Makes a layer of one quantity.

        Args:
            module: What ``explorer.unrolled`` takes, or what it returned.
            name: The quantity, such as "update".

        Raises:
            ExplorerError: As of ``explorer.unrolled``; on a call, there is no such quantity.
        """
        super().__init__()
        self.unrolled, self.name, self.gate = _as_unrolled(module), name, nn.Identity()

    def forward(self, inputs: Tensor | PackedSequence, state: InitialState | None = None) -> Any:
        """What the module returns."""
        _, gates = self.unrolled(inputs, state)
        values = self.gate(gates[known(self.name, gates)].movedim(2, 0))
        own, _ = self.unrolled(inputs, state, replace={self.name: values.movedim(0, 2)})
        return own


def _as_unrolled(module: nn.Module) -> Unrolled:
    return module if isinstance(module, Unrolled) else Unrolled(module)
