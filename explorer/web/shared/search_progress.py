"""How far a search is that may take long, and what it may hold on a page."""

import streamlit as st

from explorer.decoding.budget import Progress
from explorer.decoding.tree import Strategy
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _

MEMORY = 150e6
"""Bytes that a search may hold; a third of them is the tree that a session keeps."""


def say_progress(name: Strategy, progress: Progress | None) -> None:
    """What an exact or exhaustive search has done, and what it still looks for."""
    exhaustive = name == "exhaustive"
    if progress is None and exhaustive:
        st.markdown(_("Starting exhaustive search …"))
    elif progress is None:
        st.markdown(_("Exact search: finding a first bound …"))
    else:
        said = (
            _(
                "Exhaustive search, {seconds} s: {read} prefixes read, {open} still open. The "
                "best score so far is {best}; open prefixes can reach {bound} at most."
            )
            if exhaustive
            else _(
                "Exact search, {seconds} s: {read} prefixes read, {open} still open. The best "
                "score so far is {best}; open prefixes can reach {bound} at most. The search "
                "ends when that is lower."
            )
        )
        st.markdown(
            said.format(
                seconds=decimal(progress.seconds, 1),
                read=f"{progress.read:,}",
                open=f"{progress.open:,}",
                best=decimal(progress.best, 3),
                bound=decimal(progress.bound, 3),
            )
        )
