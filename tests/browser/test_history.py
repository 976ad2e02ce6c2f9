"""Back and forward: what becomes an entry of the browser's history, and what it brings back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import settled

_TEXT = "a+lamp+there"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return at_rest(page)


def at_rest(page: Page) -> Page:
    """The page when its heading is there and nothing runs."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return settled(page)


def entries(page: Page) -> list[str]:
    """Path and query of every entry of the tab's history."""
    told: list[str] = page.evaluate(
        "navigation.entries().map(({ url }) => url.slice(location.origin.length))"
    )
    return told


def press(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def visit(page: Page, name: str, title: str) -> None:
    """Opens a page from the sidebar."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.wait_for_url(re.compile(f"{name.lower()}.*lang=en"))
    settled(page)


def test_a_page_visited_is_one_entry_and_brings_its_own_state(app, page):
    opened(page, f"{app}/gru?text={_TEXT}&step=9")  # the address is completed in its place
    page.wait_for_url(re.compile("lang=en"))
    gru, lstm = f"/gru?lang=en&text={_TEXT}&step=9", "/lstm?lang=en"
    assert entries(page) == [gru]
    visit(page, "LSTM", "Long short-term memory")
    press(page, "Saturation")
    page.wait_for_url(re.compile("show=saturation"))
    visit(page, "GRU", "Gated recurrent unit")
    expect(page.get_by_role("slider", name="Step")).to_have_value("9")  # remembered
    page.wait_for_url(re.compile("step=9"))
    visited = [gru, lstm, f"{lstm}&show=saturation", gru]
    assert entries(page) == visited
    for go, title, view in [
        (page.go_back, "Long short-term memory", "Saturation"),
        (page.go_back, "Long short-term memory", "Step by step"),
        (page.go_back, "Gated recurrent unit", "Step by step"),
        (page.go_forward, "Long short-term memory", "Step by step"),
        (page.go_forward, "Long short-term memory", "Saturation"),
        (page.go_forward, "Gated recurrent unit", "Step by step"),
    ]:
        go()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
        settled(page)
    expect(page.get_by_role("slider", name="Step")).to_have_value("9")
    assert entries(page) == visited


def test_playing_and_dragging_add_no_entry(app, page):
    opened(page, f"{app}/gru?lang=en&text={_TEXT}&step=0")
    press(page, "Single units")
    page.wait_for_url(re.compile("show=lines"))
    settled(page)
    before = len(entries(page))
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("11")
    page.wait_for_url(re.compile("step=11"))
    box = page.get_by_role("slider", name="Step").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.8, 0.6, 0.4, 0.2):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=4)
        page.wait_for_timeout(150)
    page.mouse.up()
    dragged = page.get_by_role("slider", name="Step").input_value()
    assert int(dragged) in range(1, 4)
    # The address passes through the steps before: gone back too early, it would lose the last one.
    page.wait_for_url(re.compile(rf"step={dragged}\b"))
    settled(page)
    assert len(entries(page)) == before
    page.go_back()
    expect(page.get_by_role("radio", name="Step by step", exact=True)).to_be_checked()
    settled(page)
    page.go_forward()
    expect(page.get_by_role("radio", name="Single units", exact=True)).to_be_checked()
    expect(page.get_by_role("slider", name="Step")).to_have_value(dragged)


@pytest.mark.parametrize("parameters", ["lang=en&text=a", "lang=en&section=9.1&step=3"])
def test_parameters_that_come_before_their_page_leave_no_entry(app, page, parameters):
    here = "/exercises?lang=en&section=9.1"
    opened(page, app + here)
    page.keyboard.press("Shift")
    page.evaluate(
        """parameters => ["/exercises", "/gru"].forEach(
            path => history.pushState({}, "", `${path}?${parameters}`))""",
        parameters,
    )
    assert entries(page) == [here, f"/gru?{parameters}"]
