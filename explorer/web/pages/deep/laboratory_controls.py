"""What the laboratory trains: the controls of two runs and of what they learn. Brings in no torch.

Everything stands in the address, so that a link is an experiment to be repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.locale import N_
from explorer.models.architecture import Cell
from explorer.text.limits import check_learnable
from explorer.text.story import story
from explorer.training.setting import Optimiser, Setting, Start
from explorer.web.kit.choice import choose
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.addresses import NEVER, RUNS

Subject = Literal["sentences", "text", "recall"]

MOST_UPDATES, MOST_UNITS, DEEPEST = 3000, 128, 4
LONGEST = 20_000
"""Characters of the reader's text."""
_LOWEST_RATE, _HIGHEST_RATE, _HIGHEST_NORM = 1e-6, 1e38, 1e6

_SUBJECTS: Mapping[Subject, str] = MappingProxyType(
    {
        "sentences": N_("short English sentences"),
        "text": N_("a text of your own"),
        "recall": N_("the recall tasks"),
    }
)
_STARTS: Mapping[Start, str] = MappingProxyType(
    {
        "torch": N_("PyTorch default"),
        "text": N_("orthogonal, forget gates open"),
        "memory": N_("gates set for long memory"),
    }
)
_OPTIMISERS: Mapping[Optimiser, str] = MappingProxyType(
    {"sgd": N_("stochastic gradient descent"), "adamw": N_("AdamW")}
)


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
        values: Of the controls, by their names in the address; the others are at their defaults.
    """

    title: str
    look_for: str
    values: Mapping[str, object]


_THREE: Mapping[str, object] = MappingProxyType({"layers1": 3, "layers2": 3})
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
        {**_THREE, "rate1": 2.0, "rate2": 8.0, "updates": 400},
    ),
    Example(
        N_("Clipped or not"),
        N_(
            "Three layers at a high learning rate, with and without clipping: watch the "
            "gradient norm."
        ),
        {
            **_THREE,
            "rate1": 16.0,
            "rate2": 16.0,
            "clip1": 0.1,
            "clip2": NEVER,
            "updates": 400,
        },
    ),
    Example(
        N_("Another initialization"),
        N_(
            "The same three layers from other initial weights: they decide how long training takes."
        ),
        {**_THREE, "rate1": 8.0, "rate2": 8.0, "start2": "text"},
    ),
    Example(
        N_("Learning rate too high"),
        N_(
            "A learning rate so high that the numbers overflow: the run is kept up to the "
            "update where it diverged."
        ),
        {"rate1": 2.0, "layers2": 1, "rate2": 1e38, "clip2": NEVER, "updates": 100},
    ),
    Example(
        N_("Remembering"),
        N_("The recall tasks: a GRU and a plain RNN with the same number of units."),
        {
            "learn": "recall",
            "cell1": "gru",
            "cell2": "rnn",
            "layers2": 1,
            "optimiser": "adamw",
            "rate1": 0.02,
            "rate2": 0.02,
        },
    ),
)
_BEGIN = "deep.begin"
_OF_A_RUN = ("cell", "layers", "units", "rate", "clip", "start")


def ask(frame: Frame) -> tuple[Asked, bool]:
    """Examples to click, what is learned, and the two runs side by side; whether to begin now."""
    _show_examples(frame)
    with st.container(horizontal=True, gap="small"):
        subjects = {subject: _(name) for subject, name in _SUBJECTS.items()}
        subject = choose(frame, _("Training data"), "learn", subjects, default="sentences")
        optimisers = {optimiser: _(name) for optimiser, name in _OPTIMISERS.items()}
        optimiser = choose(frame, _("Optimizer"), "optimiser", optimisers, default="sgd")
        updates = st.number_input(
            _("Updates"),
            10,
            MOST_UPDATES,
            step=100,
            key=frame.address.number("updates", 300, 10, MOST_UPDATES),
            width=130,
        )
        seed = st.number_input(
            _("Seed"), 0, 999, key=frame.address.number("seed", 0, 0, 999), width=110
        )
    text = _type_text(frame) if subject == "text" else ""
    columns = zip(RUNS, st.columns(len(RUNS), gap="large"), strict=True)
    settings = tuple(_ask_run(frame, run, optimiser, at) for run, at in columns)
    began = st.button(_("Start both runs"), icon=":material/play_arrow:", type="primary")
    asked = Asked(subject, text, updates, seed, settings)
    return asked, st.session_state.pop(_BEGIN, False) or began


def _show_examples(frame: Frame) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, example in enumerate(EXAMPLES):
            st.button(
                _(example.title),
                help=_(example.look_for),
                key=frame.address.key(f"race{number}"),
                on_click=_begin,
                args=(frame, example),
            )


def _type_text(frame: Frame) -> str:
    first = "\n\n".join(part.text for part in story()[:2])
    return type_text(
        frame,
        _("Text, up to {most} characters").format(most=f"{LONGEST:,}"),
        "lesson",
        first,
        read=_learnable,
        most=LONGEST,
        area=True,
        counted=True,
        height=120,
    )


def _learnable(text: str) -> str:
    check_learnable(text)
    return text


def _ask_run(frame: Frame, run: int, optimiser: Optimiser, at: DeltaGenerator) -> Setting:
    address = frame.address
    with at:
        st.markdown("**" + _("Run {number}").format(number=run) + "**")
        with st.container(horizontal=True, gap="small"):
            cells = {cell: cell.upper() for cell in get_args(Cell)}
            cell = choose(frame, _("Cell"), f"cell{run}", cells, default="lstm")
            depths = {n: str(n) for n in range(1, DEEPEST + 1)}
            layers = choose(frame, _("Layers"), f"layers{run}", depths, default=(1, 3)[run - 1])
        with st.container(horizontal=True, gap="small"):
            units = st.number_input(
                _("Units per layer"),
                1,
                MOST_UNITS,
                key=address.number(f"units{run}", 32, 1, MOST_UNITS),
                width=110,
            )
            rate = _ask_rate(frame, run)
            clip = _ask_clip(frame, run)
            start = _ask_start(frame, run)
    return Setting(cell, layers, units, optimiser, rate, None if clip == NEVER else clip, start)


def _ask_rate(frame: Frame, run: int) -> float:
    return st.number_input(
        _("Learning rate"),
        _LOWEST_RATE,
        _HIGHEST_RATE,
        format="%g",
        key=frame.address.decimal(f"rate{run}", 2.0, _LOWEST_RATE, _HIGHEST_RATE),
        width=130,
    )


def _ask_clip(frame: Frame, run: int) -> float:
    return st.number_input(
        _("Gradient-clipping norm (0 = off)"),
        NEVER,
        _HIGHEST_NORM,
        format="%g",
        key=frame.address.decimal(f"clip{run}", 1.0, NEVER, _HIGHEST_NORM),
        width=175,
        help=_("A gradient with a larger norm is scaled down to this norm before the update."),
    )


def _ask_start(frame: Frame, run: int) -> Start:
    starts = list(_STARTS)
    return st.selectbox(
        _("Weight initialization"),
        starts,
        key=frame.address.choice(f"start{run}", starts[0], starts),
        format_func={start: _(title) for start, title in _STARTS.items()}.__getitem__,
        width=240,
    )


def _begin(frame: Frame, example: Example) -> None:
    names = ["learn", "optimiser", "updates", "seed"]
    for name in names + [f"{name}{run}" for name in _OF_A_RUN for run in RUNS]:
        frame.address.forget(name)
    for name, value in example.values.items():
        st.session_state[frame.address.key(name)] = value
    st.session_state[_BEGIN] = True
