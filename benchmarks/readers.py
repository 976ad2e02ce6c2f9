"""Many readers of a served app at once: they choose a step, wait for the answer, and think.

All of them are in one thread and do little with what they receive, so that they leave the processor
to the server.
"""

import asyncio
import time
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Self

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.viewer import Tab, connecting
from tests.browser.server import processor_time

PATIENCE_S = 120
"""Who waits longer for an answer has broken off."""
AT_ONCE = 8
"""So many readers open their page at the same time."""
WITH_A_STRIP = {"translation": "&show=gates"}
"""The view to open, where a page's first has no strip."""


@dataclass(frozen=True)
class Round:
    """What happened in some seconds, N steps.

    Attributes:
        waits_s: From each step to its answer, N of them.
        received: Bytes that the readers received.
        processor_s: Time of the server's processor, all threads of all its processes.
        troubles: What went wrong, in words: one for each reader that broke off and each run that
            raised an exception.
    """

    waits_s: tuple[float, ...]
    received: int
    processor_s: float
    troubles: tuple[str, ...]

    def per_step(self, total: float) -> float:
        """The share of a step in a total."""
        return total / len(self.waits_s)


def percentile(values: Sequence[float], per_cent: float) -> float | None:
    """The least of the values that so many per cent of them do not exceed; None where none is."""
    if not values:
        return None
    return float(np.percentile(values, per_cent, method="inverted_cdf"))


class Reader:
    """A reader of one page with a strip of tokens.

    Args:
        tab: The page.
        number: Which reader this is; each begins at another step.
        socket: The connection to the server.
    """

    def __init__(self, tab: Tab, number: int, socket: ClientConnection) -> None:
        self.tab = tab
        self.waits_s: list[float] = []
        self._socket, self._random = socket, Random(number)
        self._step = 7 * number

    @classmethod
    async def open(cls, address: str, page: str, *, number: int) -> Self:
        """Open the page, wait until it stands, and take two steps.

        Raises:
            LookupError: The page has no strip of tokens.
        """
        socket = await connect(**connecting(address, seat=f"reader-{number}"))
        reader = cls(Tab(page, f"lang=en{WITH_A_STRIP.get(page, '')}"), number, socket)
        await reader.ask(reader.tab.rerun())
        if reader.tab.strip is None:
            raise LookupError(f"{page} has no strip of tokens: {reader.tab.troubles}")
        for _step in range(2):
            await reader.step()
        reader.waits_s.clear()
        return reader

    async def step(self) -> None:
        """Choose the next step on the strip, and wait."""
        self._step = (self._step + 1) % (self.tab.strip.last + 1)
        self.waits_s.append(await self.ask(self.tab.pick(self._step)))

    async def read(self, *, seconds: float, thought: float) -> None:
        """Think and step for so long; the first thought has begun before."""
        end = time.perf_counter() + seconds
        await self._think(self._random.uniform(0, thought), end)
        while time.perf_counter() < end:
            await self.step()
            await self._think(thought * self._random.uniform(0.5, 1.5), end)

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()

    async def ask(self, message: bytes) -> float:
        """Send a message of the tab; gives the seconds until its run has ended.

        Raises:
            TimeoutError: It did not within PATIENCE_S.
        """
        begun = time.perf_counter()
        await self._socket.send(message)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not self.tab.take(await self._socket.recv()):
                    pass
        except TimeoutError:
            raise TimeoutError(f"no answer within {PATIENCE_S} s") from None
        return time.perf_counter() - begun

    async def _think(self, seconds: float, end: float) -> None:
        """Meanwhile fragments run that run by themselves."""
        end = min(end, time.perf_counter() + seconds)
        while (now := time.perf_counter()) < end:
            for message in self.tab.overdue():
                await self._socket.send(message)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.tab.next_due(end) - now):
                    self.tab.take(await self._socket.recv())


class Class:
    """The readers of one page of one server; whoever breaks off is gone.

    Args:
        address: Of the server.
        processes: The numbers of its processes.
        page: The page's name.
        viewers: How many they are.
    """

    def __init__(self, address: str, processes: Sequence[int], page: str, *, viewers: int) -> None:
        self._address, self._processes = address, processes
        self._page, self._viewers = page, viewers
        self._readers: dict[int, Reader] = {}
        self._broken: list[str] = []

    async def open(self) -> None:
        """All readers open the page, a few at a time."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> None:
            async with gate:
                self._readers[number] = await Reader.open(self._address, self._page, number=number)

        await self._all({number: one(number) for number in range(self._viewers)})

    async def round(self, *, seconds: float, thought: float) -> Round:
        """All read for so long; whoever still waits then is answered first."""
        readers = list(self._readers.values())
        received, computed = self._received(readers), self._processor_time()
        await self._all(
            {
                number: reader.read(seconds=seconds, thought=thought)
                for number, reader in self._readers.items()
            }
        )
        happened = Round(
            waits_s=tuple(wait for reader in readers for wait in reader.waits_s),
            received=self._received(readers) - received,
            processor_s=self._processor_time() - computed,
            troubles=(*self._broken, *(said for one in readers for said in one.tab.troubles)),
        )
        for reader in readers:
            reader.waits_s.clear()
            reader.tab.troubles.clear()
        self._broken.clear()
        return happened

    async def close(self) -> None:
        """All close their tabs."""
        await asyncio.gather(*(reader.close() for reader in self._readers.values()))

    async def _all(self, doing: Mapping[int, Awaitable[None]]) -> None:
        """All at once; those that break off are named and leave."""
        ended = await asyncio.gather(*doing.values(), return_exceptions=True)
        for number, error in zip(doing, ended, strict=True):
            if isinstance(error, OSError | WebSocketException):
                self._broken.append(f"{type(error).__name__}: {error}")
                if gone := self._readers.pop(number, None):
                    await gone.close()
            elif error is not None:
                raise error

    def _received(self, readers: Sequence[Reader]) -> int:
        return sum(reader.tab.received for reader in readers)

    def _processor_time(self) -> float:
        return sum(map(processor_time, self._processes))
