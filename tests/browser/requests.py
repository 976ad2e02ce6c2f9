"""Requests with headers that a browser would not let a test choose."""

import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

_HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


def ask(
    address: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> tuple[int, dict[str, str]]:
    """The status and the headers, in lower case, of a server's answer; its body is left unread.

    Args:
        address: What to ask for; its host and port say where, and are the Host unless given.
        headers: More headers.
        method: What to do.
    """
    where = urlsplit(address)
    path = (where.path or "/") + (f"?{where.query}" if where.query else "")
    sent = {"Host": where.netloc, "Connection": "close", **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            return status, dict(_header(line) for line in iter(answer.readline, b"\r\n"))


def open_websocket(address: str, headers: Mapping[str, str] | None = None) -> int:
    """The status of Streamlit's answer to a websocket's handshake; 101 opens it."""
    return ask(f"{address}/_stcore/stream", {**_HANDSHAKE, **(headers or {})})[0]


def _header(line: bytes) -> tuple[str, str]:
    name, _colon, value = line.decode("latin-1").partition(":")
    return name.lower(), value.strip()
