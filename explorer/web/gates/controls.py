"""The controls of a gate page, read into one immutable choice; each stands in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from explorer.errors import ExplorerError
from explorer.locale import N_, Translate
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.recurrence.quantities import QUANTITIES
from explorer.web.choice import choose
from explorer.web.frame import Frame, plain
from explorer.web.gates.examples import EXAMPLES, EXPLAINED, LONGEST
from explorer.web.gates.names import quantity_names

if TYPE_CHECKING:
    import xarray as xr

MEAN, UNIT = "mean", "unit"
ORDERS = {
    "index": N_("number"),
    "mean": N_("mean value"),
    "half-life": N_("half-life of memory"),
}
VIEWS = {
    "heatmaps": N_("All units"),
    "lines": N_("Single units"),
    "equation": N_("The equation"),
    "saturation": N_("Saturation"),
    "model": N_("The model"),
    "download": N_("Download"),
}


@dataclass(frozen=True)
class Text:
    """Which model reads what."""

    model: str
    text: str


@dataclass(frozen=True)
class Focus:
    """What is looked at: a quantity, over all units or one, in one layer, at one step."""

    quantity: str
    over: str
    layer: int
    unit: int
    step: int


def choose_text(frame: Frame, cell: str) -> tuple[Card, Text]:
    """Model, examples and the reader's own text.

    Raises:
        ExplorerError: No model is there, the text is too long, or the model's card is damaged.
    """
    _, address = frame.translate, frame.address
    names = [name for name in catalogue.names() if f"{cell}-" in name]
    if not names:
        raise ExplorerError(
            "No {cell} model is in the folder pretrained/; restore it with: "
            "git checkout -- pretrained",
            cell=cell.upper(),
        )
    first = next((name for name in names if name.startswith(f"{cell}-time")), names[0])
    left, right = st.columns([2, 3], gap="large")
    model_key = address.choice("model", first, names)
    text_key = address.key("text")
    with left:
        name = st.selectbox(
            _("Model"),
            names,
            key=model_key,
            on_change=_begin_anew,
            args=(frame, model_key),
            format_func=lambda name: _model_label(name, _),
        )
        card = catalogue.card(name)
        st.caption(_(EXPLAINED[card.task]))
    default = EXAMPLES[card.task][0].text
    address.seed("text", default, str)
    with right:
        _example_buttons(frame, card, text_key)
        text = st.text_area(
            _("Text, up to {most} characters").format(most=LONGEST), key=text_key, height=90
        )
    if len(text) > LONGEST:
        raise ExplorerError(
            "The text has {length} characters, and this page reads {most} at most: "
            "shorten it by {over}.",
            length=len(text),
            most=LONGEST,
            over=len(text) - LONGEST,
        )
    return card, Text(model=name, text=text)


def choose_focus(frame: Frame, card: Card, trace: xr.Dataset) -> Focus:
    """What colours the strip, and the step."""
    _, address = frame.translate, frame.address
    quantities = QUANTITIES[card.architecture.cell]
    names = quantity_names(card.architecture.cell, _)
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        quantity = choose(
            frame,
            _("Colour the text by"),
            "colour",
            names,
            default=_first_colour(quantities),
        )
        over = choose(
            frame,
            _("Taken over"),
            "of",
            {UNIT: _("one unit"), MEAN: _("all units, mean")},
            default=UNIT,
        )
        layer = _choose_layer(frame, card.architecture.layers)
        last_unit = card.architecture.hidden_size - 1
        telling = _most_varied(trace, quantity, layer)
        unit = st.number_input(
            _("Unit"),
            min_value=0,
            max_value=last_unit,
            key=address.number("unit", telling, 0, last_unit),
            width=130,
        )
    steps = trace.sizes["step"]
    step = st.session_state[address.number("step", steps - 1, 0, steps - 1)]
    return Focus(quantity=quantity, over=over, layer=layer, unit=unit, step=step)


def _most_varied(trace: xr.Dataset, quantity: str, layer: int) -> int:
    """The unit whose values of the quantity vary most over the steps: the one to begin with."""
    return int(trace[quantity].values[layer, 0, 0].std(0).argmax())  # of (T, H)


def _choose_layer(frame: Frame, layers: int) -> int:
    if layers == 1:
        return 0
    shown = {layer: str(layer + 1) for layer in range(layers)}
    _ = frame.translate
    return choose(frame, _("Layer"), "layer", shown, default=0)


def choose_step(frame: Frame, steps: int) -> None:
    """The slider of the chosen step."""
    _ = frame.translate
    if steps > 1:
        st.slider(_("Step"), 0, steps - 1, key=frame.address.key("step"))


def choose_view(frame: Frame) -> str:
    """Which of the views is shown."""
    _ = frame.translate
    shown = {view: _(name) for view, name in VIEWS.items()}
    return choose(frame, _("Show"), "show", shown, default="heatmaps")


def _first_colour(quantities: tuple[str, ...]) -> str:
    return next((q for q in ("update", "forget") if q in quantities), quantities[-1])


def _model_label(name: str, _: Translate) -> str:
    """A model's name with what it is; a damaged card must not keep the others from being listed."""
    try:
        card = catalogue.card(name)
    except ExplorerError:
        return _("{name} (damaged)").format(name=name)
    sizes = card.architecture
    if sizes.layers > 1:
        return _("{name}: {layers} × {units} units").format(
            name=name, layers=sizes.layers, units=sizes.hidden_size
        )
    return _("{name}: {units} units").format(name=name, units=sizes.hidden_size)


def _example_buttons(frame: Frame, card: Card, text_key: str) -> None:
    _ = frame.translate
    examples = EXAMPLES[card.task]
    with st.container(horizontal=True):
        for number, example in enumerate(examples, start=1):
            st.button(
                _("Example {number}").format(number=number),
                help=plain(_(example.look_for)),
                key=f"{text_key}.example{number}",
                on_click=_set_text,
                args=(frame, example.text),
            )


def _set_text(frame: Frame, text: str) -> None:
    st.session_state[frame.address.key("text")] = text
    st.session_state.pop(frame.address.key("step"), None)


def _begin_anew(frame: Frame, model_key: str) -> None:
    """After another model was chosen: a text of its task, unless the reader's own still fits."""
    examples = {example.text: task for task, of in EXAMPLES.items() for example in of}
    text = st.session_state[frame.address.key("text")]
    try:
        task = catalogue.card(st.session_state[model_key]).task
    except ExplorerError:
        return
    if text in examples and examples[text] != task:
        _set_text(frame, EXAMPLES[task][0].text)


def picked(frame: Frame, strip_key: str) -> Callable[[], None]:
    """What happens when the reader chooses a step on the strip, or a unit on a heatmap."""

    def choose() -> None:
        pick = st.session_state[strip_key]["pick"]
        st.session_state[frame.address.key("step")] = int(pick["step"])
        if pick["unit"] is not None:
            st.session_state[frame.address.key("unit")] = int(pick["unit"])

    return choose
