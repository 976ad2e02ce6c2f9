"""The reader's own models among those that a page offers. Brings in no torch."""

import threading

import streamlit as st

from explorer.models import catalogue, own_folder
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain

_SAID = 5
"""Refused folders that are named."""
_lock = threading.Lock()
_stamps: dict[str, tuple[int, ...]] = {}


def follow_folder() -> None:
    """Lets everything computed go once one of the reader's models has changed."""
    folders = own_folder.listing().folders
    now = {name: own_folder.stamp(folder) for name, folder in folders.items()}
    with _lock:
        changed = any(now.get(name) != before for name, before in _stamps.items())
        _stamps.clear()
        _stamps.update(now)
    if changed:
        st.cache_resource.clear()
        st.cache_data.clear()


def say_refused() -> None:
    """Which folders are not offered, and why."""
    refused = catalogue.refused()
    if not refused:
        return
    said = [
        _("{folder}: {why}").format(folder=plain(name), why=sentence(error))
        for name, error in list(refused.items())[:_SAID]
    ]
    if len(refused) > _SAID:
        said.append(_("and {more} more").format(more=len(refused) - _SAID))
    intro = _("Not offered, of the folder of your own models:")
    lines = "".join(f"\n- {line}" for line in said)
    st.warning(f"{intro}\n{lines}", icon=":material/folder_off:")


def name_shown(name: str) -> str:
    """A model's name in a list: that of its folder, and that it is the reader's own."""
    if not own_folder.is_own(name):
        return name
    return _("{name} (yours)").format(name=own_folder.title(name))
