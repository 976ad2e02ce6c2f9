"""What the client of the benchmark receives is what a browser receives for the same steps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.viewer import Viewer
from tests.browser.server import settled

STEPS = (5, 6, 9, 10)
"""Each chosen on the strip, and the next one on the slider."""
MOST_OF_A_RUN = 22_000
"""Bytes of a whole run in which nothing has changed: no script and no picture among them."""


class Watched:
    """What passes through the websocket of a page."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        self.hashes: set[str] = set()
        page.on("websocket", self._watch)

    def _watch(self, socket) -> None:
        socket.on("framereceived", self._count)
        socket.on("framesent", self._note)

    def _count(self, frame: bytes) -> None:
        self.received += len(frame)

    def _note(self, frame: bytes) -> None:
        message = BackMsg.FromString(frame)
        if message.WhichOneof("type") == "rerun_script":
            self.hashes = set(message.rerun_script.cached_message_hashes)


def in_a_browser(page: Page, step: int, *, by_strip: bool) -> None:
    """A step as a person takes it, and its answer."""
    if by_strip:
        page.get_by_role("option").nth(step).click()
    else:
        page.get_by_role("slider", name="Step").press("ArrowRight")
    said = f"step={step}"
    page.wait_for_url(lambda url: said in url.split("?", 1)[-1].split("&"))
    settled(page)


def taken(step: Callable[..., object], received: Callable[[], int]) -> list[int]:
    """The bytes that each step brought."""
    found = []
    for number, at in enumerate(STEPS):
        before = received()
        step(at, by_strip=number % 2 == 0)
        found.append(received() - before)
    return found


def test_a_step_brings_the_client_what_it_brings_a_browser(app, page):
    watched = Watched(page)
    page.goto(f"{app}/gru?lang=en")
    page.get_by_role("option").first.wait_for()
    settled(page)
    browser = taken(
        lambda at, by_strip: in_a_browser(page, at, by_strip=by_strip), lambda: watched.received
    )

    with Viewer(app, "gru") as viewer:
        tab = viewer.tab
        viewer.run()
        hashes: list[set[str]] = []

        def step(at: int, by_strip: bool) -> None:
            hashes.append(set(tab.cache.hashes))
            viewer.run(tab.pick(at))

        client = taken(step, lambda: tab.received)
        before = tab.received
        viewer.run()
        assert tab.received - before < MOST_OF_A_RUN
    assert sum(client) == pytest.approx(sum(browser), rel=0.1)
    assert hashes[-1] == watched.hashes
