"""The equations of the book in PyTorch's convention, one step and one sequence at a time, in NumPy.

Written from the formulas and sharing nothing with explorer.recurrence, so that it can disagree.
"""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru(p, X, H):
    """All gates of one GRU layer; X is (T, I), H is (H,), p holds the module's parameters."""
    rows = []
    for x in X:
        xr, xz, xn = np.split(p["weight_ih_l0"] @ x + p["bias_ih_l0"], 3)
        hr, hz, hn = np.split(p["weight_hh_l0"] @ H + p["bias_hh_l0"], 3)
        R, Z = sigmoid(xr + hr), sigmoid(xz + hz)
        candidate = np.tanh(xn + R * hn)
        H = Z * H + (1 - Z) * candidate
        rows.append({"reset": R, "update": Z, "candidate": candidate, "hidden": H})
    return rows


def book_gru(p, X, H):
    """The same of a GRU that resets the hidden state before the matrix product."""
    rows = []
    W_r, W_z, W_h = np.split(p["weight_hh_l0"], 3)
    b_r, b_z, b_h = np.split(p["bias_ih_l0"] + p["bias_hh_l0"], 3)
    for x in X:
        xr, xz, xn = np.split(p["weight_ih_l0"] @ x, 3)
        R, Z = sigmoid(xr + W_r @ H + b_r), sigmoid(xz + W_z @ H + b_z)
        candidate = np.tanh(xn + W_h @ (R * H) + b_h)
        H = Z * H + (1 - Z) * candidate
        rows.append({"reset": R, "update": Z, "candidate": candidate, "hidden": H})
    return rows


def lstm(p, X, H, C):
    """All gates of one LSTM layer."""
    rows = []
    for x in X:
        total = p["weight_ih_l0"] @ x + p["bias_ih_l0"] + p["weight_hh_l0"] @ H + p["bias_hh_l0"]
        i, f, g, o = np.split(total, 4)
        I, F, O = sigmoid(i), sigmoid(f), sigmoid(o)  # noqa: E741
        candidate = np.tanh(g)
        C = F * C + I * candidate
        H = O * np.tanh(C)
        gates = {"input": I, "forget": F, "output": O}
        rows.append(gates | {"candidate": candidate, "memory": C, "hidden": H})
    return rows


def rnn(p, X, H, activation):
    """The hidden states of one plain layer."""
    rows = []
    for x in X:
        total = p["weight_ih_l0"] @ x + p["bias_ih_l0"] + p["weight_hh_l0"] @ H + p["bias_hh_l0"]
        H = activation(total)
        rows.append({"hidden": H})
    return rows
