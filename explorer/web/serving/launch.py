"""Starts the server for this machine or for a class, and says where it is."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from explorer.errors import ExplorerError
from explorer.locale import Translate
from explorer.shipped_files import HOME
from explorer.web.serving.board import for_a_class, for_this_machine, own_models
from explorer.web.serving.hosts import CLASS_VARIABLE, Hosts
from explorer.web.serving.networks import Network, networks

_TRIED = 100
_PAUSE_S = 3.0


def serve(*, port: int, to_class: bool, _: Translate) -> None:
    """Serves the app until it is stopped, and prints where.

    Args:
        port: Where to listen.
        to_class: Whether to answer to other machines.
        _: The language of what is printed.

    Raises:
        ExplorerError: The port cannot be had, or a name that the server shall answer to is none.
    """
    address = every_address() if to_class else "127.0.0.1"
    Hosts.configured(os.environ, address)  # a sentence now, instead of a refusal of every request
    check(port, address)
    if to_class:
        os.environ[CLASS_VARIABLE] = "yes"
    for line in own_models(_):
        click.echo(line)
    threading.Thread(target=_say, args=(port, to_class, _), daemon=True).start()
    _run(port, address)


def check(port: int, address: str) -> None:
    """Holds that a port can be listened on.

    Raises:
        ExplorerError: It is taken, with one that is free; or the system does not give it away.
    """
    if not _taken(port, address):
        return
    later = range(port + 1, min(port + 1 + _TRIED, 2**16))
    free = next((other for other in later if not _taken(other, address)), None)
    if free is None:
        raise ExplorerError("Port {port} is taken, and so are those after it.", port=port)
    raise ExplorerError(
        "Port {port} is taken by another program, perhaps by Gatescope itself. Port "
        "{free} is free: start again with PORT={free} in front of make, or with --port "
        "{free}.",
        port=port,
        free=free,
    )


def _taken(port: int, address: str) -> bool:
    """Whether something listens there, tried as the server will try it.

    Raises:
        ExplorerError: The system gives this port to nobody but its administrator.
    """
    with socket.socket() as caller:  # where one address is taken, macOS still gives all of them
        if caller.connect_ex(("127.0.0.1", port)) == 0:
            return True
    try:
        _listen(port, address)
    except PermissionError:
        raise ExplorerError(
            "Only an administrator may open port {port}; choose one above 1023.", port=port
        ) from None
    except OSError:
        return True
    return False


def _listen(port: int, address: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as server:
        if os.name != "nt":  # there it would let two programs listen on one port
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, port))
        server.listen(1)


def every_address() -> str:
    """What stands for all addresses of this machine: IPv4 and IPv6 where it has both."""
    try:
        _listen(0, "::")
    except OSError:
        return "0.0.0.0"
    return "::"


def _say(port: int, to_class: bool, _: Translate) -> None:
    """Prints where the app is, once it listens there; for a class, again when that changes."""
    with socket.socket() as caller:
        while caller.connect_ex(("127.0.0.1", port)) != 0:
            time.sleep(0.1)
    if not to_class:
        click.echo(for_this_machine(port, _))
        return
    for text in for_a_class(_from_time_to_time(), port, _):
        click.echo(text)


def _from_time_to_time() -> Iterator[Sequence[Network]]:
    while True:
        yield networks()
        time.sleep(_PAUSE_S)


def _run(port: int, address: str) -> None:
    from streamlit.web.cli import main as streamlit

    options = {
        "--server.port": str(port),
        "--server.address": address,
        "--logger.hideWelcomeMessage": "true",
    }
    flags = [part for option in options.items() for part in option]
    with suppress(click.Abort):  # Ctrl+C: how a server is meant to be stopped
        streamlit(["run", str(HOME / "app.py"), *flags], standalone_mode=False)
