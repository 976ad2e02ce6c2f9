"""A class that follows its teacher, without browsers: how long all that is shown is on its way.

Each follower has two connections, as a browser has: the line to the class, and the page. The
teacher's page runs first, as it does in a browser, and so computes what all others are shown.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Self
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.readers import AT_ONCE, PATIENCE_S, Reader, percentile
from benchmarks.viewer import connecting
from tests.browser.server import processor_time

STEP_LIMIT_MS, VIEW_LIMIT_MS = 1000.0, 3000.0
STEPS, STEP_S = 40, 0.225
"""Steps of a text that plays at the strip's speed 2×."""
REST_S, SPREAD_S = 1.2, 0.8
"""After so long the class is told that the step has come to rest, and tells Python one by one."""

#: For each page, texts and views, one after the other.
VIEWS = {
    "gru": (
        {"text": "The lamp was there."},
        {"text": "The lamp was there.", "unit": "20"},
        {"text": "The lamp was there.", "unit": "20", "show": "heatmaps"},
        {"text": "He said nothing. Then he laughed."},
    ),
    "translation": (
        {"text": "he is happy.", "show": "gates"},
        {"text": "she was not happy today.", "show": "gates"},
        {"text": "she was not happy today.", "beam": "4", "show": "gates"},
        {"text": "where are you going?", "show": "gates"},
    ),
}

HEADER = (
    f"{'':44}{'times':>7}{'processor ms':>14}{'median ms':>11}{'95 % ms':>9}{'limit':>7}"
    f"{'broken':>8}"
)


@dataclass(frozen=True)
class Followed:
    """How long something that a teacher shows was on its way to a class.

    Attributes:
        name: What, and to how many.
        times: How often it arrived.
        processor_ms: The server's processor time for each arrival, with all that it did meanwhile.
            It hardly depends on how busy the machine is, as the times do.
        median_ms, p95_ms: Within this time half of them did, and 95 of 100.
        limit_ms: What is promised of ``p95_ms``.
        broken: How many never arrived, and runs that raised an exception.
    """

    name: str
    times: int
    processor_ms: float
    median_ms: float | None
    p95_ms: float | None
    limit_ms: float
    broken: int

    @property
    def row(self) -> str:
        """Under HEADER."""
        shown = "".join(
            f"{'' if value is None else f'{value:.0f}':>{width}}"
            for value, width in (
                (self.processor_ms, 14),
                (self.median_ms, 11),
                (self.p95_ms, 9),
                (self.limit_ms, 7),
            )
        )
        return f"{self.name:44}{self.times:>7}{shown}{self.broken:>8}"


def followed(
    name: str,
    waits_s: Sequence[float],
    *,
    expected: int,
    processor_s: float,
    limit_ms: float,
    troubles: int = 0,
) -> Followed:
    """The figures of some waits, of ``expected`` that there should have been."""
    waits = [1e3 * wait for wait in waits_s]
    middle, late = percentile(waits, 50), percentile(waits, 95)
    broken = expected - len(waits) + troubles
    processor = 1e3 * processor_s / max(1, len(waits))
    return Followed(name, len(waits), processor, middle, late, limit_ms, broken)


class Follower:
    """A student's tab that follows.

    Attributes:
        moved: When each place of the strip arrived, by the place.
        shown: When the page that a view asks for was there, by the view's number.
    """

    def __init__(self, reader: Reader, line: ClientConnection, page: str, number: int) -> None:
        self.reader, self._line, self._page = reader, line, page
        self.moved: dict[int, float] = {}
        self.shown: list[float] = []
        self._random = Random(number)
        self._query = ""
        self._work = asyncio.Lock()
        self._rest: asyncio.Task[None] | None = None

    @classmethod
    async def enter(cls, address: str, code: str, page: str, *, number: int) -> Self:
        """Opens the page, and enters the class."""
        reader = await Reader.open(address, page, number=number)
        line = await _line(address)
        await line.send(json.dumps({"join": code, "seat": "", "lang": "en"}))
        return cls(reader, line, page, number)

    async def follow(self) -> None:
        """Does what a browser does with what it is told, until the line is closed."""
        async for text in self._line:
            told = json.loads(text)
            now = time.perf_counter()
            places = told.get("places") or told.get("state", {}).get("places", {})
            if "strip" in places:
                self.moved.setdefault(places["strip"], now)
                self._rest_at(places["strip"])
            view = told.get("state", {}).get("view")
            if view and view["query"] != self._query:
                self._query = view["query"]
                asyncio.create_task(self._go())  # noqa: RUF006  (the lock keeps their order)

    async def _go(self) -> None:
        async with self._work:
            query = urlencode([("lang", "en"), *parse_qsl(self._query)])
            await self.reader.ask(self.reader.tab.go(query))
            self.shown.append(time.perf_counter())

    def _rest_at(self, step: int) -> None:
        if self._rest:
            self._rest.cancel()
        self._rest = asyncio.create_task(self._rested(step))

    async def _rested(self, step: int) -> None:
        await asyncio.sleep(REST_S + self._random.uniform(0, SPREAD_S))
        async with self._work:
            await self.reader.ask(self.reader.tab.pick(step))

    async def leave(self) -> None:
        """Closes both connections."""
        if self._rest:
            self._rest.cancel()
        await self._line.close()
        await self.reader.close()


