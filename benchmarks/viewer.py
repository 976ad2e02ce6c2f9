"""A viewer of a served app without a browser: speaks streamlit's protocol to 127.0.0.1."""

import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


class Viewer:
    """One tab: opens a page, and runs its fragments again when they are due, as a browser does.

    Args:
        address: Of the server, ``http://127.0.0.1:…``.
        page: The page's name; "" for the start page.
        query: What stands behind the question mark.
    """

    def __init__(self, address: str, page: str, query: str = "lang=en") -> None:
        self._page, self._query, self._hash = page, query, ""
        self._due: dict[str, tuple[float, float]] = {}  # a fragment's interval, and when it runs
        self._connecting = connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=address,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            ping_interval=None,
        )

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

    @property
    def fragments(self) -> int:
        """How many fragments run again by themselves."""
        return len(self._due)

    def run(self, *, timeout: float = 120.0) -> float:
        """Run the page; gives the seconds until it was done.

        Raises:
            TimeoutError: It was not done in time.
        """
        begun = time.perf_counter()
        self._send("")
        while not self._read(begun + timeout - time.perf_counter()):
            if time.perf_counter() - begun > timeout:
                raise TimeoutError(f"{self._page} was not done within {timeout} s")
        return time.perf_counter() - begun

    def stay(self, seconds: float) -> None:
        """Look at the page for a while: its fragments run when they are due."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            for fragment, (interval, due) in list(self._due.items()):
                if due <= now:
                    self._due[fragment] = interval, now + interval
                    self._send(fragment)
            nearest = min((due for _, due in self._due.values()), default=end)
            with suppress(ConnectionClosed):
                self._read(min(end, nearest) - now)

    def _send(self, fragment: str) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self._query, self._page
        state.page_script_hash = self._hash
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        self._socket.send(message.SerializeToString())

    def _read(self, seconds: float) -> bool:
        """Take one message in; whether it says that the page was run to its end."""
        try:
            message = ForwardMsg.FromString(self._socket.recv(max(seconds, 0.001)))
        except TimeoutError:
            return False
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
            if not message.metadata.run.fragment_ids:
                self._due.clear()  # the whole page runs: it says anew what runs by itself
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            interval = message.auto_rerun.interval
            self._due[message.auto_rerun.fragment_id] = interval, time.perf_counter() + interval
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._due.pop(fragment, None)
        return kind == "script_finished" and (
            message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        )
