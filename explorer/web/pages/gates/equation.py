"""In which convention the equations are written, and what it gives beside the model."""

import numpy as np
import streamlit as st

from explorer.figures.equation import CONVENTIONS
from explorer.locale import N_
from explorer.recurrence.unit_terms import UnitActivations
from explorer.text.numbers import decimal
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, chosen
from explorer.web.pages.gates.parameters import CONVENTION

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


def convention_of(frame: Frame, kind: str) -> str:
    """The chosen convention; the model's own, where none is.

    Args:
        frame: The page's frame.
        kind: The cell of the model.
    """
    own = CONVENTION.starting("book") if kind == "gru-book" else CONVENTION
    return chosen(frame, own.among(dict.fromkeys(CONVENTIONS, "")))


def choose_convention(frame: Frame, kind: str) -> None:
    """The buttons of the conventions, and where the chosen one differs from the others.

    Args:
        frame: The page's frame.
        kind: The cell of the model.
    """
    own = CONVENTION.starting("book") if kind == "gru-book" else CONVENTION
    names = {name: _(_CONVENTION_NAMES[name]) for name in CONVENTIONS}
    convention = choose(frame, _("The equations as written by"), own, names)
    st.markdown(_(_DIFFERENCES[kind, convention]))


def said_of_state(kind: str, *, model: UnitActivations, shown: UnitActivations, step: int) -> str:
    """What the chosen convention comes to at a step.

    Args:
        kind: The cell of the model.
        model: The chosen unit as the model computed it.
        shown: The same in the chosen convention.
        step: The chosen step.
    """
    state = "memory" if kind == "lstm" else "hidden"
    traced, given = (float(np.asarray(of.values[state])[step]) for of in (model, shown))
    return _(
        "The model computed {symbol} = {traced}; this convention gives {state} with the same "
        "weights."
    ).format(
        symbol="H_t" if state == "hidden" else "C_t",
        traced=decimal(traced, 4),
        state=decimal(given, 4),
    )


def say_unchanged() -> None:
    """The reader's changes belong to another view; here, no value could be what they make it."""
    if st.query_params.get("change"):
        st.caption(
            _(
                "The equations describe the unmodified model, without the changes made under "
                "“What if”."
            )
        )
