"""The jobs of one session, by name: asked for by every run of its page, watched, and kept."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from explorer.web.kit.i18n import _
from explorer.web.kit.job import AWAY_S, QUEUE, Job, Queue, Stop
from explorer.web.kit.memory import trim

T = TypeVar("T")

MOST_KEPT = 6
"""Jobs of a session whose results are kept."""
FORGET_S = AWAY_S + 1
"""So long after a session was closed its results are let go."""
_AT_ONCE_S = 0.4
"""A job that is done so soon shows no progress."""
_LOOK_S = 0.5
_HELD = "jobs"


class SessionJobs:
    """What one session works at, and what it has come to.

    Of each name one job goes on at a time.

    Args:
        queue: In which the jobs wait for their turn; the server's, if none is given.
    """

    def __init__(self, queue: Queue | None = None) -> None:
        self.queue = queue or QUEUE
        self._jobs: dict[tuple[str, object], Job[Any]] = {}

    def begin(self, name: str, key: object, result: T, work: Callable[[T, Stop], None]) -> Job[T]:
        """Begin a job; others of its name are ended."""
        self._end_others(name, None)
        self._jobs.pop((name, key), None)  # so that it stands last
        self._jobs[name, key] = begun = Job(result, work, owner=self)
        self.queue.add(begun)
        self._keep_few()
        begun.wait(_AT_ONCE_S)
        return begun

    def known(self, name: str, key: object) -> Job[Any] | None:
        """The job ``name`` for ``key``; others of its name are ended.

        None if there is none, if it ended because nobody looked, or if its error was said.
        """
        self._end_others(name, key)
        known = self._jobs.pop((name, key), None)
        if known is None or known.abandoned:
            return None
        self._jobs[name, key] = known
        known.look()
        return known

    def ask(
        self, name: str, key: object, result: Callable[[], T], work: Callable[[T, Stop], None]
    ) -> Job[T]:
        """The known job, else one that is begun."""
        return self.known(name, key) or self.begin(name, key, result(), work)

    def last(self, name: str) -> Job[Any] | None:
        """The job of this name that was begun or asked for last, but for those nobody looked at."""
        named = (job for (n, _), job in reversed(self._jobs.items()) if n == name)
        return next((job for job in named if not job.abandoned), None)

    def look_away(self) -> None:
        """A page begins to run: what it does not ask for will stop."""
        for job in tuple(self._jobs.values()):
            job.look_away()

    def leave(self) -> None:
        """The page was closed, or lost its connection for a moment: then all goes on."""
        if self._jobs:
            self.look_away()
            timer = threading.Timer(FORGET_S, self._forget)
            timer.daemon = True
            timer.start()

    def _forget(self) -> None:
        for key, job in tuple(self._jobs.items()):
            if job.unseen:
                job.forget()
                self._jobs.pop(key, None)
        trim()

    def _end_others(self, name: str, key: object) -> None:
        for (other, its), job in tuple(self._jobs.items()):
            if other == name and its != key:
                job.abandon()

    def _keep_few(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.ended]
        for key in ended[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[key]


def session_jobs() -> SessionJobs:
    """Those of the session whose page runs."""
    held: SessionJobs = st.session_state.setdefault(_HELD, SessionJobs())
    _until_closed(held)
    return held


@st.cache_resource(scope="session", on_release=SessionJobs.leave, show_spinner=False)
def _until_closed(_jobs: SessionJobs) -> SessionJobs:
    """Streamlit says that a session was closed by releasing what was cached for it."""
    return _jobs


@st.fragment(run_every=_LOOK_S)
def watch(
    job: Job[T],
    say: Callable[[T], None],
    *,
    stop: str,
    key: str | None = None,
    draw: Callable[[T], None] = lambda result: None,
) -> None:
    """How far a job is, and a button that ends it; once it has ended, the whole page again.

    Args:
        job: That goes on.
        say: Says how far it is.
        stop: What the button says.
        key: Of the button.
        draw: Draws, below it, what there is.
    """
    result = job.look()
    if job.ended:
        st.rerun()
    if job.state == "waiting":
        said = _("Queued; jobs ahead: {count}. This server runs {places} at a time.")
        st.markdown(said.format(count=QUEUE.before(job), places=QUEUE.places))
        return
    say(result)
    st.button(stop, icon=":material/stop:", key=key, on_click=job.stop)
    draw(result)
