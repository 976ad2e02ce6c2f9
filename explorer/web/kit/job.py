"""Work of some seconds in a thread of its own: it waits for its turn, is watched and stopped.

What the work has done is read off its result while it grows. Work that nobody looks at stops, so a
closed page costs nothing; `session_jobs` keeps what a session's jobs have come to.
"""

import atexit
import os
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Generic, Literal, TypeVar, cast

from explorer.web.kit.memory import trim

T = TypeVar("T")

HIDDEN_S = 75.0
"""Work on a page that is open stops when nobody looked for so long: browsers let a tab that has
been hidden for some minutes look once a minute."""
AWAY_S = 10.0
"""The same for work that the page no longer shows, and for a page that is closed."""

_NICER = 5
"""Beside two searches, pages took 0.65 times as long with 5, and 0.46 times with 10; but with 10,
on a machine that had other work, the searches came to a quarter of what they do."""

Stop = Callable[[], bool]


@dataclass(eq=False)
class Job(Generic[T]):
    """Work, from waiting for its turn to its end.

    Attributes:
        result: What the work fills, from the beginning; another thread may read it at any time.
        work: Fills the result, and comes back soon after it is told to stop.
        owner: Whose it is; owners take turns.
        state: How far it is.
        stopped: Whether it was to end before its time.
        abandoned: Whether that was because nobody looked, so that its result is nobody's wish.
        error: What the work failed with, if it did.
    """

    result: T
    work: Callable[[T, Stop], None]
    owner: object = None
    state: Literal["waiting", "running", "ended"] = "waiting"
    stopped: bool = False
    abandoned: bool = False
    error: Exception | None = None

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self.look()

    def look(self) -> T:
        """What there is of the result; whoever looks keeps the work going."""
        self._looked, self._patience = monotonic(), HIDDEN_S
        return self.result

    def look_away(self) -> None:
        """The page no longer shows the work, as far as is known: it stops if that stays so."""
        self._looked, self._patience = monotonic(), AWAY_S

    @property
    def unseen(self) -> bool:
        """Whether nobody has looked for too long."""
        return monotonic() - self._looked > self._patience

    def stop(self) -> None:
        """End the work; what it has done is its result."""
        self.stopped = True

    def abandon(self) -> None:
        """End the work, whose result nobody wants."""
        if not self.ended:
            self.stopped = self.abandoned = True

    def outcome(self) -> T:
        """The result of work that has ended.

        Raises:
            Exception: What the work failed with. Whoever asks for it again has it tried again.
        """
        if self.error is not None:
            self.abandoned = True
            raise self.error
        return self.result

    def forget(self) -> None:
        """Let the result go, for a closed session is kept for a while with all that it held."""
        self.abandon()
        self.result = cast(T, None)

    def wait(self, seconds: float) -> None:
        """Wait for the end of the work, but no longer than this."""
        self._ended.wait(seconds)

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self._ended.is_set()

    def must_stop(self) -> bool:
        """Whether the work was stopped, or nobody looks at it any more."""
        if not self.stopped and self.unseen:
            self.abandon()
        return self.stopped

    def run(self) -> None:
        """Do the work in this thread."""
        try:
            self.work(self.result, self.must_stop)
        except Exception as error:  # said by the page, which is another thread
            traceback.clear_frames(error.__traceback__)  # they hold all that the work held
            self.error = error

    def end(self) -> None:
        """Nothing more comes, and what the work was made from is let go."""
        self.state, self.work = "ended", _nothing
        self._ended.set()


class Queue:
    """Lets so many jobs run at once; the others wait, and owners take turns.

    Args:
        places: How many may run at once.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self._lock = threading.Lock()
        self._waiting: list[Job[object]] = []  # in the order in which they came
        self._running: list[Job[object]] = []

    def add(self, job: Job[T]) -> None:
        """Begin a job as soon as it is its turn."""
        with self._lock:
            self._waiting.append(job)  # type: ignore[arg-type]  # the queue reads no result
            self._begin_next()

    def before(self, job: Job[T]) -> int:
        """How many of those that wait come before a job that waits; 0 for any other."""
        with self._lock:
            self._begin_next()
            order = self._in_order()
            return order.index(job) if job in order else 0  # type: ignore[arg-type]

    def end_all(self, seconds: float = 2.0) -> None:
        """End all jobs, and wait so long for each: torch aborts where its thread is cut off."""
        with self._lock:
            jobs = (*self._waiting, *self._running)
        for job in jobs:
            job.abandon()
        for job in jobs:
            job.wait(seconds)

    def _in_order(self) -> list[Job[object]]:
        """Those that wait, by their turn: who has fewer jobs before it, then who came first."""
        owned = Counter(id(job.owner) for job in self._running)
        rounds: list[tuple[int, int, Job[object]]] = []
        for job in self._waiting:
            rounds.append((owned[id(job.owner)], len(rounds), job))
            owned[id(job.owner)] += 1
        return [job for *_turn, job in sorted(rounds, key=lambda turn: turn[:2])]

    def _begin_next(self) -> None:
        """Begin what may begin, and let go what nobody waits for any more; the lock is held."""
        for job in [job for job in self._waiting if job.must_stop()]:
            self._waiting.remove(job)
            job.end()
        for job in self._in_order()[: self.places - len(self._running)]:
            self._waiting.remove(job)
            self._running.append(job)
            job.state = "running"
            threading.Thread(target=self._run, args=(job,), name="job", daemon=True).start()

    def _run(self, job: Job[object]) -> None:
        try:
            _give_way()
            job.run()
        finally:
            with self._lock:
                self._running.remove(job)
                self._begin_next()
                idle = not self._running
            job.end()
        if idle:
            trim()


def _nothing(_result: object, _stop: Stop) -> None:
    """The work of a job that has ended."""


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _give_way() -> None:
    """Let pages go first: this thread works when they leave a core free, and on one core."""
    import torch

    # A second thread beside a busy neighbour made small products 15 to 22 times slower.
    torch.set_num_threads(1)
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        thread = threading.get_native_id()
        nice = os.getpriority(os.PRIO_PROCESS, thread) + _NICER
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, nice)


QUEUE = Queue(cores())
"""The one of this server: all sessions wait in it."""
atexit.register(QUEUE.end_all)
