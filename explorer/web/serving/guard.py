"""Refuses a foreign Host or Origin, for pages and websockets alike, before Streamlit looks.

Streamlit checks websockets alone, and compares a foreign Origin with this machine's address on the
internet, which it asks an outside service for.
"""

import os
from collections.abc import Sequence
from urllib.parse import SplitResult

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import allow_all_cross_origin_requests, is_allowed_origin

from explorer.locale import N_, preferred, translator
from explorer.web.serving.hosts import Hosts, hostname, origin_of, same_origin

FOREIGN_HOST = N_(
    "Gatescope does not respond to this address. Open the address that it printed "
    "when it was started. The person who started it can allow another name with "
    "GATESCOPE_HOSTS; see docs/serving.md."
)
FOREIGN_ORIGIN = N_("Another website requested this from Gatescope, and only its own pages may.")

_POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1


class Guard:
    """The application behind a door: what does not belong to it is refused in a sentence.

    Args:
        app: The application that is guarded.
        hosts: What it answers to; by default as the server was started.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts | None = None) -> None:
        self._app = app
        self._hosts = hosts or Hosts.configured(os.environ, config.get_option("server.address"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif reason := self._refusal(scope):
            await _refuse(reason, scope, receive, send)
        else:
            await self._app(_of_one_origin(scope), receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        """Why a request is refused; None where it is not."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if not self._answers(hosts, scope):
            return FOREIGN_HOST
        if not origins or (len(hosts) == len(origins) == 1 and self._belongs(origins[0], hosts[0])):
            return None
        return FOREIGN_ORIGIN

    def _answers(self, hosts: Sequence[str], scope: Scope) -> bool:
        """Whether the one Host of a request is answered; a health check may have none."""
        if self._hosts.every:
            return True
        host = hostname(hosts[0]) if len(hosts) == 1 else None
        local = scope["server"][0] if scope.get("server") else None
        return host is not None and self._hosts.answer(host, local)

    def _belongs(self, header: str, host: str) -> bool:
        """Whether a page of an Origin may ask: the app's own, or one that the server trusts."""
        if self._hosts.every and (allow_all_cross_origin_requests() or is_allowed_origin(header)):
            return True  # a hosting service said so in Streamlit's own options
        origin = origin_of(header)
        return origin is not None and (
            same_origin(origin, host) or self._hosts.name(hostname(origin.netloc) or "")
        )


def _of_one_origin(scope: Scope) -> Scope:
    """The scope with the trusted Origin's host as its Host.

    Streamlit compares the two as texts. Where they differ, behind a proxy that names the server
    anew, it would look up its own address outside.
    """
    origin = origin_of(Headers(scope=scope).get("origin", ""))
    if origin is None:
        return scope
    return {**scope, "headers": [_renamed(pair, origin) for pair in scope["headers"]]}


def _renamed(header: tuple[bytes, bytes], origin: SplitResult) -> tuple[bytes, bytes]:
    return (b"host", origin.netloc.encode("latin-1")) if header[0] == b"host" else header


async def _refuse(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    wanted = Headers(scope=scope).get("accept-language", "").partition(",")[0].partition(";")[0]
    _ = translator(preferred(wanted))
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    await PlainTextResponse(_(reason), status_code=403, headers=headers)(scope, receive, send)
