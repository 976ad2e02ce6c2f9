"""Units that stand out by what they do: those that remember longest, and those that moved most."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import streamlit as st

from explorer.text.numbers import decimal
from explorer.web.components.series import Row, declared_rows, series, series_by_step
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.focus import Focus
from explorer.web.shared.layer_values import Traced, half_lives, has_half_lives, layer_values
from explorer.web.shared.quantity_names import quantities_of
from explorer.web.shared.units.unit_rows import opened, row_of

_LASTING, _MOVED = 4, 4
_MOVED_ROWS = "units.moved"


def show_moving(
    frame: Frame, traced: Traced, focus: Focus, *, but: Collection[int] = (), of_words: bool = False
) -> None:
    """Those that remember longest, where a gate says it, and the place of those that moved most.

    What stands at that place is another thing at every step: `declared_moved` says it.

    Args:
        frame: The page's frame.
        traced: What is shown.
        focus: What the reader looks at.
        but: Units that stand above already.
        of_words: Whether tokens are words, which stand apart.
    """
    if has_half_lives(traced):
        lasting = _rows(traced, focus, _lasting(traced, focus, but), _LASTING, of_words)
        title = _("Other units that remember longest") if but else _("Units that remember longest")
        show_rows(frame, "lasting", title, lasting)
    st.header(_("Units that moved most at this step"))
    key = frame.address.key(_MOVED_ROWS)
    series_by_step(key=key, on_open=opened(frame, key))
    if has_half_lives(traced):
        _say_half_lives(traced, focus)


def declared_moved(
    frame: Frame, traced: Traced, focus: Focus, *, of_words: bool = False
) -> Mapping[str, object]:
    """What is declared of the units that moved most at the step; as `show_moving`."""
    rows = _rows(traced, focus, _moved(traced, focus), _MOVED, of_words)
    return declared_rows(rows, key=frame.address.key(_MOVED_ROWS))


def show_rows(frame: Frame, name: str, title: str, rows: list[Row]) -> None:
    """Rows under a title, if there are any; a click on a unit's name opens it."""
    if not rows:
        return
    st.header(title)
    key = frame.address.key(f"units.{name}")
    series(rows, key=key, on_open=opened(frame, key), of_the_strip=True)


def _lasting(traced: Traced, focus: Focus, but: Collection[int]) -> Iterable[tuple[int, str]]:
    lives = half_lives(traced, focus.layer)
    said = _("Over these steps, half of what it holds is left after {steps} steps.")
    units = (int(unit) for unit in np.argsort(-lives, kind="stable") if int(unit) not in but)
    return ((unit, said.format(steps=decimal(float(lives[unit]), 1))) for unit in units)


def _moved(traced: Traced, focus: Focus) -> Iterable[tuple[int, str]]:
    values = layer_values(traced, focus.layer, _state(traced))[: focus.step + 1]  # (t, H)
    now = values[-1]
    before = values[-2] if len(values) > 1 else np.zeros_like(now)
    order = np.argsort(-np.abs(now - before), kind="stable")
    said = _("From {before} to {after}.")
    for unit in map(int, order):
        ends = (decimal(float(one[unit]), 2) for one in (before, now))
        yield unit, said.format(**dict(zip(("before", "after"), ends, strict=True)))


def _rows(
    traced: Traced,
    focus: Focus,
    notes: Iterable[tuple[int, str]],
    count: int,
    of_words: bool,
) -> list[Row]:
    quantity = _state(traced)
    return [
        row_of(
            traced, layer=focus.layer, unit=unit, quantity=quantity, note=note, of_words=of_words
        )
        for (unit, note), _place in zip(notes, range(count), strict=False)
    ]


def _say_half_lives(traced: Traced, focus: Focus) -> None:
    lives = half_lives(traced, focus.layer)
    low, middle, high = (decimal(float(q), 1) for q in np.quantile(lives, (0.1, 0.5, 0.9)))
    st.caption(
        _(
            "All {count} units of this layer by half-life, over these steps: a tenth hold half for "
            "less than {low} steps, half of them for less than {middle}, a tenth for more than "
            "{high}. A click on a unit's name opens it; “All units” shows the whole matrix."
        ).format(count=len(lives), low=low, middle=middle, high=high)
    )


def _state(traced: Traced) -> str:
    """The quantity that keeps what a unit remembers: the memory, where there is one."""
    quantities = quantities_of(traced.trace)
    return "memory" if "memory" in quantities else quantities[-1]
