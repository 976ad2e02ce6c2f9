"""A viewer of a served app without a browser: Streamlit's protocol, spoken to 127.0.0.1."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from explorer.web.serving.kept_messages import MessageCache

STRIP = "gatescope_strip"
"""The name of the strip's component."""
LARGEST_MESSAGE = 2**26
"""Bytes; Streamlit sends no more than 200 MB, and a page of ours nothing near this."""


def connecting(address: str, *, seat: str = "") -> Mapping[str, object]:
    """What both kinds of websocket clients connect with.

    Args:
        address: Of the server, ``http://127.0.0.1:…``, with its base path where it has one.
        seat: What tells this viewer from others to a proxy that spreads them over processes.
    """
    parts = urlsplit(address)
    return {
        "uri": address.replace("http", "ws", 1) + "/_stcore/stream",
        "origin": f"{parts.scheme}://{parts.netloc}",
        "additional_headers": {"Cookie": f"gatescope_seat={seat}"} if seat else None,
        "subprotocols": ["streamlit"],
        "compression": None,
        "max_size": LARGEST_MESSAGE,
        "ping_interval": None,
        "proxy": None,
    }


@dataclass(frozen=True)
class Control:
    """A widget that chooses the step.

    Attributes:
        id: Streamlit's name of it.
        fragment: The fragment that it stands in, which alone runs when it moves; "" in none.
        last: The last step that it offers.
    """

    id: str
    fragment: str
    last: int


class Tab:
    """What a browser knows of one page; reads and writes messages, and opens no connection.

    Args:
        page: The page's name; "" for the start page.
        query: What stands behind the question mark.

    Attributes:
        received: Bytes of all messages so far.
        troubles: What went wrong in runs so far, in the server's words.
        cache: The messages that are kept.
        due: Of each fragment that runs by itself: its interval, and when it runs next.
        strip: The strip of tokens, once there is one.
    """

    def __init__(self, page: str, query: str = "lang=en") -> None:
        self._page, self._query, self._hash = page, query, ""
        self._asked = ""
        self.received = 0
        self.troubles: list[str] = []
        self.cache = MessageCache()
        self.due: dict[str, tuple[float, float]] = {}
        self.strip: Control | None = None

    def rerun(self, fragment: str = "", widgets: Sequence[WidgetState] = ()) -> bytes:
        """The message that has the page, or a fragment of it, run again.

        Args:
            fragment: Which; "" for the whole page.
            widgets: The states of widgets that have moved. A browser repeats those of all others,
                which the server keeps anyway.
        """
        self._asked = fragment
        return self._message(fragment, widgets)

    def go(self, query: str) -> bytes:
        """The message that opens another address of the same page."""
        self._query = query
        return self.rerun()

    def pick(self, step: int) -> bytes:
        """The message of a reader who chooses a step on the strip."""
        pick = {"event": "pick", "value": {"step": step, "unit": None, "layer": None}}
        name = f"$$STREAMLIT_INTERNAL_KEY_{self.strip.id}__events"
        moved = WidgetState(id=name, json_trigger_value=json.dumps([pick]))
        return self.rerun(self.strip.fragment, [moved])

    def overdue(self) -> list[bytes]:
        """The messages that have fragments run whose time has come."""
        now = time.perf_counter()
        late = [name for name, (_interval, due) in self.due.items() if due <= now]
        self.due |= {name: (self.due[name][0], now + self.due[name][0]) for name in late}
        return [self._message(name, (), by_itself=True) for name in late]

    def next_due(self, end: float) -> float:
        """When the next fragment runs by itself, or ``end`` where none does before."""
        return min((due for _interval, due in self.due.values()), default=end)

    def take(self, data: bytes) -> bool:
        """Take one message in; whether it says that what was last asked for was run to its end."""
        message = ForwardMsg.FromString(data)
        self.received += len(data)
        if not self.cache.take(message):
            self.troubles.append("a message was referred to that a browser keeps no longer")
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "navigation":
                self._hash = message.navigation.page_script_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "delta":
                self._note(message.delta)
            case "auto_rerun":
                interval = message.auto_rerun.interval
                due = time.perf_counter() + interval
                self.due[message.auto_rerun.fragment_id] = interval, due
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.due.pop(fragment, None)
            case "script_finished":
                return self._end(message)
        return False

    def _message(
        self, fragment: str, widgets: Sequence[WidgetState], *, by_itself: bool = False
    ) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self._query, "" if self._hash else self._page
        state.page_script_hash = self._hash
        state.widget_states.widgets.extend(widgets)
        state.cached_message_hashes.extend(self.cache.hashes)
        state.fragment_id, state.is_auto_rerun = fragment, by_itself
        return message.SerializeToString()

    def _begin(self, message: ForwardMsg) -> None:
        self._hash = message.new_session.page_script_hash
        self.cache.age = message.new_session.config.max_cached_message_age
        if not message.metadata.run.fragment_ids:
            self.due.clear()  # the whole page runs: it says anew what runs by itself

    def _note(self, delta: Delta) -> None:
        element = delta.new_element
        match element.WhichOneof("type"):
            case "bidi_component" if element.bidi_component.component_name == STRIP:
                sent = element.bidi_component
                last = len(json.loads(sent.bytes or sent.json)["tokens"]) - 1  # older ones: json
                self.strip = Control(sent.id, delta.fragment_id, last)
            case "exception":
                self.troubles.append(f"{element.exception.type}: {element.exception.message}")

    def _end(self, message: ForwardMsg) -> bool:
        """Whether the run that ends is the one that was asked for, and not cut for another."""
        how, fragments = message.script_finished, message.metadata.run.fragment_ids
        if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        self.cache.end_run(fragments)
        if how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.troubles.append("the page could not be compiled")
        return not fragments or self._asked in fragments


class Viewer:
    """One tab: opens a page, and runs its fragments again when they are due, as a browser does.

    Args:
        address: Of the server, ``http://127.0.0.1:…``.
        page: The page's name; "" for the start page.
        query: What stands behind the question mark.
    """

    def __init__(self, address: str, page: str, query: str = "lang=en") -> None:
        self.tab = Tab(page, query)
        self._connecting = connect(**connecting(address))

    def __enter__(self) -> Self:
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connecting.__exit__(kind, error, trace)

    def run(self, message: bytes | None = None, *, timeout: float = 120.0) -> float:
        """Run the page, or what a message of its tab asks for; gives the seconds until it was done.

        Raises:
            TimeoutError: It was not done in time.
        """
        begun = time.perf_counter()
        self._socket.send(message or self.tab.rerun())
        while not self._read(begun + timeout - time.perf_counter()):
            if time.perf_counter() - begun > timeout:
                raise TimeoutError(f"the page was not done within {timeout} s")
        return time.perf_counter() - begun

    def stay(self, seconds: float) -> None:
        """Look at the page for a while: its fragments run when they are due."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            for message in self.tab.overdue():
                self._socket.send(message)
            with suppress(ConnectionClosed):
                self._read(min(end, self.tab.next_due(end)) - now)

    def _read(self, seconds: float) -> bool:
        """Take one message in; whether what was asked for is done."""
        try:
            return self.tab.take(self._socket.recv(max(seconds, 0.001)))
        except TimeoutError:
            return False
