"""The pages on a phone: what has to be reached is near, and what is written can be read."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import PATIENCE_S, visit
from tests.browser.written import TEXTS

WIDTH, HEIGHT = 390, 844
LEAST_PX = 11

#: Where something is drawn whose labels may be too small, and one view of every page with views.
PLACES = [
    "gru?",
    "gru?show=what-if",
    "lstm?show=what-if",
    "deep?show=grid",
    "translation?",
    "search?",
    "search?of=deep-lstm-timemachine",
    "bidirectional?show=fill",
]
#: A view with a table that is beside the one that is open there.
BESIDE = {
    "lstm?show=what-if": "The model and its files",
    "translation?": "The model",
    "search?": "Cost",
    "bidirectional?show=fill": "The models",
}

_TABLE = ".table, .dvn-scroller"
# Tables of which something stands outside of their place, or would do so were it not scrolled; one
# that can be sorted is drawn on a canvas.
_HIDDEN = f"""() => [...document.querySelectorAll("{_TABLE}")]
  .filter((each) => each.scrollWidth > each.clientWidth)"""
# Buttons of a picture that are too small for a finger.
_SMALL = """() => [...document.querySelectorAll(".modebar-btn")]
  .map((each) => each.getBoundingClientRect())
  .filter(({ width, height }) => width && Math.min(width, height) < 24)
  .map(({ width, height }) => [width, height])"""


@pytest.fixture(scope="module")
def phone(browser: Browser):
    size = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=size, locale="en-US", is_mobile=True, has_touch=True)
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> Page:
    """Opens an address, as at its top: what was looked for before may have been further down."""
    visit(page, address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    return page


@pytest.mark.parametrize("place", PLACES)
def test_the_views_are_near_and_labels_can_be_read(app, phone, place):
    opened(phone, f"{app}/{place}&lang=en")
    views = phone.get_by_role("radiogroup", name="Show", exact=True)
    expect(views).to_be_visible()
    assert views.bounding_box()["y"] < 1.5 * HEIGHT
    assert phone.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= WIDTH
    phone.wait_for_function(f"({TEXTS})().length > 0")
    texts = phone.evaluate(TEXTS)
    assert [(text, px) for text, px in texts if px < LEAST_PX - 0.05] == []
    assert phone.evaluate(_SMALL) == []
    if place in BESIDE:
        views.get_by_role("radio", name=BESIDE[place], exact=True).click()
        expect(phone.locator(_TABLE).first).to_be_visible()
        phone.wait_for_function(f"({_HIDDEN})().length === 0")


def test_a_tree_has_all_of_its_words_where_one_has_zoomed_in(app, phone):
    opened(phone, f"{app}/search?lang=en")
    untold = phone.locator("svg [data-untold]")
    expect(untold).not_to_have_count(0)  # exhaustive search: not every word has room
    nearer = phone.get_by_role("button", name="Zoom in")
    for _ in range(6):
        nearer.click()
    expect(untold).to_have_count(0)
