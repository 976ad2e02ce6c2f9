"""What a tab brings along into a new session.

When a server was restarted, or a session has expired, a tab goes on in a new session: with its
address, and with the values of its widgets, the last of which may never have reached the address.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_SENT = "sent by the tab"
_COMPARED = "compared with the tab"
_SETTLED = "shows what the tab had"


def sent() -> MutableMapping[str, Any]:
    """The values that the tab had, by their widgets' keys, until each is taken over."""
    values: dict[str, Any] = st.session_state.setdefault(_SENT, {})
    return values


def take_over(keys: Iterable[str]) -> None:
    """Runs the page of a new session again where the tab had other values than it shows.

    What a browser sends is read by the widget that it belongs to, so it is known only when that is
    drawn.

    Args:
        keys: Of the widgets; those that are drawn by now are compared.
    """
    if _SETTLED in st.session_state:
        return
    # Once for each value: the page may have refused one, and the reader may move on meanwhile.
    compared: dict[str, Any] = st.session_state.setdefault(_COMPARED, {})
    drawn = {
        key: value
        for key, value in _drawn(keys).items()
        if key not in compared or compared[key] != value
    }
    compared |= drawn
    others = {key: value for key, value in drawn.items() if value != st.session_state[key]}
    if others:
        sent().update(others)
        st.rerun()


def settle() -> None:
    """The page shows what the tab had: from now on its widgets are this session's."""
    st.session_state[_SETTLED] = True


def _drawn(keys: Iterable[str]) -> dict[str, Any]:
    """What the tab sent for those of the widgets that this run has drawn.

    Streamlit tells nobody: a value that is set in the session hides what was sent.
    """
    context = get_script_run_ctx()
    if context is None:
        return {}
    state = context.session_state._state
    ids = ((key, state._key_id_mapper.get_id_from_key(key, None)) for key in keys)
    drawn = {key: id_ for key, id_ in ids if id_ in context.shared.widget_ids_this_run}
    values = state._new_widget_state
    return {key: values[id_] for key, id_ in drawn.items() if id_ and id_ in values}
