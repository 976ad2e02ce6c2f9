"""What no intervention can be, and what a module does not have."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import explorer
from explorer.errors import ExplorerError
from explorer.recurrence.intervention import Intervention, numbers
from explorer.recurrence.trace import trace

I, H, T = 5, 7, 4  # noqa: E741
MODULES = {"RNN": nn.RNN(I, H), "GRU": nn.GRU(I, H, 2), "LSTM": nn.LSTM(I, H)}
X = torch.randn(T, 2, I)
UPDATE = partial(Intervention, "update")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: UPDATE(), "exactly one of value, scale and function; here are 0"),
        (lambda: UPDATE(0.5, 2.0), "here are 2"),
        (lambda: UPDATE(0.0, function=abs), "here are 2"),
        (lambda: UPDATE(1.001), "update cannot be set to 1.001"),
        (lambda: UPDATE(-1e-9), "A gate lies between 0 and 1"),
        (lambda: Intervention("output", 2.0), "output cannot be set to 2.0"),
        (lambda: UPDATE(np.nan), "a finite number, not nan"),
        (lambda: Intervention("hidden", np.inf), "a finite number, not inf"),
        (lambda: Intervention("hidden", scale=-np.inf), "a finite number, not -inf"),
        (lambda: Intervention("zeta", 0.5), "anything called 'zeta'; choose among hidden, reset"),
        (lambda: UPDATE(0.5, direction="left"), '"forward" or "backward", not \'left\''),
        (lambda: UPDATE(0.5, units=-1), "whole numbers from 0 on, not by -1"),
        (lambda: UPDATE(0.5, steps=[0, -2]), r"not by \[0, -2\]"),
        (lambda: UPDATE(0.5, steps=1.5), "not by 1.5"),
        (lambda: UPDATE(0.5, layer="0"), "not by '0'"),
        (lambda: UPDATE(0.5, steps=slice(2)), "not by slice"),
    ],
)
def test_what_is_no_intervention_is_refused(made, sentence):
    with pytest.raises(ExplorerError, match=sentence):
        made()


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("RNN", UPDATE(0.5), "This RNN has nothing called 'update'; it has hidden"),
        ("GRU", Intervention("memory", 0.5), "This GRU has nothing called 'memory'"),
        ("LSTM", UPDATE(0.5), "This LSTM has nothing called 'update'; it has input, forget"),
        ("GRU", UPDATE(0.5, layer=2), "no layer 2: the layers here are 0 to 1"),
        ("GRU", UPDATE(0.5, units=[0, 7]), "no unit 7: the units here are 0 to 6"),
        ("GRU", UPDATE(0.5, steps=range(2, 6)), "no step 5: the steps here are 0 to 3"),
        ("GRU", UPDATE(0.5, direction="backward"), "it has no backward direction"),
        ("GRU", UPDATE(scale=100.0), "at step 0 the intervention takes update out"),
        ("GRU", UPDATE(scale=-0.5, steps=2), "at step 2 the intervention takes update out"),
        ("GRU", UPDATE(function=lambda v: v * np.nan), "takes update out of that range"),
        ("GRU", UPDATE(function=lambda v: v[:1]), r"return 2 × 7 real numbers.*of shape \(1, 7\)"),
        ("GRU", UPDATE(function=lambda v: 0.5), r"real numbers.*of shape \(\)"),
        ("GRU", UPDATE(function=lambda v: None), "real numbers.*returned object"),
        ("GRU", UPDATE(function=lambda v: v.astype(str)), "real numbers"),
        ("GRU", UPDATE(function=lambda v: v + 1j), "returned complex64"),
        (
            "LSTM",
            Intervention("memory", function=np.log),
            "makes memory a number that is not finite",
        ),
        ("LSTM", Intervention("memory", 1e39), "At step 0 the intervention makes memory"),
        ("LSTM", Intervention("hidden", scale=1e39), "makes hidden a number that is not finite"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value encountered in log:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:divide by zero encountered in log:RuntimeWarning")
def test_what_a_module_cannot_be_made_to_do_is_refused(kind, given, sentence):
    with pytest.raises(ExplorerError, match=sentence):
        trace(MODULES[kind], X, interventions=[given])


def test_a_projection_is_refused_as_without_interventions():
    with pytest.raises(ExplorerError, match="proj_size"):
        trace(nn.LSTM(I, H, proj_size=2), X, interventions=[Intervention("hidden", 0.5)])


def test_steps_of_packed_inputs_end_with_the_longest():
    packed = pack_sequence([X[:1, 0], X[:3, 1]], enforce_sorted=False)
    trace(MODULES["GRU"], packed, interventions=[UPDATE(0.5, steps=2)])
    with pytest.raises(ExplorerError, match="no step 3: the steps here are 0 to 2"):
        trace(MODULES["GRU"], packed, interventions=[UPDATE(0.5, steps=3)])


@pytest.mark.parametrize("name", ["candidate", "hidden", "memory"])
def test_what_is_no_gate_may_be_any_finite_number(name):
    traced = trace(MODULES["LSTM"], X, interventions=[Intervention(name, -3.5)])
    assert (traced[name] == -3.5).all()
    assert np.isfinite(traced["hidden"]).all()


def test_numbers_may_come_in_many_forms():
    assert numbers(2) == numbers([2]) == numbers((2,)) == numbers(range(2, 3)) == (2,)
    assert numbers(np.int64(2)) == numbers(np.array([2])) == (2,)
    assert numbers(range(0)) == ()
    assert numbers(None) is None


def test_interventions_can_be_compared_and_kept_as_keys():
    assert UPDATE(0.5, units=range(3)) == UPDATE(0.5, units=range(3)) != UPDATE(0.5)
    assert len({UPDATE(0.5, units=(1, 2)), UPDATE(0.5, units=(1, 2)), UPDATE(0.5)}) == 2


def test_it_is_a_public_name():
    assert explorer.Intervention is Intervention
    assert {"Intervention", "intervening"} <= set(dir(explorer))
