"""What a reader does on the page on bidirectional networks: blanks a word and reads the guesses."""

import re

import pytest
from playwright.sync_api import Page, expect

import explorer
from explorer.cloze.blanked_sentence import read
from explorer.cloze.filler import Filler
from explorer.text.numbers import percent
from tests.browser.server import PATIENCE_S, visit

PATIENCE = 1000 * PATIENCE_S  # milliseconds
TEXT = "She drinks hot coffee every morning."


#: Whether the first number is drawn, and light or else dark: colours come after the theme.
_IN_INK = """light => {
  const number = [...document.querySelectorAll(".textpoint text")]
    .find(text => text.textContent.includes("%"));
  if (!number?.getBoundingClientRect().width) return false;
  const brightness = getComputedStyle(number).fill.match(/\\d+/g).slice(0, 3).map(Number);
  return light ? Math.min(...brightness) > 200 : Math.max(...brightness) < 80;
}"""


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler.of(*explorer.load("bilstm-infill"))


def test_blank_a_word_by_mouse_and_another_by_keyboard_and_read_the_models_guess(app, page, filler):
    visit(page, f"{app}/bidirectional?lang=en&text={TEXT}")
    page.get_by_role("radio", name="coffee").click(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("at=3"), timeout=PATIENCE)
    _reads(page, filler, 3)
    page.get_by_role("radio", name="coffee").press("ArrowLeft")
    expect(page).to_have_url(re.compile("at=2"), timeout=PATIENCE)
    _reads(page, filler, 2)


def _reads(page, filler, place):
    """The first guess beside “reads both sides” is the model's own, word and probability."""
    best = filler.guess(read(TEXT).tokens, place, most=1).likeliest[0]
    guesses = page.get_by_role("list", name=re.compile("^reads both sides"))
    first = guesses.get_by_role("listitem").first
    expect(first).to_contain_text(best.token, timeout=PATIENCE)
    expect(first).to_contain_text(percent(best.p), timeout=PATIENCE)


def test_the_numbers_in_a_map_are_in_the_pages_ink_and_go_with_the_theme(app, page):
    page.emulate_media(color_scheme="light")
    visit(page, f"{app}/bidirectional?lang=en&show=models")
    page.wait_for_function(_IN_INK, arg=False)
    page.emulate_media(color_scheme="dark")  # light ink on dark, without a run
    page.wait_for_function(_IN_INK, arg=True)
