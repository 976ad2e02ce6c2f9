"""The reader's hidden Markov model: names, probabilities, a sequence. Brings in no torch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.locale import N_
from explorer.markov.examples import BIRD, SWITCH
from explorer.markov.model import (
    HiddenMarkovModel,
    emission_name,
    start_name,
    transition_name,
)
from explorer.markov.reading import names, row, sequence
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal
from explorer.web.kit.parameters import Parameter, Text, Values
from explorer.web.kit.widgets import example
from explorer.web.pages.bidirectional.parameters import (
    EMISSIONS,
    SEEN,
    START,
    STATES,
    SYMBOLS,
    TRANSITIONS,
    drawn,
    row_text,
)

EXAMPLES = {
    N_("A bird in a hedge"): BIRD,
    N_("A loaded coin"): SWITCH,
}


@dataclass(frozen=True)
class Chosen:
    """A model and a sequence of its symbols, by number."""

    model: HiddenMarkovModel
    symbols: tuple[int, ...]


def choose_model(frame: Frame) -> Chosen:
    """Examples, names, one field a row, and the sequence.

    Raises:
        ExplorerError: A name, a row or the sequence will not do; the sentence names it.
    """
    with st.container(horizontal=True, gap="small"):
        for number, (title, model) in enumerate(EXAMPLES.items()):
            example(frame, _(title), _values(model), key=f"hmm{number}")
    left, right = st.columns(2)
    with left:
        states = type_text(frame, _("Hidden states"), STATES, read=names)
    with right:
        symbols = type_text(frame, _("Symbols"), SYMBOLS, read=names)
    probabilities = st.expander(_("Probabilities: initial, transition, emission"))
    errors = st.container()  # in sight where the expander is closed
    with probabilities:
        model = _rows(frame, states, symbols, errors)
    seen = type_text(
        frame,
        _("Observed symbols, in order"),
        SEEN,
        read=lambda text: sequence(text, symbols),
    )
    st.button(
        _("Draw another sequence from the model"),
        icon=":material/casino:",
        key=frame.address.key("draw"),
        on_click=_draw,
        args=(frame, model),
    )
    return Chosen(model, seen)


def _rows(
    frame: Frame, states: tuple[str, ...], symbols: tuple[str, ...], errors: DeltaGenerator
) -> HiddenMarkovModel:
    """One field for each row of probabilities."""

    def ask(parameter: Text, said: str, of: tuple[str, ...]) -> tuple[float, ...]:
        # A name in a label is the reader's text: no character of it may become markup.
        label = literal(f"{said}: {', '.join(of)}")
        return type_text(
            frame, label, parameter, read=lambda text: row(text, name=said), errors=errors
        )

    start = ask(START, start_name(), states)
    left, right = st.columns(2)
    to, shows = [], []
    for number, state in enumerate(states):
        with left:
            first = _default(BIRD.transition, number, len(states))
            to.append(ask(TRANSITIONS[number].starting(first), transition_name(state), states))
        with right:
            first = _default(BIRD.emission, number, len(symbols))
            shows.append(ask(EMISSIONS[number].starting(first), emission_name(state), symbols))
    return HiddenMarkovModel(states, symbols, start, tuple(to), tuple(shows))


def _default(rows: tuple[tuple[float, ...], ...], number: int, size: int) -> str:
    """The row of the first example, or an even one where there is none of that size."""
    if number < len(rows) and len(rows[number]) == size:
        return row_text(rows[number])
    return " ".join([f"1/{size}"] * size)


def _values(model: HiddenMarkovModel) -> Values:
    """An example as its fields have it."""
    texts: dict[Parameter[Any], object] = {
        STATES: ", ".join(model.states),
        SYMBOLS: ", ".join(model.symbols),
        START: row_text(model.start),
        SEEN: drawn(model, 0),
    }
    for parameters, rows in ((TRANSITIONS, model.transition), (EMISSIONS, model.emission)):
        texts |= {p: row_text(row) for p, row in zip(parameters, rows, strict=False)}
    return texts


def _draw(frame: Frame, model: HiddenMarkovModel) -> None:
    """Another sequence than the one that is there."""
    seed = int(np.random.default_rng().integers(1 << 31))
    frame.address.put({SEEN: drawn(model, seed)})
