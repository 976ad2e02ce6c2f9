"""Another website in the reader's browser reaches nothing of the app, and nothing leaves."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.outside import Outside
from tests.browser.requests import ask, open_websocket
from tests.browser.server import ROOT, serving_as

EVIL = "evil.example"
_UNGUARDED = 'import streamlit as st\n\napp = st.App("app.py")\nst.write("unguarded")\n'

#: What a page can do to reach another server: how each ended.
_TRY = """async address => {
  const fetched = options => fetch(`${address}/_stcore/health`, options).then(
    answer => answer.type === "opaque" ? "sent" : String(answer.status), () => "failed");
  const opened = new Promise(resolve => {
    const socket = new WebSocket(address.replace("http", "ws") + "/_stcore/stream", ["streamlit"]);
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("failed");
  });
  return {read: await fetched({}), websocket: await opened};
}"""


@pytest.fixture
def victim(browser: Browser) -> Iterator[Page]:
    """A page in a browser in which a name of an evil website leads to this machine."""
    rules = f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"
    unlocked = "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
    chromium = browser.browser_type.launch(
        executable_path=installed(), args=[*ARGUMENTS, rules, unlocked]
    )
    yield chromium.new_page(locale="en-GB")
    chromium.close()


@pytest.fixture
def outside(tmp_path) -> Outside:
    folder = tmp_path / "outside"
    folder.mkdir()
    return Outside(folder)


@pytest.fixture
def unguarded(tmp_path):
    """The project's configuration around an app that has no guard: what streamlit alone does."""
    folder = tmp_path / "unguarded"
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "app.py").write_text(_UNGUARDED, encoding="utf-8")
    return folder


def evil_page(page: Page, port: str) -> None:
    """Opens a page that the evil website itself answers, before its name leads elsewhere."""
    page.route(
        f"http://{EVIL}:{port}/",
        lambda route: route.fulfill(body="<title>evil</title>", content_type="text/html"),
    )
    page.goto(f"http://{EVIL}:{port}/")
    page.unroute(f"http://{EVIL}:{port}/")


def test_a_foreign_website_reaches_nothing_and_nothing_leaves(victim, outside):
    with serving_as(environment=outside.environment) as (app, _process):
        port = app.rpartition(":")[2]
        evil_page(victim, port)
        assert victim.evaluate(_TRY, f"http://{EVIL}:{port}") == {
            "read": "403",
            "websocket": "failed",
        }
        assert victim.evaluate(_TRY, app) == {"read": "failed", "websocket": "failed"}
        answer = victim.goto(f"http://{EVIL}:{port}/gru")
        assert answer.status == 403
        assert "Open the address that it printed" in victim.inner_text("body")
        for headers in ({"Origin": f"http://{EVIL}"}, {"Origin": "http://localhost:1"}):
            assert open_websocket(app, headers) == 403
            assert ask(app, headers, "POST")[0] == 403
        victim.goto(f"{app}/?lang=en")
        victim.get_by_role("figure").first.wait_for()
    assert outside.asked == []


def test_without_the_guard_both_are_let_in_and_something_leaves(victim, outside, unguarded):
    with serving_as(unguarded, environment=outside.environment) as (app, _process):
        port = app.rpartition(":")[2]
        evil_page(victim, port)
        assert victim.evaluate(_TRY, f"http://{EVIL}:{port}") == {
            "read": "200",
            "websocket": "open",
        }
        assert outside.asked == []
        victim.evaluate(_TRY, app)
    assert any("checkip" in line for line in outside.asked)
