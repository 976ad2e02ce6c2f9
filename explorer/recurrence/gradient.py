"""How much of an early state reaches the last one: products of Jacobians through time.

∂S_T/∂S_t is the product of one Jacobian a step from T down to t + 1; how it grows or shrinks with
T − t is what is meant by exploding and vanishing gradients (*Dive into Deep Learning*, section 8.7;
Pascanu, Mikolov and Bengio 2013, *On the difficulty of training recurrent neural networks*).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch

from explorer.errors import ExplorerError
from explorer.recurrence.cells import CELLS, Array, State
from explorer.recurrence.jacobian import JACOBIANS, Values
from explorer.recurrence.modules import Layered, structure_of
from explorer.recurrence.quantities import QUANTITIES, RETAINING
from explorer.recurrence.trace import trace
from explorer.recurrence.weights import read_weights


@dataclass(frozen=True)
class Dependence:
    """How the last state of one layer depends on its state ``lag`` steps earlier.

    Attributes:
        lag: T − t, in steps; 0 is the last state itself.
        jacobian: ∂S_T/∂S_t, (B, S, S); S is H, or 2H for an LSTM, the hidden state first.
        retained: The product of what the retaining gates (the update gate of a GRU, the forget
            gate of an LSTM) let through on the way, (B, H); None for a plain RNN.
    """

    lag: int
    jacobian: Array
    retained: Array | None

    def norms(self) -> Mapping[str, Array]:
        """Spectral norms, (B,) each: by how much a small change of the early state grows at most.

        ``state`` is the whole Jacobian's, ``hidden`` that of ∂H_T/∂H_t, which is the same but for
        an LSTM, where the early memory is held fixed. Only an LSTM has ``memory``, ∂C_T/∂C_t with
        the early hidden state held fixed. ``gates`` is the product of the retaining gates, its
        largest entry; a plain RNN has none.
        """
        S = self.jacobian.shape[1]
        H = S if self.retained is None else self.retained.shape[1]
        found = {"state": _norm(self.jacobian)}
        found["hidden"] = found["state"] if H == S else _norm(self.jacobian[:, :H, :H])
        if H < S:
            found["memory"] = _norm(self.jacobian[:, H:, H:])
        if self.retained is not None:
            found["gates"] = self.retained.max(axis=1)
        return found


def through_time(
    module: Layered, inputs: torch.Tensor, *, lags: Collection[int], layer: int = 0
) -> Iterator[Dependence]:
    """How the last state depends on earlier ones, from a zero state, the lags in rising order.

    One Jacobian a step is made and multiplied on, so memory does not grow with T. Of several
    layers it is one that is followed, the outputs of the layer below held fixed.

    Args:
        module: An ``nn.RNN``, ``nn.GRU`` or ``nn.LSTM`` that reads in one direction; in float64
            the products keep their precision over hundreds of steps.
        inputs: What the module takes, (T, B, I), or (B, T, I) if it is ``batch_first``.
        lags: Which T − t are wanted, 0 to T; the earliest state is the one before the first step.
        layer: Which layer's state.

    Raises:
        ExplorerError: The module reads in both directions, has no such layer, cannot be traced on
            these inputs, or a lag is longer than they are.
    """
    _check_module(module, layer)
    traced = trace(module, inputs)
    T = traced.sizes["step"]
    if not all(0 <= lag <= T for lag in lags):
        raise ExplorerError(
            "The inputs have {steps} steps: a lag must be from 0 to {steps}.", steps=T
        )
    cell = CELLS[module.mode]
    values = {name: traced[name].values[layer, 0] for name in QUANTITIES[cell.name]}  # (B, T, H)
    return _products(module, values, layer, frozenset(lags))


def _products(
    module: Layered, values: Values, layer: int, lags: Collection[int]
) -> Iterator[Dependence]:
    """The product, from the last step backwards; ``values`` are (B, T, H)."""
    cell = CELLS[module.mode]
    weights = read_weights(module, structure_of(module)).layers[layer][0]
    B, T, H = values["hidden"].shape
    gate = RETAINING.get(cell.name)
    product = np.broadcast_to(np.eye(H * len(cell.states)), (B, *[H * len(cell.states)] * 2))
    retained = None if gate is None else np.ones((B, H))
    for lag in range(max(lags, default=0) + 1):
        if lag in lags:
            yield Dependence(lag, product, retained)
        if lag == T:
            return
        now = {name: value[:, T - 1 - lag] for name, value in values.items()}  # (B, H) each
        before = _state(values, cell.states, T - 2 - lag)
        product = product @ JACOBIANS[module.mode](now, before, weights)
        if gate is not None and retained is not None:
            retained = retained * now[gate]


def _state(values: Values, names: Collection[str], step: int) -> State:
    """The state after a step, (B, H) a part; zero in front of the first."""
    if step < 0:
        return tuple(np.zeros_like(values[name][:, 0]) for name in names)
    return tuple(values[name][:, step] for name in names)


def _check_module(module: Layered, layer: int) -> None:
    if module.bidirectional:
        raise ExplorerError(
            "This {kind} is bidirectional; gradients can be traced through one direction only.",
            kind=type(module).__name__,
        )
    if module.proj_size:
        raise ExplorerError(
            "This {kind} projects its hidden state (proj_size); gradients can be traced only "
            "through modules that do not.",
            kind=type(module).__name__,
        )
    if not 0 <= layer < module.num_layers:
        raise ExplorerError(
            "There is no layer {layer}; this module has {count} layers, counted from 0.",
            layer=layer,
            count=module.num_layers,
        )


def _norm(matrices: Array) -> Array:
    norms: Array = np.linalg.norm(matrices, ord=2, axis=(-2, -1))
    return norms
