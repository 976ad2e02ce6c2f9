"""Streamlit's page with a script of ours in front, wherever the app answers."""

import asyncio

import pytest
from streamlit import config

from explorer.web.serving.first_script import FirstScript


def asked(path, method="GET"):
    """What is answered at a path, as status, headers and body; None where the app is asked."""
    sent = []

    async def app(scope, receive, send):
        sent.append(None)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": []}
    asyncio.run(FirstScript(app, ["", "gru"])(scope, None, send))
    if sent == [None]:
        return None
    start, body = sent
    return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body["body"]


@pytest.mark.parametrize("base", ["", "gatescope"])
def test_a_page_runs_the_script_before_streamlits(base, monkeypatch):
    monkeypatch.setattr(config, "get_option", lambda _name: base)
    root = f"/{base}" if base else ""
    for path in ("/", "/gru"):
        status, headers, body = asked(root + path)
        page = body.decode()
        assert status == 200
        assert headers["cache-control"] == "no-cache"
        assert page.index("./gatescope.js?v=") < page.index('<script type="module"')
    status, headers, body = asked(f"{root}/gatescope.js")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert b"pushState" in body


def test_everything_else_is_the_apps_to_answer():
    assert asked("/_stcore/health") is None
    assert asked("/media/page.html") is None
    assert asked("/gru", method="POST") is None
