"""The chosen step and unit as the book's equations, with their numbers."""

import streamlit as st
import torch
from torch import nn

from explorer.figures.equation import CONVENTIONS, gru_equations, lstm_equations
from explorer.locale import N_
from explorer.models.book_gru import BookGRU
from explorer.models.language_model import LanguageModel
from explorer.recurrence.reading import Reading
from explorer.recurrence.unit_activations import step_terms
from explorer.recurrence.unit_terms import StepTerms
from explorer.text.numbers import decimal
from explorer.text.tokens import visible
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.widgets import choose
from explorer.web.pages.gates.parameters import CONVENTION
from explorer.web.shared.focus import Focus
from explorer.web.shared.models import pretrained
from explorer.web.shared.reading import Case

_CONVENTION_NAMES = {"book": N_("the book"), "pytorch": "PyTorch", "paper": N_("the paper")}

_PAPER = N_(
    "Chung et al. (2014) let the update gate weight the *new* candidate: their gate "
    "is one minus the book's, with the same weights of opposite sign. Cho et al. "
    "(2014), whom the book follows, let it weight the old state. The reset gate acts "
    "before the matrix product, as in the book."
)
_DIFFERENCES = {
    ("gru", "book"): N_(
        "The book multiplies the old state by the reset gate *before* the matrix product. These "
        "weights were trained in PyTorch’s order, after it, so the book’s equation gives another "
        "state than the model’s: compare the two numbers below. The model gru-timemachine-book was "
        "trained in the book’s order."
    ),
    ("gru", "pytorch"): N_(
        "PyTorch multiplies by the reset gate *after* the matrix product, which lets it "
        "compute all products at once; this is what the model does. The update gate "
        "weights the *old* state, as in the book."
    ),
    ("gru", "paper"): _PAPER,
    ("gru-book", "book"): N_(
        "The old state is multiplied by the reset gate *before* the matrix product. This model "
        "was trained so: equation, book and model agree."
    ),
    ("gru-book", "pytorch"): N_(
        "PyTorch multiplies by the reset gate *after* the matrix product. These weights were "
        "trained in the book’s order, before it, so PyTorch’s equation gives another state than "
        "the model’s: compare the two numbers below."
    ),
    ("gru-book", "paper"): _PAPER,
    ("lstm", "book"): N_("The book writes one bias per gate: the sum of PyTorch's two."),
    ("lstm", "pytorch"): N_(
        "PyTorch has two biases per gate, one for the input and one for the state. Only "
        "their sum matters, so every number agrees with the book's."
    ),
    ("lstm", "paper"): N_(
        "The first LSTM (Hochreiter and Schmidhuber, 1997) had no forget gate: the old "
        "memory is always kept in full. Gers et al. added the forget gate in 2000."
    ),
}


def show_equation(frame: Frame, case: Case) -> None:
    """The chosen step and unit as the book's equations, with their numbers."""
    reading, focus = case.reading, case.focus
    conventions = {name: _(_CONVENTION_NAMES[name]) for name in CONVENTIONS}
    model = pretrained(case.text.model).model
    kind, cell = model.architecture.cell, str(reading.trace.attrs["cell"])
    own = CONVENTION.starting("book") if kind == "gru-book" else CONVENTION
    convention = choose(frame, _("Convention"), own, conventions)
    step = _terms(model, reading, focus)
    equations = (gru_equations if cell == "gru" else lstm_equations)(step, convention)
    st.markdown(
        _("Layer {layer}, unit {unit}, at step {step}, the character “{token}”:").format(
            layer=focus.layer,
            unit=focus.unit,
            step=focus.step,
            token=plain(visible(reading.tokens[focus.step])),
        )
    )
    st.latex(equations.latex)
    _say_unchanged()
    st.markdown(_(_DIFFERENCES[kind, convention]))
    traced = step.value["hidden" if cell == "gru" else "memory"]
    st.caption(
        _(
            "The model computed {symbol} = {traced}; this convention gives {state} with the same "
            "weights."
        ).format(
            symbol="$H_t$" if cell == "gru" else "$C_t$",
            traced=decimal(traced, 4),
            state=decimal(equations.state, 4),
        )
    )


def _say_unchanged() -> None:
    """The reader's changes belong to another view; here, no value could be what they make it."""
    if st.query_params.get("change"):
        st.caption(
            _(
                "The equations describe the unmodified model, without the changes made under "
                "“What if”."
            )
        )


def _terms(model: LanguageModel, reading: Reading, focus: Focus) -> StepTerms:
    assert isinstance(model.rnn, nn.GRU | BookGRU | nn.LSTM)  # no page of gates offers a plain RNN
    ids = reading.vocabulary.encode(reading.tokens)
    return step_terms(
        model.rnn,
        reading.trace,
        model.inputs(torch.tensor([ids])),
        layer=focus.layer,
        step=focus.step,
        unit=focus.unit,
    )
