"""A search that may take long, as a job: exact and exhaustive search."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from explorer.decoding.budget import Progress
from explorer.decoding.tree import SearchTree, Strategy
from explorer.text.numbers import decimal
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Stop
from explorer.web.kit.session_jobs import session_jobs, watch

Watch = Callable[[Progress], None]
Search = Callable[[Watch, Stop], SearchTree]


@dataclass
class Going:
    """How far a search is.

    Attributes:
        progress: The last that it said.
        tree: What it found, once it is done.
    """

    progress: Progress | None = None
    tree: SearchTree | None = None

    def note(self, progress: Progress) -> None:
        """Keep what the search says."""
        self.progress = progress


def searched(frame: Frame, name: Strategy, key: object, search: Search) -> SearchTree | None:
    """What the search finds; None while it goes on, when its progress is shown instead.

    Raises:
        ExplorerError: What the search raises.
    """

    def work(going: Going, stop: Stop) -> None:
        going.tree = search(going.note, stop)

    job = session_jobs().ask(name, key, Going, work)
    if job.ended:
        return job.outcome().tree
    watch(
        job,
        partial(_show, name),
        stop=_("Stop and keep the results so far"),
        key=frame.address.key(f"stop.{name}"),
    )
    return None


def _show(name: Strategy, going: Going) -> None:
    progress = going.progress
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
