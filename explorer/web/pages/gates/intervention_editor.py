"""The controls that change a gate or a state: a list of changes, kept in the address."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.recurrence.indices import as_sequence, greatest
from explorer.recurrence.intervention import ALL_GATES, Intervention
from explorer.recurrence.quantities import GATES, QUANTITIES
from explorer.recurrence.reading import Reading
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.gates.change_in_words import say_change
from explorer.web.pages.gates.changes import MOST, Changes, reader
from explorer.web.pages.gates.parameters import CHANGE
from explorer.web.pages.gates.suggestions import SUGGESTIONS
from explorer.web.shared.focus import Focus, step_later
from explorer.web.shared.quantity_names import quantity_names

_ALL, _SOME = "all", "some"
#: Where the slider of a value ends, for what is no gate; a memory is unbounded.
_ENDS = {"memory": (-5.0, 5.0)}


def asked_changes(frame: Frame) -> Changes:
    """The changes that the address asks for; what is none of them is said."""
    return frame.address.value(replace(CHANGE, reader=reader(frame.address.problems)))


def edit_changes(frame: Frame, reading: Reading, focus: Focus, changes: Changes) -> None:
    """The controls of the change that the reader has in hand, and what adds one."""
    sizes = {str(axis): count for axis, count in reading.trace.sizes.items()}
    cell = str(reading.trace.attrs["cell"])
    with st.container(border=True):
        if changes:
            number = _choose(frame, cell, changes)
            _edit(frame, cell, changes[number], number, focus, sizes)
        else:
            number = 0
            st.markdown(
                _(
                    "Nothing is changed: this is the cell as it is. Press one of the buttons "
                    "above, add a change, or set a gate in the cell."
                )
            )
        layer = focus.layer if sizes["layer"] > 1 else None
        another = Intervention(GATES[cell][-1], 1.0, layer=layer, units=focus.unit)
        _buttons(frame, changes, number, another)


def adopt(frame: Frame, *new: Intervention) -> None:
    """Puts changes into the list from a callback; the last of them is then in hand."""
    changes: Changes = st.session_state[frame.address.key(CHANGE.name)]
    for change in new:
        changes = changes.put(change)
    if len(changes) > MOST:
        st.toast(_("At most {most} changes are possible: remove one first.").format(most=MOST))
        return
    _keep(frame, changes)
    st.session_state[_key(frame, "number")] = changes.index(new[-1])


def offer_changes(frame: Frame, reading: Reading, now: Changes) -> None:
    """Changes to make with one click, and what to look for after the one that was made."""
    cell, steps = str(reading.trace.attrs["cell"]), len(reading.tokens)
    chosen = None
    with st.container(horizontal=True, gap="small"):
        for number, suggestion in enumerate(SUGGESTIONS[cell]):
            changes = suggestion.of(steps)
            if changes == now:
                chosen = suggestion
            st.button(
                _(suggestion.title),
                key=_key(frame, f"suggestion{number}"),
                icon=":material/check:" if changes == now else None,
                on_click=_keep,
                args=(frame, changes),
            )
    if chosen:
        st.caption(_(chosen.look_for))


def _choose(frame: Frame, cell: str, changes: Changes) -> int:
    """Which change is in hand."""
    names = quantity_names(cell)
    key = _key(frame, "number")
    number = min(int(st.session_state.get(key, 0)), len(changes) - 1)
    if len(changes) == 1:
        st.markdown(f"**{say_change(changes[0], names)}**")
        return 0
    st.session_state[key] = number
    return st.radio(
        _("Changes"),
        range(len(changes)),
        format_func=[say_change(change, names) for change in changes].__getitem__,
        key=key,
    )


def _edit(
    frame: Frame, cell: str, change: Intervention, number: int, focus: Focus, sizes: dict[str, int]
) -> None:
    """The controls of one change: what, to what, and where."""
    names = quantity_names(cell)
    write = _writer(frame, number, focus, sizes)
    quantity = change.quantity if change.quantity in names else QUANTITIES[cell][0]
    now, scaled = float(change.amount), change.scale is not None
    with st.container(horizontal=True, gap="medium"):
        _buttons_of(frame, _("Quantity to change"), "quantity", names, quantity, write)
        ways = {False: _("set to"), True: _("multiply by")}
        _buttons_of(frame, _("Operation"), "scaled", ways, scaled, write)
    lowest, highest = _ends(quantity, now, scaled=scaled)
    amount = _seeded(frame, "amount", min(max(now, lowest), highest))
    st.slider(names[quantity].capitalize(), lowest, highest, step=0.01, key=amount, on_change=write)
    with st.container(horizontal=True, gap="medium"):
        _where(frame, change, write, sizes)


def _where(
    frame: Frame, change: Intervention, write: Callable[[], None], sizes: dict[str, int]
) -> None:
    if sizes["layer"] > 1:
        layers = {-1: _("all")} | {layer: str(layer) for layer in range(sizes["layer"])}
        layer = -1 if change.layer is None else change.layer
        _buttons_of(frame, _("Layer"), "layer", layers, layer if layer in layers else -1, write)
    units = {_ALL: _("all units"), _SOME: _("one unit")}
    one = change.units is not None
    _buttons_of(frame, _("Units"), "units", units, _SOME if one else _ALL, write)
    if one:
        last = sizes["unit"] - 1
        key = _seeded(frame, "unit", min(greatest(as_sequence(change.units) or ()), last))
        st.number_input(
            _("Unit (0 to {last})").format(last=last), 0, last, key=key, on_change=write, width=140
        )
    if sizes["step"] < 2:
        return
    steps, spans = as_sequence(change.steps), {_ALL: _("all steps"), _SOME: _("some steps")}
    _buttons_of(frame, _("Steps"), "steps", spans, _SOME if steps else _ALL, write)
    if steps:
        last = sizes["step"] - 1
        ends = (min(steps[0], last), min(steps[-1], last))
        key = _seeded(frame, "span", ends)
        st.slider(_("Range of steps"), 0, last, key=key, on_change=write, width=320)


def _buttons(frame: Frame, changes: Changes, number: int, another: Intervention) -> None:
    rest = Changes((*changes[:number], *changes[number + 1 :]))
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Add a change"),
            key=_key(frame, "add"),
            icon=":material/add:",
            disabled=len(changes) >= MOST,
            on_click=adopt,
            args=(frame, another),
        )
        for name, said, left in (
            ("remove", _("Remove this change"), rest),
            ("clear", _("Remove all changes"), Changes()),
        ):
            if len(changes) > (name == "clear"):
                st.button(
                    said,
                    key=_key(frame, name),
                    icon=":material/undo:",
                    on_click=_keep,
                    args=(frame, left),
                )


def _writer(frame: Frame, number: int, focus: Focus, sizes: dict[str, int]) -> Callable[[], None]:
    """The callback that writes what the controls say into the list."""
    step = step_later(frame)

    def now(name: str, default: object) -> object:
        return st.session_state.get(_key(frame, name), default)

    def write() -> None:
        key = frame.address.key(CHANGE.name)
        changes: Changes = st.session_state[key]
        quantity, scaled = str(now("quantity", "")), bool(now("scaled", False))
        was = changes[number]
        same = (quantity, scaled) == (was.quantity, was.scale is not None)
        lowest, highest = _ends(quantity, float(was.amount) if same else 0.0, scaled=scaled)
        layer = now("layer", -1) if sizes["layer"] > 1 else -1
        some_units = now("units", _ALL) == _SOME
        some_steps = now("steps", _ALL) == _SOME and sizes["step"] > 1
        amount = round(min(max(float(str(now("amount", 0.0))), lowest), highest), 2)
        changed = Intervention(
            quantity,
            value=None if scaled else amount,
            scale=amount if scaled else None,
            layer=None if layer in (-1, None) else int(str(layer)),
            units=int(str(now("unit", focus.unit))) if some_units else None,
            steps=_span(now("span", (step(), step()))) if some_steps else None,
        )
        st.session_state[key] = Changes((*changes[:number], changed, *changes[number + 1 :]))

    return write


def _span(ends: object) -> range:
    assert isinstance(ends, tuple)
    return range(int(ends[0]), int(ends[1]) + 1)


def _ends(quantity: str, amount: float, *, scaled: bool) -> tuple[float, float]:
    """Where the slider of an amount ends; an address may go beyond, except for a gate."""
    if quantity in ALL_GATES:
        return 0.0, 1.0
    lowest, highest = (-2.0, 2.0) if scaled else _ENDS.get(quantity, (-1.0, 1.0))
    return min(lowest, amount), max(highest, amount)


def _buttons_of(
    frame: Frame,
    label: str,
    name: str,
    options: Mapping[Any, str],
    value: object,
    write: Callable[[], None],
) -> None:
    """A row of buttons that writes into the list; the list says which is pressed."""
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=_seeded(frame, name, value),
        required=True,
        wrap=True,
        on_change=write,
    )


def _seeded(frame: Frame, name: str, value: object) -> str:
    """The key of a control whose value is what the list says."""
    key = _key(frame, name)
    st.session_state[key] = value
    return key


def _key(frame: Frame, name: str) -> str:
    return frame.address.key(f"change.{name}")


def _keep(frame: Frame, changes: Changes) -> None:
    st.session_state[frame.address.key(CHANGE.name)] = changes
