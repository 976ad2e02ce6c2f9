"""The same units over two recordings, aligned by step."""

import streamlit as st

from explorer.errors import ExplorerError
from explorer.recordings.reading import Entry
from explorer.text.tokens import visible
from explorer.web.components.two_texts import TwoTexts, two_texts
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.yours.chosen_part import Recorded, choose_number, part_of
from explorer.web.pages.yours.parameters import SECOND_CALL, SECOND_SEQUENCE
from explorer.web.pages.yours.source import Source, choose_source
from explorer.web.shared.focus import Focus
from explorer.web.shared.lines import choose_units
from explorer.web.shared.quantity_names import quantities_of
from explorer.web.shared.two_panels import offer_most_different, panel

_LETTERS = 6  # of a token that has no room


def show_two(frame: Frame, recorded: Recorded, focus: Focus) -> None:
    """The second recording, the units, and what each of them does over both.

    Raises:
        ExplorerError: The second file has no such module, or not with these units.
    """
    left, right = st.columns([3, 2], gap="large")
    with left:
        label = _("A second recording, up to {most} MB")
        source = choose_source(frame, label, name="second", none=recorded.source)
        assert source is not None
        with st.container(horizontal=True, gap="small"):
            second = _choose_second(frame, recorded, source)
    with right:
        units = choose_units(frame, recorded, focus)
        _check_alike(second, focus, units)
        state = quantities_of(recorded.trace)[-1]
        if state in second.trace:
            offer_most_different(frame, (recorded, second), focus, state)
    two_texts(_content((recorded, second), focus, units), key=frame.address.key("two"))
    st.caption(
        _(
            "Every scale holds for both; the grey area is how far the unit is apart. Underlined "
            "steps have another token. “Colour the text by” and “Unit” above choose the quantity "
            "and the unit."
        )
    )


def _choose_second(frame: Frame, recorded: Recorded, source: Source) -> Recorded:
    """The same module of the second file; of the same file another sequence or call."""
    modules = source.modules()
    name = recorded.entry.module
    if name not in modules:
        raise ExplorerError(
            "The second file has no module named {name}; it has {names}.",
            name=name,
            names=", ".join(modules),
        )
    calls, same = modules[name], source is recorded.source
    other_sequence = same and recorded.entry.sizes["batch"] > 1
    next_call = 1 if same and not other_sequence and len(calls) > 1 else 0
    entry: Entry = calls[
        choose_number(frame, _("Call"), SECOND_CALL.starting(next_call), len(calls))
    ]
    parameter = SECOND_SEQUENCE.starting(int(other_sequence))
    sequence = choose_number(frame, _("Sequence"), parameter, entry.sizes["batch"])
    _source, _path, _sequence, first, direction = recorded.key
    return part_of(source, entry, sequence=sequence, first=first, direction=direction)


def _check_alike(second: Recorded, focus: Focus, units: list[int]) -> None:
    sizes, known = second.trace.sizes, quantities_of(second.trace)
    if focus.layer >= sizes["layer"] or max(units) >= sizes["unit"] or focus.quantity not in known:
        raise ExplorerError(
            "In the second recording this module has no such layer, unit or quantity."
        )


def _content(both: tuple[Recorded, Recorded], focus: Focus, units: list[int]) -> TwoTexts:
    state = quantities_of(both[0].trace)[-1]  # the hidden state, beside what colours the steps
    shown = [(focus.quantity, unit) for unit in units]
    if state != focus.quantity and state in both[1].trace:
        shown.insert(1, (state, focus.unit))
    panels = [panel(both, focus.layer, quantity, unit) for quantity, unit in shown]
    one, two = (_tokens(of) for of in both)
    return TwoTexts((one, two), ([], []), panels, names=(_("Recording 1"), _("Recording 2")))


def _tokens(of: Recorded) -> list[str]:
    """Of long tokens their first letters; of numbers every tenth, since a step has no more room."""
    if of.numbered:
        return [token if int(token) % 10 == 0 else "" for token in of.tokens]
    return [_short(visible(token)) for token in of.tokens]


def _short(token: str) -> str:
    return token if len(token) <= _LETTERS else f"{token[: _LETTERS - 1]}…"
