"""The hosts that a server answers to, by how it was started. Knows nothing of streamlit.

A website can point a name of its own at a reader's machine (DNS rebinding), and its scripts then
count as the app's own. The browser still sends that name as Host, so a server that answers to the
names it knows, and to no other, is out of reach.
"""

import ipaddress
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from explorer.errors import ExplorerError

#: Environment variable with the names that readers reach the app by, for instance of a proxy.
NAMES_VARIABLE = "GATESCOPE_HOSTS"
#: Environment variable that is set where the app is served to a class.
CLASS_VARIABLE = "GATESCOPE_CLASS"

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Hosts:
    """The hosts that a server answers to; this machine's own ``localhost`` is always one.

    Attributes:
        named: Names in lower case; ``*.example.org`` stands for every name below example.org.
        own: Whether this machine's addresses and names in the network count.
        every: Whether any host does.
    """

    named: frozenset[str] = frozenset()
    own: bool = False
    every: bool = False

    @classmethod
    def configured(cls, environment: Mapping[str, str], address: str | None) -> "Hosts":
        """The hosts of a server that listens at ``address`` (None: at every one).

        A server that only this machine can reach answers to its own names. One for a class
        answers to this machine's addresses too. Any other stands on a hosting service, whose
        names nobody here knows: it answers to the names that it is given, else to every one.

        Raises:
            ExplorerError: A name that is given is none.
        """
        given = [name.strip() for name in environment.get(NAMES_VARIABLE, "").split(",")]
        named = frozenset(_name(text) for text in given if text)
        own = bool(environment.get(CLASS_VARIABLE))
        known = bool(named) or own or (address is not None and is_loopback(address))
        return cls(named=named - {"*"}, own=own, every="*" in named or not known)

    def answer(self, host: str, local: str | None) -> bool:
        """Whether a request for ``host`` is answered.

        Args:
            host: A host as `hostname` gives it.
            local: The address of this machine at which the connection was accepted.
        """
        if self.every or is_loopback(host) or self.name(host):
            return True
        return self.own and (host == _plain(local or "") or host in machine_names())

    def name(self, host: str) -> bool:
        """Whether ``host`` is one of the names that the server was given."""
        return host in self.named or any(
            name.startswith("*.") and host.endswith(name[1:]) for name in self.named
        )


def hostname(header: str) -> str | None:
    """The host of a Host header, without its port; None where the header is not one."""
    parts = _split(f"//{header}")
    if parts is None or parts.netloc != header or "@" in header:
        return None
    if "]" in header and not re.fullmatch(r"\[[^]]*\](:[0-9]+)?", header):
        return None  # what follows the brackets would be dropped
    return _plain(parts.hostname or "") or None


def origin_of(header: str) -> SplitResult | None:
    """The parts of an Origin header; None where it names no website (``null``, or no origin)."""
    parts = _split(header)
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        return None
    return parts if header == f"{parts.scheme}://{parts.netloc}" and "@" not in header else None


def same_origin(origin: SplitResult, host: str) -> bool:
    """Whether a page of ``origin`` belongs to ``host`` (RFC 6454); a default port may be left out.

    The scheme is the origin's: behind a proxy that ends TLS, the server does not know it.
    """
    asked = _split(f"//{host}")
    default = _PORTS[origin.scheme]
    return asked is not None and (
        (_plain(asked.hostname or ""), asked.port or default)
        == (_plain(origin.hostname or ""), origin.port or default)
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, seen from itself; no name server can say otherwise."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    # Where a server listens in both families, a neighbour's IPv4 address is written as IPv6.
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def machine_names() -> frozenset[str]:
    """The names that this machine goes by in a network, as it tells them itself."""
    whole = _plain(socket.gethostname())
    first = whole.partition(".")[0]
    return frozenset({whole, first, f"{first}.local"} if first else ())


def _name(text: str) -> str:
    """A name as it was given, of which a whole address is taken as its host.

    Raises:
        ExplorerError: It is neither.
    """
    with suppress(ValueError):
        return str(ipaddress.ip_address(text))
    parts = _split(text if "//" in text else f"//{text}")
    whole = parts is not None and ("//" in text or not parts.path)
    host = _plain(parts.hostname or "") if parts and whole else ""
    if not host or not re.fullmatch(r"(\*|[\w*-][\w.-]*|[0-9a-f:.]+)", host):
        raise ExplorerError(
            "{variable} must list host names separated by commas; “{name}” is not one.",
            variable=NAMES_VARIABLE,
            name=text,
        )
    return host


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number, or none of a port
    except ValueError:
        return None
    return parts


def _plain(host: str) -> str:
    """A host in one spelling: lower case, no dot behind it, no zone, IPv4 as such."""
    host = host.lower().removesuffix(".").partition("%")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(getattr(address, "ipv4_mapped", None) or address)
