"""The start page: a result that is there at once, plays, and leads to its own view."""

import re

import pytest
from playwright.sync_api import Page, expect

from explorer.models import catalogue
from explorer.recurrence.precomputed_example import PrecomputedExample
from explorer.text.numbers import decimal
from tests.browser.server import visit

EXAMPLE = PrecomputedExample.read(catalogue.PRETRAINED / "opening.json")


@pytest.fixture
def start(app: str, tab: Page) -> Page:
    page = visit(tab, f"{app}/?lang=en&step=3")
    expect(page.locator("figure svg").first).to_be_visible()
    return page


def values(page: Page) -> list[str]:
    return page.locator("figure .value").all_text_contents()


def computed(step: int) -> list[str]:
    panels = (EXAMPLE.gates, *EXAMPLE.states)
    return [decimal(series[step], 2) for panel in panels for series in panel]


def test_the_picture_says_what_was_computed_plays_and_keeps_its_step_in_the_address(start):
    assert values(start) == computed(3)
    start.locator("figure .characters").first.locator("span").nth(1).click()
    expect(start.locator("figure [role=status]")).to_contain_text("Step 1:")
    assert values(start) == computed(1)
    start.wait_for_url(re.compile("step=1(&|$)"))
    start.get_by_role("button", name="One step forward").click()
    start.wait_for_url(re.compile("step=2(&|$)"))
    expect(start.locator("figure .end").first).to_be_hidden()
    start.get_by_role("button", name="Play").click()
    expect(start.locator("figure .end").first).to_be_visible()
    expect(start.locator("figure .end b").first).to_have_text(EXAMPLE.guesses[0][-1][0])
    assert values(start) == computed(EXAMPLE.asked)


def test_the_pictures_link_opens_the_same_view_of_the_gru(start):
    start.get_by_role("link", name=re.compile("Open this view")).click()
    start.wait_for_url(re.compile("/gru[?]"))  # the start page has as many panels
    panels = start.locator("figure.two-texts .heading")
    expect(panels).to_have_count(1 + len(EXAMPLE.units))
    expect(start.locator("figure .value")).to_have_text(computed(EXAMPLE.asked))
