"""Units in the browser: one is opened from the first view, and a stretch finds its like."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import settled, visit

TEXT = "A+lamp,+and+a+mirror.+The+door+was+shut."


NUMBERS = """(all, name) => Object.fromEntries(all.map((each) =>
    [each.dataset.value ?? each.dataset.of, (each.querySelector(name) ?? each).textContent]))"""


def numbers(page: Page, terms: str, number: str) -> dict[str, str]:
    """The number of each term of a drawing."""
    return page.locator(terms).evaluate_all(NUMBERS, number)


@pytest.mark.parametrize("name", ["gru", "lstm"])
def test_text_cell_and_equation_are_one_screen_with_the_same_numbers(app, browser, name):
    """The step drives all three, and a term lights its wire and the other way round."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    page = context.new_page()
    page.goto(f"{app}/{name}?lang=en")
    lines, svg = page.locator(".equation .line"), page.locator(".cell svg")
    expect(lines.last).to_be_visible()
    settled(page)
    for part in (page.locator(".strip .token").first, svg, lines.first, lines.last):
        expect(part).to_be_in_viewport(ratio=1)
    page.get_by_role("option", selected=True).focus()
    for step in (40, 41):
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile(f"step={step}(&|$)"))
    written = numbers(page, ".equation .term", ".below")
    drawn = numbers(page, ".cell .numbers text[data-of], .cell .box .number", ".number")
    shared = written.keys() & drawn.keys()
    assert len(shared) >= 12
    assert {of: written[of] for of in shared} == {of: drawn[of] for of in shared}
    update = {"gru": "update", "lstm": "forget"}[name]
    page.locator(f".equation .line > .term[data-of={update}]").hover()
    expect(page.locator(f".cell .numbers .lit[data-of={update}]")).to_be_visible()
    page.locator(".cell .numbers text[data-of=candidate]").hover()
    expect(page.locator(".equation .line > .term.lit[data-of=candidate]")).to_be_visible()
    expect(page.locator(".cell .halo.lit")).to_have_count(1)
    first = page.locator(".equation .term[tabindex='0']")
    first.focus()
    page.keyboard.press("ArrowRight")
    on = page.locator(".equation .term:focus").get_attribute("data-of")
    expect(page.locator(f".cell .numbers .lit[data-of='{on}']")).to_be_visible()
    assert "change" not in page.url
    context.close()


def test_a_unit_is_opened_from_the_first_view_and_a_character_of_its_row_chooses_the_step(
    app, tab: Page
):
    page = visit(tab, f"{app}/gru?lang=en&text={TEXT}")
    page.get_by_role("button", name="What this unit does", exact=True).click()
    page.wait_for_url(re.compile("show=unit(&|$)"))
    said = page.locator("strong", has_text="Follows the column of the line")
    expect(said).to_be_visible()
    settled(page)  # until then the rows of the view before stand below it
    expect(page.get_by_role("spinbutton", name=re.compile("Unit"))).to_have_value("141")
    page.locator(".series.tall .character").nth(7).click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("7")
    # Another is held over the project's texts, which one click begins. What it costs is in
    # tests/pages/test_units.py: pages go before jobs, so on a busy machine it may take minutes.
    visit(page, f"{app}/gru?lang=en&text={TEXT}")
    page.get_by_role("button", name="Unit 77", exact=True).first.click()
    page.wait_for_url(re.compile("unit=77(&|$)"))
    settled(page)  # until then the button is that of the unit before
    page.get_by_role("button", name="Hold it over the project’s texts").click()
    page.wait_for_url(re.compile("held=story(&|$)"))
    begun = page.get_by_text(
        re.compile("[1-9][0-9,]* of [0-9,]+ characters read|bits more on average")
    )
    expect(begun.first).to_be_visible()


def test_a_stretch_is_selected_by_mouse_keys_and_taps_and_finds_its_like(app, tab: Page):
    page = visit(tab, f"{app}/gru?lang=en&text={TEXT}&step=2")
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
