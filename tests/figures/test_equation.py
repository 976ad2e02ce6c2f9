"""The numbers in the LaTeX are those of the equations, in each convention."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.figures.equation import CONVENTIONS, gru_equations, lstm_equations
from explorer.recurrence.unit_terms import Affine, StepTerms

NUMBER = st.floats(-4, 4)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


@st.composite
def affines(draw):
    return Affine(*(draw(NUMBER) for _ in range(5)))


@st.composite
def gru_steps(draw):
    affine = {name: draw(affines()) for name in ("reset", "update", "candidate")}
    previous = {"hidden": draw(st.floats(-1, 1))}
    r, z = (sigmoid(a.input + a.state + a.bias) for a in (affine["reset"], affine["update"]))
    c = affine["candidate"]
    n = math.tanh(c.input + c.input_bias + r * (c.state + c.state_bias))
    h = z * previous["hidden"] + (1 - z) * n
    value = {"reset": r, "update": z, "candidate": n, "hidden": h}
    return StepTerms(affine=affine, value=value, previous=previous)


@st.composite
def lstm_steps(draw):
    affine = {name: draw(affines()) for name in ("input", "forget", "candidate", "output")}
    previous = {"hidden": draw(st.floats(-1, 1)), "memory": draw(NUMBER)}
    total = {name: a.input + a.state + a.bias for name, a in affine.items()}
    value = {name: sigmoid(total[name]) for name in ("input", "forget", "output")}
    value["candidate"] = math.tanh(total["candidate"])
    value["memory"] = value["forget"] * previous["memory"] + value["input"] * value["candidate"]
    value["hidden"] = value["output"] * math.tanh(value["memory"])
    return StepTerms(affine=affine, value=value, previous=previous)


def results(latex):
    """The bold number at the end of each line."""
    return [float(number) for number in re.findall(r"\\mathbf\{(-?[\d.]+)\}", latex)]


@given(gru_steps())
def test_pytorchs_convention_gives_what_pytorch_computed(step):
    shown = gru_equations(step, "pytorch")
    assert shown.state == pytest.approx(step.value["hidden"], abs=1e-12)
    expected = [step.value[name] for name in ("reset", "update", "candidate", "hidden")]
    assert results(shown.latex) == pytest.approx(expected, abs=6e-4)


@given(gru_steps())
def test_the_book_gates_the_state_before_the_product(step):
    c, z = step.affine["candidate"], step.value["update"]
    n = math.tanh(c.input + c.gated_state + c.bias)
    expected = z * step.previous["hidden"] + (1 - z) * n
    assert gru_equations(step, "book").state == pytest.approx(expected, abs=1e-12)


@given(gru_steps())
def test_the_papers_update_gate_is_one_minus_the_books(step):
    book, paper = (gru_equations(step, convention) for convention in ("book", "paper"))
    assert paper.state == book.state
    assert results(paper.latex)[1] == pytest.approx(1 - results(book.latex)[1], abs=1.1e-3)
    assert "1 - \\sigma" not in paper.latex


@given(lstm_steps())
def test_the_lstms_conventions_agree_but_for_the_forget_gate(step):
    for convention in ("book", "pytorch"):
        shown = lstm_equations(step, convention)
        assert shown.state == pytest.approx(step.value["memory"], abs=1e-12)
        names = ("input", "forget", "output", "candidate", "memory", "hidden")
        assert results(shown.latex) == pytest.approx([step.value[n] for n in names], abs=6e-4)
    kept_whole = step.previous["memory"] + step.value["input"] * step.value["candidate"]
    assert lstm_equations(step, "paper").state == pytest.approx(kept_whole, abs=1e-12)


@pytest.mark.parametrize("convention", CONVENTIONS)
@given(step=gru_steps())
def test_the_latex_is_balanced(convention, step):
    latex = gru_equations(step, convention).latex
    assert latex.count("{") == latex.count("}")
    assert latex.count("(") == latex.count(")")
