import numpy as np
import torch
import xarray as xr
from torch import nn

from explorer.recurrence.labels import label
from explorer.recurrence.quantities import DIMS, QUANTITIES, long_name
from explorer.recurrence.sequences import Rows
from explorer.recurrence.trace import trace

L, D, B, T, H = 2, 2, 3, 4, 5
TOKENS = [list("abcd"), list("ab"), list("xyz")]


def labelled(seed=0, tokens=None):
    """Labelled numbers of a GRU on sequences of 4, 2 and 3 steps, and the numbers."""
    random = np.random.default_rng(seed)
    values = {name: random.normal(size=(L, D, B, T, H)) for name in QUANTITIES["gru"]}
    rows = Rows(np.zeros((9, 1)), np.array([3, 3, 2, 1]), np.array([0, 2, 1]), batched=True)
    return label("gru", values, rows, tokens=tokens), values


def test_a_dataset_is_what_xarray_makes_of_its_parts():
    found, values = labelled(tokens=TOKENS)
    variables = {
        name: xr.Variable(DIMS, array, {"long_name": long_name("gru", name)})
        for name, array in values.items()
    }
    axes = {"layer": [0, 1], "direction": ["forward", "backward"], "batch": [0, 1, 2]}
    axes |= {"step": range(T), "unit": range(H), "length": ("batch", [4, 2, 3])}
    table = np.array([[*tokens, *[""] * (T - len(tokens))] for tokens in TOKENS])
    axes["token"] = (("batch", "step"), table)
    xr.testing.assert_identical(found, xr.Dataset(variables, axes))
    assert found.sel(direction="backward", unit=3)["reset"].dims == ("layer", "batch", "step")


def test_what_is_written_on_one_dataset_stays_there():
    """Datasets of one shape begin as one; nothing that a reader does to the first may show."""
    first, _ = labelled()
    first.attrs["note"] = first["step"].attrs["note"] = first["reset"].attrs["note"] = "mine"
    first["length"][0] = 1
    first["new"] = first["reset"] * 2
    first.coords["other"] = 3
    del first["update"]
    second, values = labelled(seed=1)
    assert set(second) == set(QUANTITIES["gru"])
    assert "other" not in second.coords
    assert second["length"].values.tolist() == [4, 2, 3]
    np.testing.assert_array_equal(second["reset"], values["reset"])
    for thing in (second, second["step"], second["reset"]):
        assert "note" not in thing.attrs


def test_traces_of_one_shape_do_not_share_values():
    torch.manual_seed(0)
    module = nn.LSTM(3, 4)
    first = trace(module, torch.randn(6, 2, 3))
    kept = first.copy(deep=True)
    trace(module, torch.randn(6, 2, 3))
    xr.testing.assert_identical(first, kept)
