"""Hands out Streamlit's page with scripts of ours in front of Streamlit's own."""

import json
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, file_util

from explorer.saving.scripts import script, style

_NAME = "gatescope.js"
_HEAD = "<head>"
_CLASS = ("class_link", "class_view", "class_bar", "class_question", "class")


class FirstScript:
    """The application, whose pages run our scripts before anything else.

    As a file and not as a line of the page, so that a Content-Security-Policy need not know it.

    Args:
        app: The application.
        pages: The paths of its pages, without a slash.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self._app = app
        base = str(config.get_option("server.baseUrlPath") or "").strip("/")
        root = f"/{base}" if base else ""
        first = _first_script()
        self._answers = {f"{root}/{page}": _page(first) for page in pages}
        self._answers[f"{root}/{_NAME}"] = Response(
            first,
            media_type="text/javascript",
            headers={"Cache-Control": "public, immutable, max-age=31536000"},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page or the script, or let the application answer."""
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        answer = self._answers.get(scope["path"]) if asked else None
        await (answer or self._app)(scope, receive, send)


def _first_script() -> str:
    """All of them as one, each with names of its own."""
    parts = script(__file__, *_CLASS, kit=("dom", "events"))
    own = f"const STYLE = {json.dumps(style(__file__, 'class'))};\n{parts}"
    return f"{script(__file__, 'browser', 'step_field', kit=())}\n(() => {{\n{own}}})();\n"


def _page(script: str) -> Response:
    """Streamlit's page; another script has another address, so that browsers may keep it."""
    index = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    version = sha256(script.encode()).hexdigest()[:12]
    first = f'{_HEAD}<script src="./{_NAME}?v={version}"></script>'
    return HTMLResponse(index.replace(_HEAD, first, 1), headers={"Cache-Control": "no-cache"})
