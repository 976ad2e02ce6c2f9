"""The equations with edits in them, in NumPy float64, for stacks of layers in both directions.

Written from the formulas and sharing nothing with explorer.recurrence, so that it can disagree.
"""

import numpy as np

from tests.recurrence.reference import sigmoid


def stack(module, X, edit):
    """Every quantity of one sequence X (T, I): a mapping from (layer, direction) to (T, H) arrays.

    ``edit(layer, direction, step, quantity, values)`` gives the values to go on with.
    """
    p = {name: value.detach().numpy() for name, value in module.named_parameters()}
    found = {}
    for layer in range(module.num_layers):
        for way in range(1 + module.bidirectional):
            suffix = f"_l{layer}" + "_reverse" * way
            found[layer, way] = one(module, p, suffix, X, way, edit, layer)
        X = np.concatenate([found[layer, way]["hidden"] for way in range(1 + way)], axis=1)
    return found


def one(module, p, suffix, X, way, edit, layer):
    H, C = np.zeros(module.proj_size or module.hidden_size), np.zeros(module.hidden_size)
    rows = [None] * len(X)
    for t in range(len(X))[:: -1 if way else 1]:

        def e(quantity, values, t=t):
            return edit(layer, way, t, quantity, values)

        x = p["weight_ih" + suffix] @ X[t] + p["bias_ih" + suffix]
        h = p["weight_hh" + suffix] @ H + p["bias_hh" + suffix]
        if module.mode == "GRU":
            (xr, xz, xn), (hr, hz, hn) = np.split(x, 3), np.split(h, 3)
            R, Z = e("reset", sigmoid(xr + hr)), e("update", sigmoid(xz + hz))
            N = e("candidate", np.tanh(xn + R * hn))
            H = e("hidden", Z * H + (1 - Z) * N)
            rows[t] = {"reset": R, "update": Z, "candidate": N, "hidden": H}
        elif module.mode == "LSTM":
            i, f, g, o = np.split(x + h, 4)
            I, F, O = e("input", sigmoid(i)), e("forget", sigmoid(f)), e("output", sigmoid(o))  # noqa: E741
            N = e("candidate", np.tanh(g))
            C = e("memory", F * C + I * N)
            H = O * np.tanh(C)
            H = e("hidden", p["weight_hr" + suffix] @ H if module.proj_size else H)
            gates = {"input": I, "forget": F, "output": O}
            rows[t] = gates | {"candidate": N, "memory": C, "hidden": H}
        else:
            activation = np.tanh if module.mode == "RNN_TANH" else lambda a: np.maximum(a, 0)
            H = e("hidden", activation(x + h))
            rows[t] = {"hidden": H}
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}
