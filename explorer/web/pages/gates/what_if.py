"""What if a gate were another: the edited reading beside the one as it is."""

import numpy as np
import streamlit as st

from explorer.errors import ExplorerError
from explorer.figures.before_after import Pair, before_after_bars, before_after_lines
from explorer.figures.palette import COLOURS, GATES, NEGATIVE, reach
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.reading import Reading, read
from explorer.saving.packing import packed
from explorer.text.numbers import decimal
from explorer.text.tokens import visible
from explorer.web.components.cell import cell
from explorer.web.components.picture import Picture, picture
from explorer.web.kit.errors import sentence
from explorer.web.kit.figure import show_altair, show_by_step
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.gates.changes import Changes, refusal
from explorer.web.pages.gates.intervention_editor import (
    adopt,
    asked_changes,
    edit_changes,
    offer_changes,
)
from explorer.web.pages.gates.parameters import BECAME
from explorer.web.pages.gates.views import GUESSES
from explorer.web.shared.cell import activations_of, cell_of
from explorer.web.shared.focus import Focus, chosen_step, step_later
from explorer.web.shared.layer_values import half_lives, layer_values
from explorer.web.shared.models import pretrained
from explorer.web.shared.quantity_names import quantity_names
from explorer.web.shared.reading import Case

_GUESSES = 5


def show_what_if(frame: Frame, case: Case) -> None:
    """The changes, and everything that follows from them beside what was."""
    text, reading, focus = case.text, case.reading, case.focus
    changes = asked_changes(frame)
    offer_changes(frame, reading, changes)
    pictures = st.container()  # in sight when a button above is pressed
    edit_changes(frame, reading, focus, changes)
    sound = _sound(changes, reading)
    try:
        after = _edited(text.model, text.text, sound) if sound else reading
    except ExplorerError as error:  # a multiple can leave a gate's range anywhere on the way
        st.error(sentence(error), icon=":material/error:")
        return
    pair = Pair(_("as it is"), _("with the changes"))
    with st.container(key=frame.address.key("what-if.loss")):
        _show_loss(reading, after, pair)
    left, right = pictures.columns([3, 2], gap="large")
    with left:
        _show_cell(frame, case, after, sound)
    with right:
        _show_guesses(frame, case, after, pair)
        _show_surprise(frame, reading, after, focus, pair)
    if sound:
        _show_states(frame, reading, after, focus)


def _sound(changes: Changes, reading: Reading) -> Changes:
    """The changes that this model and text allow; of the others it is said why they wait."""
    sizes, cell = reading.trace.sizes, str(reading.trace.attrs["cell"])
    sound = []
    for change in changes:
        error = refusal(
            change, cell, layers=sizes["layer"], units=sizes["unit"], steps=sizes["step"]
        )
        if error is None:
            sound.append(change)
            continue
        st.warning(
            _("One change was ignored. {why}").format(why=sentence(error)),
            icon=":material/warning:",
        )
    return Changes(sound)


@st.cache_resource(max_entries=16, show_spinner=False)
def _edited(name: str, text: str, changes: Changes) -> Reading:
    """What the model makes of the text with these changes; kept while the reader looks around."""
    model, card = pretrained(name)
    return read(model, card.words, text, interventions=changes)


def _show_cell(frame: Frame, case: Case, after: Reading, changes: Changes) -> None:
    """The diagram; a gate that is set in it becomes one of the page's changes."""
    st.header(_("The cell at work"))
    model = pretrained(case.text.model).model
    focus, key = case.focus, frame.address.key("what-if.cell")
    layer = focus.layer if after.trace.sizes["layer"] > 1 else None

    def apply() -> None:
        asked = st.session_state[key]["apply"]
        step = None if asked["step"] is None else int(asked["step"])
        steps = None if step is None else range(step, step + 1)
        gates = {name: round(float(value), 2) for name, value in asked["gates"].items()}
        adopt(
            frame,
            *(
                Intervention(name, value, layer=layer, units=focus.unit, steps=steps)
                for name, value in gates.items()
            ),
        )

    content = cell_of(
        after,
        focus,
        activations_of(model, after, focus),
        diagram=model.architecture.cell,
        was=activations_of(model, case.reading, focus),
        changes=changes,
    )
    cell(content, key=key, on_apply=apply)


