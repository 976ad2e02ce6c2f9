"""Which part of a recording is shown: the controls above its views."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
import xarray as xr

from explorer.locale import enumerated, paragraph
from explorer.recordings.reading import Entry
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.parameters import Whole
from explorer.web.kit.widgets import choose, number, select
from explorer.web.pages.yours.parameters import CALL, DIRECTION, FIRST, MODULE, SEQUENCE
from explorer.web.pages.yours.source import MOST_STEPS, Source


@dataclass(frozen=True)
class Recorded:
    """Some steps of one sequence of one trace, as the views are given them.

    Attributes:
        source: The file.
        entry: The trace.
        key: Stands for the part in caches: the file, the trace, the sequence, the first step,
            the direction.
        numbered: Whether the steps have numbers in place of tokens.
        tokens: What stands at each step.
        trace: Over (layer, direction, batch, step, unit), with one direction and one sequence.
    """

    source: Source
    entry: Entry
    key: tuple[str, str, int, int, int]
    numbered: bool
    tokens: tuple[str, ...]
    trace: xr.Dataset


def choose_part(frame: Frame, source: Source) -> Recorded:
    """The controls, and what they choose.

    Raises:
        ExplorerError: The part cannot be read.
    """
    modules = source.modules()
    with st.container(horizontal=True, gap="small"):
        titles = {name: _module_title(name, calls) for name, calls in modules.items()}
        name = select(frame, _("Module"), MODULE, titles, width=260)
        calls = modules[name]
        call = choose_number(frame, _("Call"), CALL, len(calls))
        entry = calls[call]
        sequence = choose_number(frame, _("Sequence"), SEQUENCE, entry.sizes["batch"])
        first = _choose_steps(frame, entry)
        direction = _choose_direction(frame, entry)
    return part_of(source, entry, sequence=sequence, first=first, direction=direction)


def part_of(source: Source, entry: Entry, *, sequence: int, first: int, direction: int) -> Recorded:
    """A part of a trace.

    Raises:
        ExplorerError: It cannot be read.
    """
    read = source.part(entry, sequence=sequence, first=first)
    direction = min(direction, entry.sizes["direction"] - 1)
    found = Recorded(
        source=source,
        entry=entry,
        key=(source.key, entry.path, sequence, read.first, direction),
        numbered=read.numbered,
        tokens=read.tokens,
        trace=read.trace.isel(direction=[direction]),
    )
    _say(entry, read.length, len(read.tokens), read.first, read.bad)
    return found


def _module_title(name: str, calls: list[Entry]) -> str:
    kind = calls[0].cell.upper() or _("Trace")
    return f"{name or _('one trace')} · {kind}, {calls[0].sizes['unit']}"


def choose_number(frame: Frame, label: str, parameter: Whole, count: int) -> int:
    """One of so many, where there is a choice."""
    if count == 1:
        return 0
    shown = _("{what} (0 to {last})").format(what=label, last=count - 1)
    return number(frame, shown, parameter.within(0, count - 1), width=150)


def _choose_steps(frame: Frame, entry: Entry) -> int:
    steps = entry.sizes["step"]
    if steps <= MOST_STEPS:
        return 0
    label = _("First step shown (0 to {last})").format(last=steps - MOST_STEPS)
    return number(frame, label, FIRST.within(0, steps - MOST_STEPS), step=MOST_STEPS, width=220)


def _choose_direction(frame: Frame, entry: Entry) -> int:
    if entry.sizes["direction"] == 1:
        return 0
    names: Mapping[int, str] = {0: _("forward"), 1: _("backward")}
    shown = {place: names.get(place, str(place)) for place in range(entry.sizes["direction"])}
    return choose(frame, _("Direction"), DIRECTION, shown)


def _say(entry: Entry, length: int, shown: int, first: int, bad: int) -> None:
    """What is to be known of the numbers."""
    said = []
    if shown < length:
        said.append(
            _("Steps {first} to {last} of {all} are shown.").format(
                first=first, last=first + shown - 1, all=f"{length:,}"
            )
        )
    if entry.renumbered:
        said.append(_("The file holds a part of a trace, so units or steps are numbered anew."))
    if entry.left_out:
        names = enumerated([plain(name) for name in entry.left_out], _)
        said.append(_("Not shown, since they have other units: {names}.").format(names=names))
    if bad:
        said.append(
            _("{count} values are no finite numbers; they are shown as 0.").format(count=bad)
        )
    if said:
        st.caption(paragraph(*said))
