"""Units in the browser: one is opened from the first view, and a stretch finds its like."""

import re

from playwright.sync_api import Page, expect

from tests.browser.server import settled

TEXT = "A+lamp,+and+a+mirror.+The+door+was+shut."


def test_a_unit_is_opened_from_the_first_view_and_a_character_of_its_row_chooses_the_step(
    app, page: Page
):
    page.goto(f"{app}/gru?lang=en&text={TEXT}")
    page.get_by_role("button", name="Unit 141", exact=True).first.click()
    page.wait_for_url(re.compile("show=unit(&|$)"))
    said = page.locator("strong", has_text="Follows the column of the line")
    expect(said).to_be_visible()
    settled(page)  # until then the rows of the view before stand below it
    expect(page.get_by_role("spinbutton", name=re.compile("Unit"))).to_have_value("141")
    page.locator(".series.tall .character").nth(7).click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("7")


def test_a_stretch_is_selected_by_mouse_keys_and_taps_and_finds_its_like(app, page: Page):
    page.goto(f"{app}/gru?lang=en&text={TEXT}&step=2")
    boxes = page.get_by_role("option")
    boxes.nth(22).hover()
    page.mouse.down()
    boxes.nth(23).hover()
    boxes.nth(24).hover()
    page.mouse.up()
    page.wait_for_url(re.compile("selected=22-24(&|$)"))
    expect(page.get_by_text("Where they are high again")).to_be_visible()
    expect(page.locator(".series .character.marked").first).to_be_visible()
    settled(page)
    page.get_by_role("option", selected=True).focus()
    for _key in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(re.compile("selected=2-5(&|$)"))
    expect(page.locator(".token.selected")).to_have_count(4)
    expect(page.locator(".series .character.marked").first).to_be_visible()
    page.get_by_role("button", name="Select a stretch").click()
    expect(page.get_by_role("status")).to_contain_text("first character")
    boxes.nth(9).click()
    expect(page.get_by_role("status")).to_contain_text("last character")
    boxes.nth(7).click()
    page.wait_for_url(re.compile("selected=7-9(&|$)"))
    expect(page.get_by_role("button", name="Select a stretch")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert all(box.bounding_box()["width"] >= 24 for box in boxes.all()[:5])
