"""Keeps what a browser asks for to what it will have when it is answered.

In place of a large message that a browser says it keeps, Streamlit sends a reference. But at the
end of a run a browser throws old messages away, and this end may reach it after it has asked for
the next run, on a slow line, or when a reader is quick: the answer then refers to nothing, and the
page is dead. So what a browser names is held against what it will still keep when the answer comes.
And a component may ask for a part of its page when the reader has just gone to another: Streamlit
would draw the part there, and that page is dead. Such a message is not passed on.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class _Kept:
    fragment: str
    used: int


class MessageCache:
    """The hashes of the messages that a browser keeps, by the rules of Streamlit's front end.

    A message that the server marks as cacheable (an element of 4 kB or more, as in
    .streamlit/config.toml) is kept until more runs than ``age`` have ended since it was last sent
    or referred to. What a run of a fragment ends is only what this fragment sent, but it counts as
    a run for everything.
    """

    def __init__(self) -> None:
        self.age = 0
        self._runs = 0
        self._kept: dict[str, _Kept] = {}

    @property
    def hashes(self) -> Sequence[str]:
        """What the next message to the server names."""
        return tuple(self._kept)

    def take(self, message: ForwardMsg) -> bool:
        """Keep a message, or look up the one that it refers to; whether that was still kept."""
        if message.WhichOneof("type") == "ref_hash":
            if (kept := self._kept.get(message.ref_hash)) is None:
                return False
            kept.used = self._runs
        elif message.metadata.cacheable:
            new = _Kept(message.delta.fragment_id, self._runs)
            self._kept.setdefault(message.hash, new).used = self._runs
        return True

    def end_run(self, fragments: Iterable[str]) -> None:
        """Drop what has grown too old; ``fragments`` are those that ran, none for a whole page."""
        self._runs += 1
        ran = set(fragments)
        self._kept = {
            name: kept
            for name, kept in self._kept.items()
            if (ran and kept.fragment not in ran) or self._runs - kept.used <= self.age
        }


class Line:
    """What has passed between a browser and the server, and what the browser keeps of it."""

    def __init__(self) -> None:
        self._cache = MessageCache()
        self._runs = False
        self._waits = 0  # what the browser has asked for since the last run began
        self._page = ""  # the last that was shown or asked for

    def asked(self, data: bytes) -> bytes | None:
        """What a browser asks for, naming only what it will keep until it is answered.

        None where it asks for a part of a page that was left.
        """
        try:
            message = BackMsg.FromString(data)
        except DecodeError:  # which Streamlit is told, too
            return data
        if message.WhichOneof("type") != "rerun_script":
            return data
        page, part = message.rerun_script.page_script_hash, message.rerun_script.fragment_id
        if part and self._page and page != self._page:
            return None
        self._page = page or self._page
        named = message.rerun_script.cached_message_hashes
        kept = set(self._kept_after(self._runs + self._waits))
        self._waits += 1
        if all(name in kept for name in named):
            return data
        message.rerun_script.cached_message_hashes[:] = [name for name in named if name in kept]
        truly: bytes = message.SerializeToString()
        return truly

    def answered(self, data: bytes) -> None:
        """Takes in what the browser is sent."""
        message = ForwardMsg.FromString(data)
        self._cache.take(message)
        match message.WhichOneof("type"):
            case "new_session":
                self._cache.age = message.new_session.config.max_cached_message_age
                self._runs, self._waits = True, 0
                if not message.metadata.run.fragment_ids:
                    self._page = message.new_session.page_script_hash
            case "navigation":
                self._page = message.navigation.page_script_hash
            case "script_finished":
                self._runs = False
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    self._cache.end_run(message.metadata.run.fragment_ids)

    def _kept_after(self, runs: int) -> Sequence[str]:
        """What is kept when so many runs more have ended, of the whole page at worst."""
        if not runs:
            return self._cache.hashes
        later = deepcopy(self._cache)
        for _run in range(runs):
            later.end_run(())
        return later.hashes


class KeptMessages:
    """The application, asked for nothing but what each browser will have when it is answered.

    Args:
        app: The application; all its websockets speak Streamlit's protocol.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; of websockets, what they name."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        line = Line()

        async def asked() -> Message:
            while data := (message := await receive()).get("bytes"):
                if passed := line.asked(data):
                    return {**message, "bytes": passed}
            return message

        async def answered(message: Message) -> None:
            if data := message.get("bytes"):
                line.answered(data)
            await send(message)

        await self._app(scope, asked, answered)
