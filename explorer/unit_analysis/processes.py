"""The same work in several processes, on this machine or on others, by Dask."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING, Any, TypeVar

from explorer.errors import ExplorerError
from explorer.unit_analysis.each import Batch, Each
from explorer.unit_analysis.passages import in_batches

if TYPE_CHECKING:
    from distributed import Client, Future

W = TypeVar("W")
T = TypeVar("T")

_AHEAD = 2
"""Tasks a process that are on their way at once: more would only fill the memory."""
_TOGETHER = 4
"""Batches of a task, but for the first ones; their sum alone is sent back."""

_PATIENCE = "10s"
"""How long a scheduler may take to answer."""


@contextmanager
def in_processes(workers: int | None = None, *, scheduler: str | None = None) -> Iterator[Each]:
    """Inside it, what takes ``each`` has its work done by several processes.

    For example::

        with in_processes(2) as each:
            explorer.units("gru-timemachine", Path("long.txt"), each=each)

    Batches and their order are those of one process, so the numbers are the same to rounding. A
    few batches are on their way at a time, however long the texts are.

    Args:
        workers: How many processes to start on this machine, a thread each.
        scheduler: The address of a Dask scheduler whose workers are used instead; they need this
            program, and only a scheduler that you trust should be named.

    Raises:
        ExplorerError: Dask is not installed, or the scheduler does not answer.
    """
    with _client(workers, scheduler) as client:
        yield _Processes(client)


class _Processes:
    """Does work by a client."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def __call__(
        self, function: Callable[[W, Batch], T], shared: W, batches: Iterable[Batch]
    ) -> Iterator[T]:
        client = self._client
        (there,) = client.scatter([shared], broadcast=True)
        ahead = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
        waiting: deque[Future] = deque()
        for some in _tasks(iter(batches), single=ahead):
            waiting.append(client.submit(_summed, function, there, some, pure=False))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _tasks(batches: Iterator[Batch], *, single: int) -> Iterator[tuple[Batch, ...]]:
    """Batches for one task each: one at first, so that all begin at once, then several."""
    yield from ((batch,) for batch in islice(batches, single))
    yield from in_batches(batches, _TOGETHER)


def _summed(function: Callable[[W, Batch], Any], shared: W, batches: tuple[Batch, ...]) -> Any:
    return reduce(add, (function(shared, batch) for batch in batches))


@contextmanager
def _client(workers: int | None, scheduler: str | None) -> "Iterator[Client]":
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ExplorerError(
            "Several processes need Dask, which is not installed: pip install "
            "distributed==2026.8.0 brings it."
        ) from None
    if scheduler is None:
        local = LocalCluster(
            n_workers=workers or 1,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=None,
        )
        with local, Client(local) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise ExplorerError("No Dask scheduler answers at {address}.", address=scheduler) from error
    with client:
        yield client
