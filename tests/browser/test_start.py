"""The start page: a result that is there at once, and answers."""

import re

import pytest
from playwright.sync_api import Page, expect

from explorer.models import catalogue
from explorer.recurrence.precomputed_example import PrecomputedExample
from explorer.text.numbers import decimal
from tests.browser.server import PATIENCE_S, settled


@pytest.fixture
def start(app: str, page: Page) -> Page:
    page.goto(f"{app}/?lang=en&step=0")
    settled(page)
    expect(page.locator("figure canvas")).to_be_visible(timeout=PATIENCE_S * 1000)
    return page


def test_the_picture_shows_the_computed_gates(start):
    example = PrecomputedExample.read(catalogue.PRETRAINED / "opening.json")
    drawn = start.locator("figure canvas").evaluate(
        "c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
        ".filter((_, place) => place % 4 === 3)"
    )
    assert drawn == pytest.approx([255 * v for row in example.values for v in row], abs=0.51)


def test_the_picture_and_the_strip_choose_each_others_step(start):
    cursor = start.locator("figure .cursor").first
    expect(cursor).to_be_visible()  # it stands once the strip has told it the step
    before = cursor.bounding_box()["x"]
    start.get_by_role("option").nth(10).click()
    expect(start.get_by_role("status")).to_contain_text("step 10 ")
    assert cursor.bounding_box()["x"] > before
    area = start.locator("figure .area")
    box = area.bounding_box()
    steps = start.get_by_role("option").count()
    area.click(position={"x": box["width"] * 40.5 / steps, "y": box["height"] / 2})
    expect(start.get_by_role("option", selected=True)).to_have_accessible_name(
        re.compile("^step 40 ")
    )
    start.wait_for_url(re.compile("step=40"))


def test_the_picture_says_what_is_under_the_pointer(start):
    example = PrecomputedExample.read(catalogue.PRETRAINED / "opening.json")
    box = start.locator("figure .area").bounding_box()
    start.mouse.move(box["x"] + 2, box["y"] + box["height"] - 2)
    row, unit = example.values[-1], example.units[-1]
    expect(start.locator("figure .detail")).to_contain_text(f"unit {unit}: {decimal(row[0], 3)}")


def test_a_token_of_the_strip_is_called_by_what_it_shows(start):
    said = start.get_by_role("option").evaluate_all(
        "boxes => boxes.map(box => [box.ariaLabel,"
        " box.querySelector('.glyph').textContent, box.querySelector('.guess').textContent])"
    )
    assert said
    for name, token, guess in said:
        assert f"“{token}”" in name
        assert guess
        assert f"Predicted next token: “{guess}”" in name
