"""The networks that this machine is on, read from its interfaces: no packet is sent."""

import socket
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

# netdevice(7) on Linux; sys/sockio.h on macOS and the BSDs.
_FLAGS, _ADDRESS = (0x8913, 0x8915) if sys.platform == "linux" else (0xC0206911, 0xC0206921)
_UP, _LOOPBACK, _RUNNING = 0x1, 0x8, 0x40


@dataclass(frozen=True)
class Network:
    """An IPv4 network: the address of this machine in it, and the interface that leads there."""

    address: str
    interface: str = ""


def networks() -> tuple[Network, ...]:
    """The networks that this machine can be reached in, in the order of its interfaces.

    Only IPv4: an address of IPv6 is not one to write on a board.
    """
    if sys.platform == "win32":  # where a machine knows its own addresses by its name
        try:
            own = socket.gethostbyname_ex(socket.gethostname())[2]
        except OSError:
            return ()
        return tuple(Network(address) for address in own if not address.startswith("127."))
    return tuple(_of_interfaces())


def _of_interfaces() -> Iterator[Network]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for _index, interface in socket.if_nameindex():
            try:
                (flags,) = struct.unpack_from("H", _ask(control, _FLAGS, interface), 16)
                if flags & _RUNNING and flags & _UP and not flags & _LOOPBACK:
                    reply = _ask(control, _ADDRESS, interface)
                    yield Network(socket.inet_ntoa(reply[20:24]), interface)
            except OSError:  # it has no address, or has just gone
                continue


def _ask(control: socket.socket, request: int, interface: str) -> bytes:
    """The interface request structure, filled in: a name of 16 bytes, then the answer."""
    import fcntl

    return fcntl.ioctl(control.fileno(), request, struct.pack("40s", interface[:15].encode()))
