"""What no intervention can be, and what a module does not have."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import torch
import xarray as xr
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import explorer
from explorer.errors import ExplorerError
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace

I, H, T = 5, 7, 4  # noqa: E741
MODULES = {"RNN": nn.RNN(I, H), "GRU": nn.GRU(I, H, 2), "LSTM": nn.LSTM(I, H)}
X = torch.randn(T, 2, I)
UPDATE = partial(Intervention, "update")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: UPDATE(), "exactly one of value, scale and function; 0 were given"),
        (lambda: UPDATE(0.5, 2.0), "2 were given"),
        (lambda: UPDATE(0.0, function=max), "2 were given"),
        (lambda: UPDATE(1.001), "update cannot be set to 1.001"),
        (lambda: UPDATE(-1e-9), "A gate must be between 0 and 1"),
        (lambda: Intervention("output", 2.0), "output cannot be set to 2.0"),
        (lambda: UPDATE(np.nan), "a finite number, not nan"),
        (lambda: Intervention("hidden", np.inf), "a finite number, not inf"),
        (lambda: Intervention("hidden", scale=-np.inf), "a finite number, not -inf"),
        (lambda: Intervention("zeta", 0.5), "a quantity 'zeta'; choose from hidden, reset"),
        (lambda: UPDATE(0.5, direction="left"), '"forward" or "backward", not \'left\''),
        (lambda: UPDATE(0.5, units=-1), "whole numbers from 0, not by -1"),
        (lambda: UPDATE(0.5, steps=[0, -2]), r"not by \[0, -2\]"),
        (lambda: UPDATE(0.5, steps=1.5), "not by 1.5"),
        (lambda: UPDATE(0.5, layer="0"), "not by '0'"),
        (lambda: UPDATE(0.5, steps=slice(2)), "not by slice"),
        (lambda: UPDATE(0.5, batch=-1), "whole numbers from 0, not by -1"),
        (lambda: UPDATE(0.5, steps=range(-(10**12), 0)), "not by range"),
        (lambda: UPDATE(0.5, units="3"), "not by '3'"),
        (lambda: UPDATE(0.5, units=[[1, 2]]), "whole numbers from 0, not"),
        (lambda: UPDATE(0.5, units=[True, False]), r"not by \[True, False\]"),
        (lambda: UPDATE(0.5, units=np.ones(7, bool)), "whole numbers from 0, not"),
        (lambda: UPDATE(0.5, units=torch.ones(7, dtype=torch.bool)), "whole numbers from 0, not"),
        (lambda: UPDATE(0.5, units=torch.ones(2)), "whole numbers from 0, not"),
        (lambda: UPDATE(0.5, units=torch.ones(2, dtype=int, device="meta")), "whole numbers"),
        (lambda: UPDATE(0.5, units=np.nan), "not by nan"),
        (lambda: UPDATE("0.5"), "a finite number, not '0.5'"),
        (lambda: UPDATE(1j), "a finite number, not 1j"),
        (lambda: UPDATE([[0.1], [0.2, 0.3]]), r"a finite number, not \[\[0.1\], \[0.2, 0.3\]\]"),
        (lambda: UPDATE(torch.ones(2, device="meta")), "a finite number, not tensor"),
        (lambda: UPDATE([0.5, 1.5]), "update cannot be set to 1.5"),
        (lambda: UPDATE([0.5, np.inf]), "a finite number, not inf"),
        (lambda: UPDATE(scale=[1, np.inf]), "a finite number, not inf"),
        (lambda: UPDATE(np.ones((2, 1, 4, 7))), r"\(2, 1, 4, 7\).*, batch × step × unit"),
        (lambda: UPDATE([0.5, 0.6], units=range(3)), r"shape \(2,\).*batch × step × 3, nor"),
        (lambda: UPDATE(np.ones((3, 1)), steps=[4, 2]), r"shape \(3, 1\).*batch × 2 × unit, nor"),
        (lambda: UPDATE(function=0.5), r"called as function\(values, place\): 0.5 does not"),
        (lambda: UPDATE(function=lambda values: values), "<lambda> does not accept these two"),
        (lambda: Intervention(0), "a quantity 0"),
        (lambda: Intervention(["update"], 0.5), r"a quantity \['update'\]"),
        (lambda: Intervention(np.array(["update", "reset"]), 0.5), "a quantity array"),
        (lambda: UPDATE(0.5, direction=["forward"]), r"not \['forward'\]"),
    ],
)
def test_what_is_no_intervention_is_refused(made, sentence):
    with pytest.raises(ExplorerError, match=sentence):
        made()


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("RNN", UPDATE(0.5), "This RNN has no quantity 'update'; it has hidden"),
        ("GRU", Intervention("memory", 0.5), "This GRU has no quantity 'memory'"),
        ("LSTM", UPDATE(0.5), "This LSTM has no quantity 'update'; it has input, forget"),
        ("GRU", UPDATE(0.5, layer=2), "no layer 2: the layers are numbered 0 to 1"),
        ("GRU", UPDATE(0.5, units=[0, 7]), "no unit 7: the units are numbered 0 to 6"),
        ("GRU", UPDATE(0.5, steps=range(2, 6)), "no step 5: the steps are numbered 0 to 3"),
        (
            "GRU",
            UPDATE(0.5, batch=[1, 2]),
            "no sequence 2: the sequences of the batch are numbered 0 to 1",
        ),
        ("GRU", UPDATE([0.5] * 5), r"shape \(5,\).*batch × step × 7"),
        ("GRU", UPDATE(np.ones((3, 1))), r"shape \(3, 1\).* 2 × 4 × unit\.$"),
        ("GRU", UPDATE([0.5] * 6, units=[1, 2]), r"\(6,\).*batch × step × 2, nor.*step × 7\.$"),
        ("GRU", UPDATE(np.ones((3, 1)), steps=0), r"\(3, 1\).* 2 × 1 × unit, nor.* 2 × 4 × unit"),
        ("GRU", UPDATE(np.ones((3, 1, 1))), r"shape \(3, 1, 1\).* 2 × 4 × unit"),
        (
            "GRU",
            UPDATE([[0.5], [0.5], [np.nan], [0.5]]),
            "at step 2, the intervention takes update",
        ),
        ("GRU", UPDATE(0.5, direction="backward"), "it has no backward direction"),
        ("GRU", UPDATE(scale=100.0), "at step 0, the intervention takes update out"),
        ("GRU", UPDATE(scale=-0.5, steps=2), "at step 2, the intervention takes update out"),
        ("GRU", UPDATE(function=lambda v, place: v * np.nan), "takes update out of that range"),
        (
            "GRU",
            UPDATE(function=lambda v, place: v[:1]),
            r"return 2 × 7 real numbers.*of shape \(1, 7\)",
        ),
        ("GRU", UPDATE(function=lambda v, place: 0.5), r"real numbers.*of shape \(\)"),
        ("GRU", UPDATE(function=lambda v, place: None), "real numbers.*returned NoneType"),
        ("GRU", UPDATE(function=lambda v, place: v.astype(str)), "real numbers"),
        ("GRU", UPDATE(function=lambda v, place: v + 1j), "returned complex64"),
        (
            "LSTM",
            Intervention("memory", function=lambda v, place: np.log(v)),
            "makes memory a number that is not finite",
        ),
        ("LSTM", Intervention("memory", 1e39), "At step 0, the intervention makes memory"),
        ("LSTM", Intervention("hidden", scale=1e39), "makes hidden a number that is not finite"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value encountered in log:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:divide by zero encountered in log:RuntimeWarning")
def test_what_a_module_cannot_be_made_to_do_is_refused(kind, given, sentence):
    with pytest.raises(ExplorerError, match=sentence):
        trace(MODULES[kind], X, interventions=[given])


def test_steps_of_packed_inputs_end_with_the_longest():
    packed = pack_sequence([X[:1, 0], X[:3, 1]], enforce_sorted=False)
    trace(MODULES["GRU"], packed, interventions=[UPDATE(0.5, steps=2)])
    with pytest.raises(ExplorerError, match="no step 3: the steps are numbered 0 to 2"):
        trace(MODULES["GRU"], packed, interventions=[UPDATE(0.5, steps=3)])


@pytest.mark.parametrize("name", ["candidate", "hidden", "memory"])
def test_what_is_no_gate_may_be_any_finite_number(name):
    traced = trace(MODULES["LSTM"], X, interventions=[Intervention(name, -3.5)])
    assert (traced[name] == -3.5).all()
    assert np.isfinite(traced["hidden"]).all()


@pytest.mark.parametrize(
    "given",
    [
        [3, 1],
        (3, 1),
        range(3, 0, -2),
        {3: "a", 1: "b"},
        iter([3, 1]),
        np.array([3, 1], np.uint8),
        torch.tensor([3, 1]),
    ],
)
def test_numbers_may_come_in_many_forms(given):
    made = UPDATE(0.5, units=given)
    traced = trace(MODULES["GRU"], X, interventions=made)
    changed = (traced["update"] == 0.5).all(("layer", "batch", "step")).squeeze("direction")
    assert np.flatnonzero(changed).tolist() == [1, 3]
    assert hash(made) == hash(UPDATE(0.5, units=made.units))


@pytest.mark.parametrize("given", [2, np.int64(2), np.array(2), torch.tensor(2), True + 1])
def test_one_number_may_come_in_many_forms(given):
    assert UPDATE(0.5, units=given, steps=given) == UPDATE(0.5, units=2, steps=2)


def test_no_numbers_change_nothing():
    traced = trace(MODULES["GRU"], X, interventions=[UPDATE(0.5, units=[]), UPDATE(0.5, batch=())])
    assert traced.equals(trace(MODULES["GRU"], X))


@pytest.mark.parametrize("shape", [(), (7,), (4, 1), (4, 7), (2, 1, 1), (1, 4, 7), (2, 4, 7)])
@pytest.mark.parametrize(
    "form",
    [
        np.asarray,
        np.ndarray.tolist,
        lambda values: torch.tensor(values, requires_grad=True),
        lambda values: torch.tensor(values).to_sparse(),
        xr.DataArray,
    ],
)
def test_a_value_comes_in_any_form_and_shape_that_broadcasts(shape, form):
    values = np.random.default_rng(0).random(shape)
    made = UPDATE(form(values), layer=0)
    assert made == UPDATE(values, layer=0)
    assert hash(made) == hash(UPDATE(values, layer=0))
    found = trace(MODULES["GRU"], X, interventions=made)["update"].values[0, 0]
    np.testing.assert_array_equal(found, np.broadcast_to(values.astype(np.float32), (2, 4, 7)))


@pytest.mark.parametrize("number", [Fraction(1, 4), Decimal("0.25"), np.float16(0.25)])
def test_a_value_is_any_real_number(number):
    assert UPDATE(number) == UPDATE(0.25)
    assert UPDATE([number, 1]).value == (0.25, 1.0)


def test_it_is_shown_in_a_line_whatever_was_given():
    made = UPDATE(np.ones((20, 50, 7)), units=range(3))
    assert repr(made) == "<Intervention: update = numbers of shape (20, 50, 7), units range(0, 3)>"


def test_a_value_is_kept_whatever_becomes_of_the_array():
    values = np.full(7, 0.25)
    made = UPDATE(values)
    values[:] = 0.75
    assert made == UPDATE([0.25] * 7)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.int8, torch.bool])
def test_a_value_comes_in_any_precision(dtype):
    assert UPDATE(torch.ones(7, dtype=dtype)) == UPDATE([1.0] * 7)


def test_one_intervention_is_as_good_as_a_list_of_one():
    expected = trace(MODULES["GRU"], X, interventions=[UPDATE(0.5)])
    xr.testing.assert_identical(trace(MODULES["GRU"], X, interventions=UPDATE(0.5)), expected)
    with torch.no_grad(), explorer.intervening(MODULES["GRU"], [UPDATE(0.5)]):
        output, _ = MODULES["GRU"](X)
    last = expected["hidden"].values[-1, 0].swapaxes(0, 1)
    np.testing.assert_array_equal(output.numpy(), last)


@pytest.mark.parametrize("given", ["update", [0.5], [[UPDATE(0.5)]], {"update": 0.5}])
def test_what_is_no_intervention_cannot_be_made_one(given):
    with pytest.raises(ExplorerError, match=r"explorer\.Intervention; .* is not one"):
        trace(MODULES["GRU"], X, interventions=given)
    with (
        pytest.raises(ExplorerError, match=r"explorer\.Intervention; .* is not one"),
        explorer.intervening(MODULES["GRU"], given),
    ):
        pytest.fail("it was opened")


def test_interventions_can_be_compared_and_kept_as_keys():
    assert UPDATE(0.5, units=range(3)) == UPDATE(0.5, units=range(3)) != UPDATE(0.5)
    assert len({UPDATE(0.5, units=(1, 2)), UPDATE(0.5, units=(1, 2)), UPDATE(0.5)}) == 2


def test_it_is_a_public_name():
    assert explorer.Intervention is Intervention
    assert {"Intervention", "intervening"} <= set(dir(explorer))
