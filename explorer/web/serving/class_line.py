"""One browser's line to a class: what it says is done, what changes it is told."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from explorer.classroom.allowance import Allowance
from explorer.classroom.lesson import Lesson
from explorer.classroom.lessons import Lessons
from explorer.classroom.messages import (
    RATES,
    Pages,
    answer_student,
    obey_teacher,
    read_message,
    seen,
)
from explorer.errors import ExplorerError
from explorer.locale import Translate

_TOO_BIG, _POLICY_VIOLATION = 1009, 1008  # RFC 6455, section 7.4.1


class Line:
    """A line that stands.

    Nothing waits in a queue: who is slow is told of the last state alone.

    Args:
        socket: An accepted websocket.
        lessons: All classes.
        lesson: The class.
        seat: Of a student.
        leads: Whether a teacher is at the other end.
        pages: Gives what each page declares.
    """

    def __init__(
        self,
        socket: WebSocket,
        lessons: Lessons,
        lesson: Lesson,
        *,
        seat: str,
        leads: bool,
        pages: Callable[[], Pages],
    ) -> None:
        self._socket, self._lessons, self._lesson = socket, lessons, lesson
        self._seat, self._leads, self._pages = seat, leads, pages
        self._changed = asyncio.Event()
        self._changed.set()
        at_once, per_second = RATES[leads]
        self._rate = Allowance(at_once=at_once, per_second=per_second, clock=time.monotonic)

    async def run(self, said: Translate) -> None:
        """Listens and tells until the browser or the class is gone.

        Args:
            said: The language of the browser's reader.
        """
        untell = self._lesson.tell(self._changed.set)
        telling = asyncio.create_task(self._tell())
        listening = asyncio.create_task(self._listen(said))
        try:
            await asyncio.wait((telling, listening), return_when=asyncio.FIRST_COMPLETED)
        finally:
            untell()
            for task in (telling, listening):
                task.cancel()
                with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                    await task

    async def _tell(self) -> None:
        """Sends what has changed, whole, but for the players' places, which change often."""
        shown = moved = None
        while True:
            await self._changed.wait()
            self._changed.clear()
            lesson = self._lesson
            now = (lesson.shown, lesson.counted if self._leads else 0)
            if now != shown:
                told: dict[str, Any] = {"state": seen(lesson, seat=self._seat, leads=self._leads)}
            elif lesson.moved != moved and not self._leads:
                told = {"places": lesson.places}
            else:
                continue
            shown, moved = now, lesson.moved
            await self._socket.send_json(told)
            if lesson.ended:
                await self._socket.close(1000)
                return

    async def _listen(self, said: Translate) -> None:
        """Does what the browser says, until it says too much or what is no message."""
        while True:
            try:
                text = await self._socket.receive_text()
                message = read_message(text, leads=self._leads)
            except (ValueError, KeyError):
                await self._socket.close(_TOO_BIG)
                return
            if not self._rate.take():
                await self._socket.close(_POLICY_VIOLATION)
                return
            if "still" in message:
                await self._socket.send_json({"still": True})
            elif self._leads:
                await self._obey(message, said)
            else:
                answer_student(self._lesson, self._seat, message)

    async def _obey(self, message: dict[str, Any], said: Translate) -> None:
        pages = await asyncio.to_thread(self._pages)  # importing what pages declare takes a moment
        try:
            obey_teacher(self._lessons, self._lesson, message, pages)
        except ExplorerError as problem:
            sentence = said(problem.template).format(**problem.values)
            await self._socket.send_json({"problem": sentence})
