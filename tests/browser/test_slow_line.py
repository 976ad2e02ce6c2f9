"""A reader who is quicker than the server, or than the line to it."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.server import settled

STEPS = 3  # runs of a part, after which what stands around it counts as old


class SlowLine:
    """The line of a page, on which what the server says can be held up."""

    def __init__(self, page: Page) -> None:
        self.held = False
        self.waiting: list[bytes] = []
        self.asked = 0
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        self._line, self._server = line, line.connect_to_server()
        line.on_message(self._ask)
        self._server.on_message(self._answer)

    def _ask(self, message: bytes) -> None:
        self.asked += 1
        self._server.send(message)

    def _answer(self, message: bytes) -> None:
        self.waiting.append(message)
        if not self.held:
            self.release()

    def release(self) -> None:
        self.held = False
        for message in self.waiting:
            self._line.send(message)
        self.waiting.clear()

    def a_run_has_ended(self) -> bool:
        types = (ForwardMsg.FromString(message).WhichOneof("type") for message in self.waiting)
        return "script_finished" in types


def test_a_view_is_there_again_for_a_reader_who_was_away_for_a_moment(app, page: Page):
    """What a browser drops at the end of a run, the answer that is on its way must not refer to."""
    line = SlowLine(page)
    page.goto(f"{app}/gru?lang=en&show=heatmaps&text=a+lamp+upon+the+table")
    heatmaps = page.locator(".js-plotly-plot")
    expect(heatmaps).to_have_count(4)
    for step in range(STEPS):
        page.get_by_role("option").nth(step).click()
        page.wait_for_url(re.compile(f"step={step}(&|$)"))
    settled(page)
    line.held = True
    page.get_by_role("radio", name="The model and its files").click()
    while not line.a_run_has_ended():
        page.wait_for_timeout(50)
    asked = line.asked
    page.get_by_role("radio", name="All units", exact=True).click()
    while line.asked == asked:
        page.wait_for_timeout(50)
    line.release()
    page.wait_for_url(re.compile("show=heatmaps"))
    settled(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(heatmaps).to_have_count(4)


def test_a_step_that_is_told_when_its_page_was_left_breaks_nothing(app, page: Page):
    """The strip tells Python of the last of several steps a moment later."""
    page.goto(f"{app}/gru?lang=en&text=a+lamp+upon+the+table")
    settled(page)
    page.get_by_role("option", selected=True).focus()
    for _key in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("link", name=re.compile("LSTM")).evaluate("(link) => link.click()")
    expect(page.get_by_role("heading", name=re.compile("LSTM"))).to_be_visible()
    expect(page.get_by_role("option").first).to_be_visible()
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
