"""A tab whose server is started anew, or whose session has expired, keeps what its reader did."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.server import free_port, serving_as, settled

_AREA = "Text, up to 400 characters"


@pytest.fixture
def restart() -> Iterator[Callable[[], str]]:
    """Starts the server, again at the same port; gives its address."""
    port = free_port()
    running = []

    def start() -> str:
        while running:
            running.pop().__exit__(None, None, None)
        server = serving_as(port=port)
        address, _process = server.__enter__()
        running.append(server)
        return address

    yield start
    while running:
        running.pop().__exit__(None, None, None)


def reconnected(page: Page) -> None:
    """Waits until the tab has run in the new server, of its own accord."""
    page.wait_for_selector("[data-test-script-state=running]")
    settled(page)


def test_what_a_reader_did_is_kept_when_the_server_is_started_anew(page, restart):
    lost = False

    def route(tab: WebSocketRoute) -> None:
        server = tab.connect_to_server()
        tab.on_message(lambda message: None if lost else server.send(message))

    page.route_web_socket(re.compile("_stcore/stream"), route)
    page.goto(f"{restart()}/gru?lang=en&text=a+lamp&show=lines&colour=reset")
    steps = page.get_by_role("option")
    expect(steps).to_have_count(len("a lamp"))
    settled(page)

    lost = True  # the server has gone, and the browser does not know it yet
    page.get_by_role("textbox", name=_AREA).fill("a bell there")
    page.get_by_role("textbox", name=_AREA).press("Control+Enter")
    page.wait_for_timeout(500)
    lost = False
    restart()
    expect(steps).to_have_count(len("a bell there"))
    expect(page.get_by_role("textbox", name=_AREA)).to_have_value("a bell there")
    expect(page.get_by_role("radio", name="Single units", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="reset gate")).to_be_checked()
    page.wait_for_url(re.compile("text=a\\+bell\\+there"))
    settled(page)

    restart()  # while the reader reads
    reconnected(page)
    page.get_by_role("slider", name="Step").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("step=1\\b"))
    expect(page.get_by_role("status")).to_contain_text("step 1 ")
    expect(steps).to_have_count(len("a bell there"))
    expect(page.get_by_role("radio", name="reset gate")).to_be_checked()
