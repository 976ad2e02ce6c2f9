"""The address of a class, to write on the board, and as a QR code."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult

import segno

from explorer.web.serving.hosts import is_loopback
from explorer.web.serving.networks import Network


@dataclass(frozen=True)
class ClassAddress:
    """Where students find a class.

    Attributes:
        address: The whole address.
        interface: The interface of the network that it is in, where there are several.
        modules: Its QR code: rows of 1 for dark and 0 for light, without a margin.
    """

    address: str
    interface: str
    modules: tuple[str, ...]


def class_addresses(
    origin: SplitResult, path: str, found: Sequence[Network]
) -> tuple[ClassAddress, ...]:
    """The addresses of a class.

    Args:
        origin: By which the teacher reached the app.
        path: Of the class, with what asks for it.
        found: The networks that the app can be reached in, which count where the teacher sits at
            the machine itself.
    """
    if not found or not is_loopback(origin.hostname or ""):
        return (_address(f"{origin.scheme}://{origin.netloc}{path}"),)
    port = f":{origin.port}" if origin.port else ""
    several = len(found) > 1
    return tuple(
        _address(f"{origin.scheme}://{each.address}{port}{path}", each.interface if several else "")
        for each in found
    )


def _address(address: str, interface: str = "") -> ClassAddress:
    rows = segno.make(address, error="m", micro=False).matrix
    modules = tuple("".join("1" if dark else "0" for dark in row) for row in rows)
    return ClassAddress(address, interface, modules)
