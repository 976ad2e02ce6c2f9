"""A presented page: on one screen, large, played by keys."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import PATIENCE_S, settled, visit
from tests.browser.written import TEXTS

WIDTH, HEIGHT = 1920, 1080
LEAST_PX = 16
#: What a class looks at on each page, as its components are called.
PARTS = {
    "gru": [".strip", ".cell", ".equation"],
    "lstm": [".strip", ".cell", ".equation"],
    "translation": [".sentence"],
    "search": [".trees .toolbar", ".trees .panels"],
}
_IN_SIGHT = f"""(part) => {{
  const {{ left, top, right, bottom, height }} = part.getBoundingClientRect();
  return height > 0 && left >= 0 && top >= 0 && right <= {WIDTH} && bottom <= {HEIGHT};
}}"""


@pytest.fixture(scope="module")
def projector(browser: Browser):
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("place", PARTS)
def test_a_class_sees_all_of_a_view_and_can_read_it(app, projector, place):
    visit(projector, f"{app}/{place}?lang=en&present=1")
    for part in PARTS[place]:
        expect(projector.locator(part).first).to_be_visible()
    expect(projector.get_by_test_id("stSkeleton")).to_have_count(0)
    settled(projector)
    expect(projector.get_by_test_id("stSidebar")).to_be_hidden()
    for part in PARTS[place]:
        assert projector.locator(part).first.evaluate(_IN_SIGHT), part
    texts = projector.evaluate(TEXTS)
    assert [(text, px) for text, px in texts if px < LEAST_PX - 0.05] == []


def test_keys_play_a_presented_page_and_leave_fields_alone(app, projector):
    page: Page = projector
    page.goto(f"{app}/gru?lang=en&text=a+lamp+and+a+table&step=2")
    expect(page.get_by_role("option")).not_to_have_count(0)
    settled(page)
    page.keyboard.press("Alt+p")
    page.wait_for_url(re.compile("present=1"))
    settled(page)
    chosen = page.locator('[role="option"][aria-selected="true"]')
    page.keyboard.press("PageDown")
    expect(chosen).to_have_attribute("aria-label", re.compile("^step 3 "))
    page.keyboard.press("ArrowLeft")
    expect(chosen).to_have_attribute("aria-label", re.compile("^step 2 "))
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="speed: 2×")).to_be_visible()
    page.keyboard.press("Space")
    expect(chosen).to_have_attribute("aria-label", re.compile("^step 17 "))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Page Down")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Model and text").click()
    field = page.get_by_role("textbox", name="Text, up to 400 characters")
    field.fill("")
    field.press_sequentially("so? ")
    expect(field).to_have_value("so? ")
    expect(page.get_by_role("button", name="speed: 2×")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave the presentation").click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page).not_to_have_url(re.compile("present="))
