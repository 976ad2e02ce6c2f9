"""What the laboratory trains: the controls of two runs and of what they learn. Brings in no torch.

Everything stands in the address, so that a link is an experiment to be repeated.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.locale import N_
from explorer.text.limits import check_learnable
from explorer.training.setting import Optimiser, Setting
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Values
from explorer.web.kit.widgets import choose, number, select
from explorer.web.pages.deep.parameters import (
    CELL,
    CLIP,
    EXPERIMENT,
    LAYERS,
    LEARNED,
    LESSON,
    OPTIMISER,
    RATE,
    SEED,
    START,
    UNITS,
    UPDATES,
    Subject,
)
from explorer.web.shared.claims.addresses import NEVER, RUNS


@dataclass(frozen=True)
class Asked:
    """Two runs and what they learn.

    Attributes:
        subject: What kind of thing they learn.
        text: The reader's text, if it is that.
        updates: Of each.
        seed: Of the weights at the start.
        settings: What each trains, and how.
    """

    subject: Subject
    text: str
    updates: int
    seed: int
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Example:
    """Two runs to click: title and what to look for are to be translated.

    Attributes:
        title: On its button.
        look_for: Beside it.
        values: Of the experiment's parameters; the others are at their defaults.
    """

    title: str
    look_for: str
    values: Values


_THREE: Values = {LAYERS[1]: 3, LAYERS[2]: 3}
EXAMPLES = (
    Example(
        N_("One layer or three"),
        N_(
            "The same learning rate: for a long time, three layers learn only the character "
            "frequencies."
        ),
        {},
    ),
    Example(
        N_("A higher learning rate"),
        N_("Three layers at two learning rates: the higher one escapes the plateau."),
        {**_THREE, RATE[1]: 2.0, RATE[2]: 8.0, UPDATES: 400},
    ),
    Example(
        N_("Clipped or not"),
        N_(
            "Three layers at a high learning rate, with and without clipping: watch the "
            "gradient norm."
        ),
        {
            **_THREE,
            RATE[1]: 16.0,
            RATE[2]: 16.0,
            CLIP[1]: 0.1,
            CLIP[2]: NEVER,
            UPDATES: 400,
        },
    ),
    Example(
        N_("Another initialization"),
        N_(
            "The same three layers from other initial weights: they decide how long training takes."
        ),
        {**_THREE, RATE[1]: 8.0, RATE[2]: 8.0, START[2]: "text"},
    ),
    Example(
        N_("Learning rate too high"),
        N_(
            "Sixteen times the learning rate: every update overshoots, and the loss jumps above "
            "that of knowing nothing."
        ),
        {RATE[1]: 2.0, LAYERS[2]: 1, RATE[2]: 32.0, CLIP[2]: NEVER, UPDATES: 100},
    ),
    Example(
        N_("Remembering"),
        N_("The recall tasks: a GRU and a plain RNN with the same number of units."),
        {
            LEARNED: "recall",
            CELL[1]: "gru",
            CELL[2]: "rnn",
            LAYERS[2]: 1,
            OPTIMISER: "adamw",
            RATE[1]: 0.02,
            RATE[2]: 0.02,
        },
    ),
)
_BEGIN = "deep.begin"


def ask(frame: Frame) -> tuple[Asked, bool, DeltaGenerator]:
    """Examples to click, what is learned, and the two runs side by side.

    Returns:
        What is asked, whether to begin now, and the place of the runs, which is in sight when they
        begin.
    """
    began = _show_examples(frame)
    place = st.container()
    with st.container(horizontal=True, gap="small"):
        subject = choose(frame, _("Training data"), LEARNED)
        optimiser = choose(frame, _("Optimizer"), OPTIMISER)
        updates = number(frame, _("Updates"), UPDATES, step=100, width=130)
        seed = number(frame, _("Seed"), SEED, width=110)
    text = _type_text(frame) if subject == "text" else ""
    columns = zip(RUNS, st.columns(len(RUNS), gap="large"), strict=True)
    settings = tuple(_ask_run(frame, run, optimiser, at) for run, at in columns)
    asked = Asked(subject, text, updates, seed, settings)
    return asked, st.session_state.pop(_BEGIN, False) or began, place


def _show_examples(frame: Frame) -> bool:
    """Examples, which begin at once, behind the button that begins what is set; whether it did."""
    with st.container(horizontal=True, gap="small"):
        began = st.button(_("Start both runs"), icon=":material/play_arrow:", type="primary")
        for number, example in enumerate(EXAMPLES):
            st.button(
                _(example.title),
                help=_(example.look_for),
                key=frame.address.key(f"race{number}"),
                on_click=_begin,
                args=(frame, example),
            )
    return began


def _type_text(frame: Frame) -> str:
    return type_text(
        frame,
        _("Text, up to {most} characters").format(most=f"{LESSON.most:,}"),
        LESSON,
        read=_learnable,
        area=True,
        counted=True,
        height=120,
    )


def _learnable(text: str) -> str:
    check_learnable(text)
    return text


def _ask_run(frame: Frame, run: int, optimiser: Optimiser, at: DeltaGenerator) -> Setting:
    with at:
        st.markdown("**" + _("Run {number}").format(number=run) + "**")
        with st.container(horizontal=True, gap="small"):
            cell = choose(frame, _("Cell"), CELL[run])
            layers = choose(frame, _("Layers"), LAYERS[run])
        with st.container(horizontal=True, gap="small"):
            units = number(frame, _("Units per layer"), UNITS[run], width=110)
            rate = number(frame, _("Learning rate"), RATE[run], format="%g", width=130)
            clip = number(
                frame,
                _("Gradient-clipping norm (0 = off)"),
                CLIP[run],
                format="%g",
                width=175,
                help=_(
                    "A gradient with a larger norm is scaled down to this norm before the update."
                ),
            )
            start = select(frame, _("Weight initialization"), START[run], width=240)
    return Setting(cell, layers, units, optimiser, rate, None if clip == NEVER else clip, start)


def _begin(frame: Frame, example: Example) -> None:
    frame.address.put({p: p.default for p in EXPERIMENT} | dict(example.values))
    st.session_state[_BEGIN] = True