class Teacher:
    """The tab that leads: a page, and the line with the key."""

    def __init__(self, reader: Reader, line: ClientConnection, page: str) -> None:
        self._reader, self._line, self._page = reader, line, page

    @classmethod
    async def lead(cls, address: str, code: str, cookie: str, page: str) -> Self:
        """Opens the page, and leads."""
        reader = await Reader.open(address, page, number=0)
        line = await _line(address, cookie)
        await line.send(json.dumps({"join": code, "lang": "en"}))
        return cls(reader, line, page)

    async def show(self, values: dict[str, str]) -> float:
        """Opens a view and tells the class; gives when it was told."""
        await self._reader.ask(self._reader.tab.go(urlencode({"lang": "en", **values})))
        told = {"page": self._page, "values": values, "places": {}}
        return await self._say({"show": told})

    async def step(self, step: int) -> float:
        """Moves the strip; gives when the class was told."""
        return await self._say({"move": {"strip": step}})

    async def listen(self) -> None:
        """Reads what the class says, so that it does not pile up."""
        async for _text in self._line:
            pass

    async def leave(self) -> None:
        """Ends the class."""
        await self._say({"end": True})
        await self._line.close()
        await self._reader.close()

    async def _say(self, message: object) -> float:
        now = time.perf_counter()
        await self._line.send(json.dumps(message))
        return now


async def following(address: str, process: int, page: str, *, followers: int) -> list[Followed]:
    """A class on one page: it plays, and then it is shown one view after the other."""
    code, cookie = _open(address)
    teacher = await Teacher.lead(address, code, cookie, page)
    gate = asyncio.Semaphore(AT_ONCE)

    async def enter(number: int) -> Follower:
        async with gate:
            return await Follower.enter(address, code, page, number=number)

    students = await asyncio.gather(*(enter(number) for number in range(1, followers + 1)))
    tasks = [asyncio.create_task(each.follow()) for each in students]
    tasks.append(asyncio.create_task(teacher.listen()))
    found = [
        await _steps(teacher, students, process, f"{page}, a step to {followers}"),
        await _views(teacher, students, process, page, f"{page}, a view to {followers}"),
    ]
    for each in (*students, teacher):
        await each.leave()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return found


async def _steps(
    teacher: Teacher, students: Sequence[Follower], process: int, name: str
) -> Followed:
    """Steps as the strip plays them, and the same again while those that rest tell Python."""
    said: dict[int, float] = {}
    before = processor_time(process)
    for step in range(STEPS):
        said[step] = await teacher.step(step)
        pauses = step % 10 == 9  # long enough that half of them tell Python of the step
        await asyncio.sleep(REST_S + SPREAD_S / 2 if pauses else STEP_S)
    await asyncio.sleep(REST_S + 2 * SPREAD_S)
    waits = [
        each.moved[step] - at
        for each in students
        for step, at in said.items()
        if step in each.moved
    ]
    return followed(
        name,
        waits,
        expected=STEPS * len(students),
        processor_s=processor_time(process) - before,
        limit_ms=STEP_LIMIT_MS,
    )


async def _views(
    teacher: Teacher, students: Sequence[Follower], process: int, page: str, name: str
) -> Followed:
    waits: list[float] = []
    computed = 0.0
    for number, values in enumerate(VIEWS[page], start=1):
        at = await teacher.show(values)
        before = processor_time(process)
        deadline = at + PATIENCE_S
        while any(len(each.shown) < number for each in students) and time.perf_counter() < deadline:
            await asyncio.sleep(0.05)
        computed += processor_time(process) - before
        waits += [each.shown[number - 1] - at for each in students if len(each.shown) >= number]
    troubles = sum(len(each.reader.tab.troubles) for each in students)
    expected = len(VIEWS[page]) * len(students)
    return followed(
        name,
        waits,
        expected=expected,
        processor_s=computed,
        limit_ms=VIEW_LIMIT_MS,
        troubles=troubles,
    )


def _open(address: str) -> tuple[str, str]:
    """Opens a class; its code, and the cookie with its key."""
    request = Request(f"{address}/class/open", method="POST", headers={"Origin": address})
    with urlopen(request) as answer:
        cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
        return str(json.load(answer)["code"]), cookie


async def _line(address: str, cookie: str = "") -> ClientConnection:
    options = {**connecting(address), "subprotocols": None}
    options["uri"] = address.replace("http", "ws", 1) + "/class/live"
    options["additional_headers"] = {"Cookie": cookie} if cookie else None
    return await connect(**options)
