"""What docs/own-cells.md shows, and what is refused of a description."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

import explorer
from explorer.errors import ExplorerError

PAGE = Path(__file__).parents[2] / "docs" / "own-cells.md"
I, H, B, T = 8, 16, 3, 5  # noqa: E741


@pytest.fixture(scope="module")
def page():
    names = {"__name__": "own_cells"}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), names)
    return names


def test_the_page_runs(page):
    assert page["trace"].attrs["cell"] == "leaky"
    assert page["gates"]["leak"].shape == (1, 1, 3, 20, 16)
    np.testing.assert_allclose(page["gates"]["leak"].detach(), page["trace"]["leak"], atol=1e-6)
    assert list(page["recording"]) == ["cells.0", "cells.1"]


class Wrapper(nn.Module):
    """A model that calls a described cell once a step."""

    def __init__(self, cell):
        super().__init__()
        self.cell = cell

    def forward(self, inputs):
        hidden, found = None, []
        for x in inputs:
            hidden = self.cell(x, hidden=hidden)
            found.append(hidden)
        return torch.stack(found)


def test_calls_of_a_model_are_one_trace_and_are_changed(page):
    model, X = Wrapper(page["LeakyCell"](I, H)).double(), torch.randn(T, B, I).double()
    with torch.no_grad(), explorer.record(model) as recording:
        output = model(X)
    (traced,) = recording["cell"]
    np.testing.assert_allclose(traced["hidden"][0, 0], output.swapaxes(0, 1), atol=1e-13)
    held = explorer.Intervention("leak", value=1.0, steps=[2])
    with torch.no_grad(), explorer.intervening(model, held):
        changed = model(X)
    torch.testing.assert_close(changed[2], changed[1], rtol=0, atol=1e-13)
    assert not torch.equal(changed[3], output[3])


def test_its_units_are_looked_at_as_any_models(page):
    reader = explorer.ModuleReader(
        Wrapper(page["LeakyCell"](I, 4)),
        inputs=lambda tokens: torch.eye(I)[[ord(c) % I for c in tokens]][:, None],
    )
    labels = {"vowel": lambda tokens: [c in "aeiou" for c in tokens]}
    found = explorer.units(
        reader,
        ["the cat sat on the mat\n\n" * 2, "a dog lay in the sun\n\n" * 2],
        quantities=["leak"],
        labels=labels,
        with_effects=False,
    )
    assert found.sizes["unit"] == 4
    assert found["half_life"].notnull().all()


def test_weights_that_are_computed_are_those_of_the_call(page):
    cell = page["LeakyCell"](I, H).double()
    weight_norm(cell.of_candidate)
    X = torch.randn(B, I).double()
    traced = explorer.trace(cell, X)["hidden"][0, 0, :, 0]
    np.testing.assert_allclose(traced, cell(X).detach(), atol=1e-13)


class Parent(nn.Module):
    input_size, hidden_size, scale = I, H, 1.0

    def step(self, x, state, see):
        return (see("hidden", self.scale * torch.tanh(torch.cat([x, x], 1)) + 0.5 * state[0]),)

    def forward(self, x, hidden=None):
        old = x.new_zeros(len(x), H) if hidden is None else hidden
        return self.step(x, (old,), lambda name, value: value)[0]


class Inheriting(Parent):
    scale = 2.0


class Calling(Parent):
    def step(self, x, state, see):
        (hidden,) = super().step(x, state, lambda name, value: value)
        return (see("hidden", 3 * hidden),)

    def forward(self, x, hidden=None):
        old = x.new_zeros(len(x), H) if hidden is None else hidden
        return super().forward(x, old)  # which takes this class's own step


@pytest.mark.parametrize("kind", [Parent, Inheriting, Calling])
def test_each_call_is_seen_once_whichever_classes_were_described(kind):
    for each in (Parent, Inheriting, Calling):
        explorer.traceable(explorer.Cell("related", ("hidden",)))(each)
    module, X = kind(), torch.randn(B, I)
    own = {each: vars(each).get("forward") for each in (Parent, Inheriting, Calling)}
    with explorer.record(module) as recording:
        returned = module(X)
    (traced,) = recording[""]
    assert traced.sizes["step"] == 1
    np.testing.assert_allclose(traced["hidden"][0, 0, :, 0], returned, atol=1e-6)
    assert own == {each: vars(each).get("forward") for each in own}  # as they were


def described(step, quantities=("hidden",), **options):
    """A module of a new class, by its step."""
    kind = type("Described", (nn.Module,), {"input_size": I, "hidden_size": H})
    explorer.traceable(explorer.Cell("described", quantities, step=step, **options))(kind)
    return kind()


def fill(n):
    return torch.zeros(n, H)


X = torch.zeros(T, B, I)
REFUSED = {
    "different names": lambda: explorer.Cell("twice", ("hidden", "hidden")),
    'states is "hidden"': lambda: explorer.Cell("memory", ("memory",), states=("memory",)),
    "forget are not among hidden": lambda: explorer.Cell("few", ("hidden",), gates=("forget",)),
    "'gru' names a cell of torch": lambda: explorer.traceable(explorer.Cell("gru", ("hidden",))),
    "class of nn.Module, not 3": lambda: explorer.traceable(explorer.Cell("one", ("hidden",)))(3),
    "LSTM is a recurrent module of torch": lambda: explorer.traceable(
        explorer.Cell("one", ("hidden",))
    )(nn.LSTM),
    "'leaky' already names": lambda: explorer.traceable(explorer.Cell("leaky", ("hidden",)))(
        type("Other", (nn.Module,), {})
    ),
    "needs an input_size": lambda: explorer.trace(
        explorer.traceable(explorer.Cell("sizeless", ("hidden",)))(
            type("Sizeless", (nn.Module,), {})
        )(),
        X,
    ),
    "shows 'gate', but its cell has hidden": lambda: explorer.trace(
        described(lambda part, x, state, see: (see("gate", fill(len(x))),)), X
    ),
    "does not show 'forget'": lambda: explorer.trace(
        described(lambda part, x, state, see: (see("hidden", fill(len(x))),), ("hidden", "forget")),
        X,
    ),
    r"shape \(3, 8\); it must be \(sequences, 16\)": lambda: explorer.trace(
        described(lambda part, x, state, see: (see("hidden", x),)), X
    ),
    "a tuple of 2 tensors: hidden, memory": lambda: explorer.trace(
        described(
            lambda part, x, state, see: state, ("hidden", "memory"), states=("hidden", "memory")
        ),
        X,
        torch.zeros(B, H),
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_refused_in_words(page, why):
    with pytest.raises(ExplorerError, match=why):
        REFUSED[why]()


def test_a_class_may_be_defined_once_more_as_in_a_notebook():
    def define(*quantities):
        cell = explorer.Cell("again", (*quantities, "hidden"), step=step)

        @explorer.traceable(cell)
        class Again(nn.Module):
            input_size, hidden_size = I, H

        return Again()

    def step(part, x, state, see):
        return (see("hidden", see("gate", fill(len(x)))),)

    define()
    assert list(explorer.trace(define("gate"), X)) == ["gate", "hidden"]
