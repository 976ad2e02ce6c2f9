"""The reader's hidden Markov model: names, probabilities, a sequence. Brings in no torch."""

from dataclasses import dataclass

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
from explorer.markov.sampling import sample
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal

EXAMPLES = {
    N_("A bird in a hedge"): BIRD,
    N_("A loaded coin"): SWITCH,
}
DRAWN = 24


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
    address = frame.address
    with st.container(horizontal=True, gap="small"):
        for number, (title, model) in enumerate(EXAMPLES.items()):
            st.button(_(title), key=address.key(f"hmm{number}"), on_click=_put, args=(frame, model))
    left, right = st.columns(2)
    with left:
        states = type_text(frame, _("Hidden states"), "states", ", ".join(BIRD.states), read=names)
    with right:
        symbols = type_text(frame, _("Symbols"), "symbols", ", ".join(BIRD.symbols), read=names)
    probabilities = st.expander(_("Probabilities: initial, transition, emission"))
    errors = st.container()  # in sight where the expander is closed
    with probabilities:
        model = _rows(frame, states, symbols, errors)
    seen = type_text(
        frame,
        _("Observed symbols, in order"),
        "seen",
        _drawn(BIRD, 0),
        read=lambda text: sequence(text, symbols),
    )
    st.button(
        _("Draw another sequence from the model"),
        icon=":material/casino:",
        key=address.key("draw"),
        on_click=_draw,
        args=(frame, model),
    )
    return Chosen(model, seen)


def _rows(
    frame: Frame, states: tuple[str, ...], symbols: tuple[str, ...], errors: DeltaGenerator
) -> HiddenMarkovModel:
    """One field for each row of probabilities."""

    def ask(name: str, default: str, said: str, of: tuple[str, ...]) -> tuple[float, ...]:
        # A name in a label is the reader's text: no character of it may become markup.
        label = literal(f"{said}: {', '.join(of)}")
        return type_text(
            frame, label, name, default, read=lambda text: row(text, name=said), errors=errors
        )

    start = ask("start", _text(BIRD.start), start_name(), states)
    left, right = st.columns(2)
    to, shows = [], []
    for number, state in enumerate(states):
        with left:
            first = _default(BIRD.transition, number, len(states))
            to.append(ask(f"to{number}", first, transition_name(state), states))
        with right:
            first = _default(BIRD.emission, number, len(symbols))
            shows.append(ask(f"shows{number}", first, emission_name(state), symbols))
    return HiddenMarkovModel(states, symbols, start, tuple(to), tuple(shows))


def _default(rows: tuple[tuple[float, ...], ...], number: int, size: int) -> str:
    """The row of the first example, or an even one where there is none of that size."""
    if number < len(rows) and len(rows[number]) == size:
        return _text(rows[number])
    return " ".join([f"1/{size}"] * size)


def _text(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:g}" for value in values)


def _put(frame: Frame, model: HiddenMarkovModel) -> None:
    """Write an example into the fields."""
    texts = {
        "states": ", ".join(model.states),
        "symbols": ", ".join(model.symbols),
        "start": _text(model.start),
        "seen": _drawn(model, 0),
    }
    texts |= {f"to{n}": _text(values) for n, values in enumerate(model.transition)}
    texts |= {f"shows{n}": _text(values) for n, values in enumerate(model.emission)}
    for name, text in texts.items():
        st.session_state[frame.address.key(name)] = text


def _draw(frame: Frame, model: HiddenMarkovModel) -> None:
    """Another sequence than the one that is there."""
    seed = int(np.random.default_rng().integers(1 << 31))
    st.session_state[frame.address.key("seen")] = _drawn(model, seed)


def _drawn(model: HiddenMarkovModel, seed: int) -> str:
    drawn = sample(model, sequences=1, length=DRAWN, chance=np.random.default_rng(seed))
    return " ".join(model.symbols[n].replace(" ", "") for n in drawn.symbols[0].tolist())
