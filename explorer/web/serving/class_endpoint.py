"""Where browsers meet a class: beside Streamlit in the same application, behind the same guard.

What a teacher shows goes from browser to browser, and no page runs for it.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from urllib.parse import SplitResult, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config

from explorer.classroom.lesson import Lesson
from explorer.classroom.lessons import LONGEST_S, Lessons
from explorer.classroom.messages import Pages
from explorer.errors import ExplorerError
from explorer.locale import preferred, translator
from explorer.web.serving.class_addresses import class_addresses
from explorer.web.serving.class_line import Line
from explorer.web.serving.class_words import class_words
from explorer.web.serving.hosts import is_loopback, origin_of
from explorer.web.serving.networks import networks

_COOKIE = "gatescope_class_"
_GREETING_S = 10.0
_LONGEST_GREETING = 400
_MOST_LINES = 1000
_SWEEP_S = 20.0


class InStep:
    """The application, with classes beside it.

    Args:
        app: The application.
        pages: Gives what each page declares; asked for when a class first shows something.
        titles: The titles of the pages, to be translated.
    """

    def __init__(self, app: ASGIApp, pages: Callable[[], Pages], titles: Mapping[str, str]) -> None:
        self._app, self._pages, self._titles = app, pages, titles
        base = str(config.get_option("server.baseUrlPath") or "").strip("/")
        self._root = f"/{base}" if base else ""
        self._lessons = Lessons()
        self._lines = 0
        self._sweeping: asyncio.Task[None] | None = None
        self._paths = {f"{self._root}/class/open", f"{self._root}/class/live"}
        self._router = Router(
            [
                Route(f"{self._root}/class/open", self._open, methods=["POST"]),
                WebSocketRoute(f"{self._root}/class/live", self._live),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what concerns a class, or let the application answer."""
        ours = scope["type"] in ("http", "websocket") and scope["path"] in self._paths
        await (self._router if ours else self._app)(scope, receive, send)

    async def _open(self, request: Request) -> Response:
        """Opens a class. Its key goes into a cookie that no script and no address ever has."""
        peer = _peer(request)
        try:
            lesson = self._lessons.open(peer, own=is_loopback(peer))
        except ExplorerError as problem:
            return JSONResponse({"refused": _sentence(problem, _language(request))}, 429)
        answer = JSONResponse({"code": lesson.code}, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            f"{_COOKIE}{lesson.code}",
            lesson.key,
            max_age=int(LONGEST_S),
            path=f"{self._root}/class/",
            secure=_origin(request).scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer

    async def _live(self, socket: WebSocket) -> None:
        """A browser's line to a class, from its greeting until either end has gone."""
        if self._lines >= _MOST_LINES:
            await socket.close(1013)
            return
        self._lines += 1
        if self._sweeping is None or self._sweeping.done():
            self._sweeping = asyncio.create_task(self._sweep())
        try:
            with suppress(WebSocketDisconnect):
                await socket.accept()
                async with asyncio.timeout(_GREETING_S):
                    greeting = await _greeting(socket)
                await self._greeted(socket, greeting)
        except TimeoutError:  # a browser that was busy for so long tries again
            await socket.close(1013)
        finally:
            self._lines -= 1

    async def _greeted(self, socket: WebSocket, greeting: Mapping[str, Any]) -> None:
        """Lets a browser in that says which class it wants to, or tells it why not."""
        language = preferred(str(greeting.get("lang", ""))[:20])
        seat = str(greeting.get("seat", ""))
        try:
            lesson, leads = self._found(socket, str(greeting.get("join", "")), seat)
            seat = "" if leads else lesson.enter(seat)
        except ExplorerError as problem:
            close = translator(language)("Close")
            await socket.send_json({"refused": _sentence(problem, language), "close": close})
            await socket.close(1000)
            return
        await socket.send_json(self._welcome(socket, lesson, leads, seat, language))
        said = translator(language)
        line = Line(socket, self._lessons, lesson, seat=seat, leads=leads, pages=self._pages)
        try:
            await line.run(said)
        finally:
            if leads:
                self._lessons.lead(lesson, -1)
            else:
                lesson.leave(seat)

    def _found(self, socket: WebSocket, code: str, seat: str) -> tuple[Lesson, bool]:
        """The class of a code, and whether the browser leads it."""
        keys = {
            name.removeprefix(_COOKIE): key
            for name, key in socket.cookies.items()
            if name.startswith(_COOKIE)
        }
        lesson = self._lessons.find(code, peer=_peer(socket), seat=seat, keys=keys)
        leads = lesson.leads(keys.get(lesson.code, ""))
        if leads:
            self._lessons.lead(lesson, +1)
        return lesson, leads

    def _welcome(
        self, socket: WebSocket, lesson: Lesson, leads: bool, seat: str, language: str
    ) -> Mapping[str, Any]:
        """What a browser is told once: who it is, and all words in its language."""
        translate = translator(language)
        told = {
            "code": lesson.code,
            "seat": seat,
            "leads": leads,
            "words": class_words(translate),
            "titles": {page: translate(title) for page, title in self._titles.items()},
        }
        if leads:
            path = f"{self._root}/?class={lesson.code}"
            found = networks() if _open_to_others() else ()
            addresses = class_addresses(_origin(socket), path, found)
            alone = not found and is_loopback(_origin(socket).hostname or "")
            told |= {"addresses": [asdict(each) for each in addresses], "alone": alone}
        return {"welcome": told}

    async def _sweep(self) -> None:
        """Ends classes whose time is over, as long as somebody is there to be told."""
        while self._lines:
            await asyncio.sleep(_SWEEP_S)
            self._lessons.sweep()


async def _greeting(socket: WebSocket) -> Mapping[str, Any]:
    """A browser's first message; empty where it says nothing that can be understood."""
    with suppress(ValueError, RecursionError, KeyError):
        text = await socket.receive_text()
        greeting = json.loads(text) if len(text) <= _LONGEST_GREETING else {}
        return greeting if isinstance(greeting, dict) else {}
    return {}


def _peer(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _origin(connection: HTTPConnection) -> SplitResult:
    """By which address a browser reached the app; the guard has looked at it."""
    origin = origin_of(connection.headers.get("origin", ""))
    return origin or urlsplit(f"http://{connection.headers.get('host', 'localhost')}")


def _language(request: Request) -> str:
    return preferred(request.query_params.get("lang", "")[:20])


def _sentence(problem: ExplorerError, language: str) -> str:
    return translator(language)(problem.template).format(**problem.values)


def _open_to_others() -> bool:
    """Whether the server listens on more than this machine."""
    address = config.get_option("server.address")
    return address is None or not is_loopback(address)
