"""How one step's state depends on the state before it: the Jacobian of each cell, in closed form.

Written out from the equations of `cells` and the values that a trace holds, so nothing is
differentiated by a machine. The inputs are held fixed.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from explorer.recurrence.cells import Array, State
from explorer.recurrence.weights import Weights

#: The quantities of one step under the book's names, (B, H) each.
Values: TypeAlias = Mapping[str, Array]
#: From a step's values, the state before it and the weights: (B, S, S), where S is H, or 2H for an
#: LSTM; row i, column j is ∂ state[i] / ∂ state before[j].
Jacobian: TypeAlias = Callable[[Values, State, Weights], Array]


def rnn_tanh_jacobian(values: Values, before: State, weights: Weights) -> Array:
    """∂H_t/∂H_{t−1} = diag(1 − H_t²) W_hh, of equation (8.4.5)."""
    return _rows(1 - values["hidden"] ** 2, weights.hh)


def rnn_relu_jacobian(values: Values, before: State, weights: Weights) -> Array:
    """∂H_t/∂H_{t−1} = diag(H_t > 0) W_hh; a unit exactly at 0 passes nothing on, as in PyTorch."""
    return _rows((values["hidden"] > 0).astype(weights.hh.dtype), weights.hh)


def gru_jacobian(values: Values, before: State, weights: Weights) -> Array:
    """∂H_t/∂H_{t−1} of equations (9.1.1) to (9.1.3), the reset gate after the matrix product.

    The update gate keeps its share of the old state; what else depends on it goes through the two
    gates and through the candidate.
    """
    (hidden_before,) = before
    reset, update, candidate = values["reset"], values["update"], values["candidate"]  # (B, H)
    W_hr, W_hz, W_hh = np.split(weights.hh, 3)  # (H, H) each
    reset_product = hidden_before @ W_hh.T + np.split(weights.bias_hh, 3)[2]  # (B, H)
    into_candidate = _rows(reset, W_hh) + _rows(reset_product * _slope(reset), W_hr)  # (B, H, H)
    jacobian = _diagonal(update) + _rows((hidden_before - candidate) * _slope(update), W_hz)
    jacobian += ((1 - update) * (1 - candidate**2))[:, :, None] * into_candidate
    return jacobian


def gru_book_jacobian(values: Values, before: State, weights: Weights) -> Array:
    """As `gru_jacobian`, the reset gate before the matrix product: R and H are multiplied first."""
    (hidden_before,) = before
    reset, update, candidate = values["reset"], values["update"], values["candidate"]  # (B, H)
    W_hr, W_hz, W_hh = np.split(weights.hh, 3)  # (H, H) each
    reset_state = _diagonal(reset) + _rows(hidden_before * _slope(reset), W_hr)  # (B, H, H)
    jacobian = _diagonal(update) + _rows((hidden_before - candidate) * _slope(update), W_hz)
    jacobian += ((1 - update) * (1 - candidate**2))[:, :, None] * (W_hh @ reset_state)
    return jacobian


def lstm_jacobian(values: Values, before: State, weights: Weights) -> Array:
    """∂(H_t, C_t)/∂(H_{t−1}, C_{t−1}) of equations (9.2.1) to (9.2.4).

    Its lower right block, ∂C_t/∂C_{t−1}, is the forget gate alone.
    """
    _, memory_before = before
    input_, forget, output = values["input"], values["forget"], values["output"]  # (B, H) each
    candidate, squashed = values["candidate"], np.tanh(values["memory"])
    W_hi, W_hf, W_hc, W_ho = np.split(weights.hh, 4)  # (H, H) each
    memory_by_hidden = (
        _rows(memory_before * _slope(forget), W_hf)
        + _rows(candidate * _slope(input_), W_hi)
        + _rows(input_ * (1 - candidate**2), W_hc)
    )  # (B, H, H)
    out = output * (1 - squashed**2)  # ∂H_t/∂C_t, (B, H)
    hidden_by_hidden = out[:, :, None] * memory_by_hidden + _rows(squashed * _slope(output), W_ho)
    return np.block(
        [
            [hidden_by_hidden, _diagonal(out * forget)],
            [memory_by_hidden, _diagonal(forget)],
        ]
    )


#: By PyTorch's name for the kind, ``module.mode``, as `cells.CELLS`.
JACOBIANS: Mapping[str, Jacobian] = MappingProxyType(
    {
        "RNN_TANH": rnn_tanh_jacobian,
        "RNN_RELU": rnn_relu_jacobian,
        "GRU": gru_jacobian,
        "GRU_BOOK": gru_book_jacobian,
        "LSTM": lstm_jacobian,
    }
)


def _slope(gate: Array) -> Array:
    """The derivative of the sigmoid where its value is ``gate``."""
    slope: Array = gate * (1 - gate)
    return slope


def _rows(factors: Array, matrix: Array) -> Array:
    """diag(factors) matrix, (B, H) and (H, H) to (B, H, H)."""
    scaled: Array = factors[:, :, None] * matrix
    return scaled


def _diagonal(values: Array) -> Array:
    """(B, H) to diagonal matrices (B, H, H)."""
    matrices: Array = values[:, :, None] * np.eye(values.shape[1], dtype=values.dtype)
    return matrices
