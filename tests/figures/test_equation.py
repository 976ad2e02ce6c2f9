"""What a unit is worth in each convention is what the convention's equations say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.figures.equation import CONVENTIONS, equations, in_convention
from explorer.recurrence.unit_terms import UnitActivations
from tests.recurrence.reference import sigmoid

T = 3
SERIES = arrays(np.float64, T, elements=st.floats(-4, 4))
BIAS = st.floats(-4, 4)


@st.composite
def units(draw, cell):
    """A unit whose values are those of PyTorch's equations."""
    gates = ("reset", "update") if cell == "gru" else ("input", "forget", "output")
    of = {name: [draw(one) for one in (SERIES, SERIES, BIAS, BIAS)] for name in (*gates, _N)}
    parts = [{name: all_of[at] for name, all_of in of.items()} for at in range(4)]
    keys = ("input", "state", "input_bias", "state_bias")
    previous = {"hidden": draw(SERIES) / 4} | ({"memory": draw(SERIES)} if cell == "lstm" else {})
    gated = draw(SERIES) if cell == "gru" else None
    given = dict(zip(keys, parts, strict=True))
    unit = UnitActivations(values={}, previous=previous, gated_state=gated, **given)
    at = {name: sigmoid(unit.argument(name)) for name in gates}
    if cell == "gru":
        state = unit.state[_N] + unit.state_bias[_N]
        at[_N] = np.tanh(unit.input[_N] + unit.input_bias[_N] + at["reset"] * state)
        at["hidden"] = at["update"] * previous["hidden"] + (1 - at["update"]) * at[_N]
    else:
        at[_N] = np.tanh(unit.argument(_N))
        at["memory"] = at["forget"] * previous["memory"] + at["input"] * at[_N]
        at["hidden"] = at["output"] * np.tanh(at["memory"])
    return UnitActivations(values=at, previous=previous, gated_state=gated, **given)


_N = "candidate"


@given(units("gru"))
def test_pytorchs_convention_gives_what_pytorch_computed(unit):
    shown = in_convention(unit, "pytorch")
    for name, series in unit.values.items():
        np.testing.assert_allclose(shown.values[name], series, atol=1e-12)


@given(units("gru"))
def test_the_book_gates_the_state_before_the_product(unit):
    z = unit.values["update"]
    n = np.tanh(unit.input[_N] + unit.gated_state + unit.bias(_N))
    expected = z * unit.previous["hidden"] + (1 - z) * n
    np.testing.assert_allclose(in_convention(unit, "book").values["hidden"], expected, atol=1e-12)


@given(units("gru"))
def test_the_papers_update_gate_is_one_minus_the_books_by_weights_of_the_other_sign(unit):
    book, paper = (in_convention(unit, convention) for convention in ("book", "paper"))
    np.testing.assert_allclose(paper.values["hidden"], book.values["hidden"], atol=1e-12)
    z = paper.values["update"]
    np.testing.assert_allclose(z, 1 - book.values["update"], atol=1e-12)
    np.testing.assert_allclose(sigmoid(paper.argument("update")), z, atol=1e-12)


@given(units("lstm"))
def test_the_lstms_conventions_agree_but_for_the_forget_gate(unit):
    for convention in ("book", "pytorch"):
        shown = in_convention(unit, convention)
        for name, series in unit.values.items():
            np.testing.assert_allclose(shown.values[name], series, atol=1e-12)
    kept_whole = unit.previous["memory"] + unit.values["input"] * unit.values[_N]
    paper = in_convention(unit, "paper")
    np.testing.assert_allclose(paper.values["memory"], kept_whole, atol=1e-12)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_every_line_says_what_it_gives_and_its_brackets_close(cell, convention):
    for left, *right in equations(cell, convention):
        assert left.value
        assert left.lights == left.value
        text = "".join(letter for term in right for letter, _index in term.symbol)
        assert text.startswith("=")
        assert text.count("(") == text.count(")")
        assert all(term.value or not term.colour for term in right)
