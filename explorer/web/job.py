"""Work of some seconds in a thread of its own: watched by a page, stopped by it, and kept.

What the work has done is read off its result while it grows. A page that was closed looks no more,
and the work stops. Knows nothing of what is worked at.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")

FORGOTTEN_S = 8.0
"""Work that nobody has looked at for so long stops; a hidden tab looks once a second."""

Stop = Callable[[], bool]


@dataclass
class Job(Generic[T]):
    """Work in its thread.

    Attributes:
        result: What the work fills, from the beginning; another thread may read it at any time.
        work: Fills the result, and comes back soon after it is told to stop.
        patience: Seconds after which work that nobody looks at stops.
        error: What the work failed with, if it did.
    """

    result: T
    work: Callable[[T, Stop], None]
    patience: float = FORGOTTEN_S
    error: Exception | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)
    _looked: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)

    def start(self) -> None:
        """Begin the work."""
        self.look()
        self._thread.start()

    def look(self) -> T:
        """What there is of the result; whoever looks keeps the work going."""
        self._looked = monotonic()
        return self.result

    def stop(self) -> None:
        """End the work; what it has done is its result."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end of the work, but no longer than this."""
        self._thread.join(seconds)

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether the work was to end before its time."""
        return self._stopped.is_set()

    def _run(self) -> None:
        try:
            self.work(self.result, self._must_stop)
        except Exception as error:  # said by the page, which is another thread
            self.error = error

    def _must_stop(self) -> bool:
        if monotonic() - self._looked > self.patience:
            self._stopped.set()
        return self._stopped.is_set()
