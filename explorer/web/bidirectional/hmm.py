"""The reader's hidden Markov model: names, probabilities, a sequence. Brings in no torch."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

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
from explorer.web.frame import Frame, literal

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
    _, address = frame.translate, frame.address
    with st.container(horizontal=True, gap="small"):
        for number, (title, model) in enumerate(EXAMPLES.items()):
            st.button(_(title), key=address.key(f"hmm{number}"), on_click=_put, args=(frame, model))
    left, right = st.columns(2)
    with left:
        states = names(_field(frame, "states", ", ".join(BIRD.states), _("Hidden states")))
    with right:
        symbols = names(_field(frame, "symbols", ", ".join(BIRD.symbols), _("Symbols")))
    with st.expander(_("Its probabilities: start, transitions, emissions")):
        model = _rows(frame, states, symbols)
    seen = _field(frame, "seen", _drawn(BIRD, 0), _("What was seen or heard, in order"))
    st.button(
        _("Draw another from the model"),
        icon=":material/casino:",
        key=address.key("draw"),
        on_click=_draw,
        args=(frame, model),
    )
    return Chosen(model, sequence(seen, symbols))


def _rows(frame: Frame, states: tuple[str, ...], symbols: tuple[str, ...]) -> HiddenMarkovModel:
    """One field for each row of probabilities."""
    _ = frame.translate
    order = ", ".join(states)
    start = _field(frame, "start", _text(BIRD.start), f"{start_name()}: {order}")
    left, right = st.columns(2)
    to, shows = [], []
    for number, state in enumerate(states):
        first = _default(BIRD.transition, number, len(states))
        with left:
            label = f"{transition_name(state)}: {order}"
            to.append(_field(frame, f"to{number}", first, label))
        first = _default(BIRD.emission, number, len(symbols))
        with right:
            label = f"{emission_name(state)}: {', '.join(symbols)}"
            shows.append(_field(frame, f"shows{number}", first, label))
    return HiddenMarkovModel(
        states,
        symbols,
        row(start, name=start_name()),
        tuple(row(t, name=transition_name(s)) for t, s in zip(to, states, strict=True)),
        tuple(row(t, name=emission_name(s)) for t, s in zip(shows, states, strict=True)),
    )


def _field(frame: Frame, name: str, default: str, label: str) -> str:
    # A name in a label is the reader's text: no character of it may become markup.
    return st.text_input(literal(label), key=frame.address.seed(name, default, str))


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
