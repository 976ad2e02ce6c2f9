"""The widgets of parameters: the address has their state, and a change resets what is of them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import streamlit as st

from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Choice, N, Number, Parameter, Values
from explorer.web.kit.sight import bring_into_sight

T = TypeVar("T")


def choose(
    frame: Frame,
    label: str,
    parameter: Choice[T],
    titles: Mapping[T, str] | None = None,
    **look: Any,
) -> T:
    """One of some options, as a row of buttons.

    Args:
        frame: The page's frame.
        label: Above the buttons, in the reader's language.
        parameter: What is chosen.
        titles: What each option is called, in the reader's language, where the parameter's own
            options do not say it.
        look: What streamlit's widget takes besides.
    """
    titles = titles or titles_of(parameter)
    parameter = parameter.among(titles)
    found = st.segmented_control(
        label,
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        wrap=True,
        **state(frame, parameter),
        **look,
    )
    return parameter.default if found is None else found


def chosen(frame: Frame, parameter: Choice[T]) -> T:
    """What is chosen, known before its buttons are drawn."""
    return frame.address.value(parameter)


def select(
    frame: Frame,
    label: str,
    parameter: Choice[T],
    titles: Mapping[T, str] | None = None,
    *,
    then: Callable[[], None] = lambda: None,
    **look: Any,
) -> T:
    """One of many options, in a list that opens; as `choose`.

    Args:
        frame: The page's frame.
        label: Above the list.
        parameter: What is chosen.
        titles: What each option is called.
        then: Called when the reader has chosen another.
        look: What streamlit's widget takes besides.
    """
    titles = titles or titles_of(parameter)
    held = state(frame, parameter.among(titles), then=then)
    found = st.selectbox(label, list(titles), format_func=titles.__getitem__, **held, **look)
    return cast(T, found)


def slide_options(
    frame: Frame,
    label: str,
    parameter: Choice[T],
    titles: Mapping[T, str] | None = None,
    **look: Any,
) -> T:
    """One of some options that stand in a row, as a slider; as `choose`."""
    titles = titles or titles_of(parameter)
    held = state(frame, parameter.among(titles))
    found = st.select_slider(label, list(titles), format_func=titles.__getitem__, **held, **look)
    return cast(T, found)


def switch(frame: Frame, label: str, parameter: Choice[bool], **look: Any) -> bool:
    """Something that is on or off."""
    return st.toggle(label, **state(frame, parameter), **look)


def number(frame: Frame, label: str, parameter: Number[N], **look: Any) -> N:
    """A number, as a field with steps."""
    held = state(frame, parameter)
    found = st.number_input(label, parameter.lowest, parameter.highest, **held, **look)
    return cast(N, found)


def slide(frame: Frame, label: str, parameter: Number[N], **look: Any) -> N:
    """A number, as a slider."""
    held = state(frame, parameter)
    return cast(N, st.slider(label, parameter.lowest, parameter.highest, **held, **look))


def example(
    frame: Frame,
    title: str,
    values: Values,
    *,
    key: str,
    look_for: str | None = None,
    shows: Parameter[Any] | None = None,
) -> None:
    """A button that sets parameters; what is of them goes back to its default.

    Args:
        frame: The page's frame.
        title: On the button, in the reader's language.
        values: What it sets.
        key: Tells it from the page's other buttons.
        look_for: Shown while the pointer rests on it.
        shows: The parameter whose widget it brings into sight, if any.
    """

    def act() -> None:
        frame.address.put(values)
        if shows:
            bring_into_sight(frame.address.key(shows.name))

    st.button(title, key=frame.address.key(key), help=look_for, on_click=act)


def titles_of(parameter: Choice[T]) -> dict[T, str]:
    """What a parameter's own options are called, in the reader's language."""
    return {option: _(title) for option, title in parameter.options.items()}


def state(
    frame: Frame, parameter: Parameter[Any], *, then: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """What a widget of streamlit's is given to hold a parameter: its key, and what its change does.

    Args:
        frame: The page's frame.
        parameter: What it holds.
        then: Called when the reader has changed it.
    """

    def act() -> None:
        frame.address.changed(parameter)
        then()

    return {"key": frame.address.take(parameter), "on_change": act}
