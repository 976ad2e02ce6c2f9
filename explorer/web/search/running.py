"""A search that may take long, in a thread of its own: watched, stopped, and kept.

A thread of a page that was closed goes on until its budget ends, which is a minute at most.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import streamlit as st

from explorer.decoding.progress import Progress
from explorer.decoding.tree import SearchTree, Strategy
from explorer.text.numbers import decimal
from explorer.web.frame import Frame

_KEPT, _RUNNING = "kept searches", "running searches"
_AT_ONCE_S = 0.4
"""A search that is done so soon shows no progress."""
_LOOK_S = 0.4
_MOST_KEPT = 16

Watch = Callable[[Progress], None]
Search = Callable[[Watch, Callable[[], bool]], SearchTree]


@dataclass
class Job:
    """A search in its thread.

    Attributes:
        name: Which search.
        key: What it searches, under which rules.
        progress: The last that it said.
        tree: What it found, once it is done.
        error: What it was refused with, if it was.
        stop: Set to end it; what it has found is its result.
    """

    name: Strategy
    key: object
    progress: Progress | None = None
    tree: SearchTree | None = None
    error: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self, search: Search) -> None:
        """Run the search."""

        def run() -> None:
            try:
                self.tree = search(self._watch, self.stop.is_set)
            except Exception as error:  # said by the page, which is another thread
                self.error = error

        self.thread = threading.Thread(target=run, name=f"{self.name} search", daemon=True)
        self.thread.start()

    @property
    def done(self) -> bool:
        """Whether there is a result or an error."""
        return self.thread is not None and not self.thread.is_alive()

    def _watch(self, progress: Progress) -> None:
        self.progress = progress


def searched(frame: Frame, name: Strategy, key: object, search: Search) -> SearchTree | None:
    """What the search finds; None while it runs, when its progress is shown instead.

    A search of this name for another ``key`` that still runs is stopped.

    Raises:
        ExplorerError: What the search raises.
    """
    kept: dict[object, SearchTree] = st.session_state.setdefault(_KEPT, {})
    if (name, key) in kept:
        return kept[name, key]
    job = _job(name, key, search)
    if job.thread is not None:
        job.thread.join(_AT_ONCE_S)
    if not job.done:
        _show_progress(frame, job)
        return None
    del _running()[name]
    if job.tree is None:
        raise job.error or RuntimeError("a search ended with nothing")
    kept[name, key] = job.tree
    while len(kept) > _MOST_KEPT:
        del kept[next(iter(kept))]
    return job.tree


def stop_others(names: Collection[Strategy]) -> None:
    """End what runs of searches that are not among ``names``: nobody looks at them any more."""
    running = _running()
    for name in set(running) - set(names):
        running.pop(name).stop.set()


def _running() -> dict[Strategy, Job]:
    """The searches of this session that run."""
    running: dict[Strategy, Job] = st.session_state.setdefault(_RUNNING, {})
    return running


def _job(name: Strategy, key: object, search: Search) -> Job:
    """The job for ``key``, begun if it has not been."""
    running = _running().get(name)
    if running is not None and running.key == key:
        return running
    if running is not None:
        running.stop.set()
    job = Job(name, key)
    job.start(search)
    _running()[name] = job
    return job


@st.fragment(run_every=_LOOK_S)
def _show_progress(frame: Frame, job: Job) -> None:
    """How far the search is, and a button that ends it; once it is done, the whole page again."""
    _ = frame.translate
    if job.done:
        st.rerun()
    st.markdown(_said(frame, job))
    st.button(
        _("Stop and keep what it found"),
        icon=":material/stop:",
        key=frame.address.key(f"stop.{job.name}"),
        on_click=job.stop.set,
    )


def _said(frame: Frame, job: Job) -> str:
    _, progress = frame.translate, job.progress
    exhaustive = job.name == "exhaustive"
    if progress is None:
        if exhaustive:
            return _("Exhaustive search begins …")
        return _("Exact search: looking for a first bound …")
    said = (
        _(
            "Exhaustive search, {seconds} s: {read} prefixes read, {open} still open. The best so "
            "far has the score {best}; what is open is worth {bound} at most."
        )
        if exhaustive
        else _(
            "Exact search, {seconds} s: {read} prefixes read, {open} still open. The best so far "
            "has the score {best}; what is open is worth {bound} at most. The search ends when "
            "that is less."
        )
    )
    return said.format(
        seconds=decimal(progress.seconds, 1),
        read=f"{progress.read:,}",
        open=f"{progress.open:,}",
        best=decimal(progress.best, 3),
        bound=decimal(progress.bound, 3),
    )