def _show_loss(before: Reading, after: Reading, pair: Pair) -> None:
    old, new = (np.array([g[0][0] for g in r.guesses(1)]) for r in (before, after))
    other = int((old != new).sum())
    columns = st.columns(3)
    if len(before.tokens) > 1:
        by_character = before.vocabulary.by_character
        name = _("bits per character, {which}") if by_character else _("bits per token, {which}")
        more = f"{after.bits - before.bits:+.2f}"  # a hyphen, or the arrow would point up
        columns[0].metric(name.format(which=pair.before), decimal(before.bits, 2))
        columns[1].metric(
            name.format(which=pair.after),
            decimal(after.bits, 2),
            delta=more if float(more) else None,
            delta_color="inverse",
        )
    columns[2].metric(
        _("steps with a different top prediction"),
        _("{some} of {all}").format(some=other, all=len(before.tokens)),
    )


def _show_guesses(frame: Frame, case: Case, after: Reading, pair: Pair) -> None:
    """Both predictions after the chosen step, in a part of their own."""

    def draw(frame: Frame, _page: Surroundings) -> None:
        step = chosen_step(frame, len(after.tokens), case.first_step)
        _show_guesses_at(frame, case.reading, after, step, pair)

    run_alone(frame, draw, name=GUESSES)


def _show_guesses_at(frame: Frame, before: Reading, after: Reading, step: int, pair: Pair) -> None:
    likeliest = [r.guesses(_GUESSES)[step] for r in (after, before)]
    tokens = list(dict.fromkeys(token for guesses in likeliest for token, _p in guesses))
    ids = before.vocabulary.encode(tokens)
    shares = [np.exp(r.log_probs[step, ids]).tolist() for r in (before, after)]
    title = _("Prediction after step {step}, “{token}”").format(
        step=step, token=visible(before.tokens[step])
    )
    both = dict(zip(tokens, zip(*shares, strict=True), strict=True))
    show_altair(frame, before_after_bars(both, pair=pair, title=title), "what-if-guesses")


def _show_surprise(frame: Frame, before: Reading, after: Reading, focus: Focus, pair: Pair) -> None:
    chart = before_after_lines(
        before.surprise,
        after.surprise,
        pair=pair,
        tokens=before.tokens,
        step=focus.step,
        title=(
            _("Surprise at each character (bits)")
            if before.vocabulary.by_character
            else _("Surprise at each token (bits)")
        ),
        translate=_,
    )
    show_by_step(frame, chart, "what-if-surprise", step=step_later(frame))


def _show_states(frame: Frame, before: Reading, after: Reading, focus: Focus) -> None:
    """One quantity: all units as pictures, and the chosen unit as lines."""
    cell = str(before.trace.attrs["cell"])
    names = quantity_names(cell)
    options = {quantity: names[quantity] for quantity in reversed(QUANTITIES[cell])}
    quantity = choose(frame, _("Quantity to compare"), BECAME, options)
    old, new = (layer_values(r, focus.layer, quantity) for r in (before, after))  # (T, H)
    _show_pictures(frame, before, focus, quantity, old, new)
    pair = Pair(_("as it is"), _("with the changes"), COLOURS[quantity])
    chart = before_after_lines(
        old[:, focus.unit],
        new[:, focus.unit],
        pair=pair,
        tokens=before.tokens,
        step=focus.step,
        title=f"{names[quantity].capitalize()} · {_('Unit {unit}').format(unit=focus.unit)}",
        domain=None if quantity == "memory" else (0 if quantity in GATES else -1, 1),
        translate=_,
    )
    show_by_step(frame, chart, "what-if-unit", step=step_later(frame))


def _show_pictures(
    frame: Frame,
    reading: Reading,
    focus: Focus,
    quantity: str,
    old: np.ndarray,
    new: np.ndarray,
) -> None:
    order = np.argsort(-half_lives(reading, focus.layer), kind="stable")
    name = quantity_names(str(reading.trace.attrs["cell"]))[quantity]
    moved = new - old
    shown = (
        ("new", _("{quantity} with the changes"), new, reach(quantity, old)),
        (
            "moved",
            _("{quantity}: with the changes minus as it is"),
            moved,
            float(np.abs(moved).max()) or 1.0,
        ),
    )
    for column, (key, title, values, top) in zip(st.columns(2), shown, strict=True):
        signed = key == "moved" or quantity not in GATES
        content = Picture(
            name=title.format(quantity=name).capitalize(),
            values=packed(values.T[order], top),
            units=order.tolist(),
            tokens=[visible(token) for token in reading.tokens],
            colour=COLOURS[quantity],
            reach=top,
            negative=NEGATIVE if signed else None,
            choose_unit=True,
        )
        with column:
            picture(content, key=frame.address.key(f"what-if.{key}"))
    st.caption(
        _(
            "The units are ordered by their memory half-life in the unmodified model. Click "
            "a cell to choose its step and unit."
        )
    )
