"""What a reader does on the page on bidirectional networks: blanks a word and reads the guesses."""

import re

import pytest
from playwright.sync_api import expect

import explorer
from explorer.cloze.blanked_sentence import read
from explorer.cloze.filler import Filler
from explorer.text.numbers import percent
from tests.browser.server import PATIENCE_S, settled

PATIENCE = 1000 * PATIENCE_S  # milliseconds
TEXT = "She drinks hot coffee every morning."


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler.of(*explorer.load("bilstm-infill"))


def test_blank_a_word_by_mouse_and_another_by_keyboard_and_read_the_models_guess(app, page, filler):
    page.goto(f"{app}/bidirectional?lang=en&text={TEXT}", timeout=PATIENCE)
    settled(page)
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


@pytest.mark.parametrize(("scheme", "is_light"), [("light", False), ("dark", True)])
def test_the_numbers_in_a_map_are_in_the_pages_ink(app, page, scheme, is_light):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{app}/bidirectional?lang=en&show=models")
    number = page.locator(".textpoint text", has_text="%").first
    expect(number).to_be_visible(timeout=PATIENCE)
    fill = number.evaluate("text => getComputedStyle(text).fill")
    brightness = [int(part) for part in re.findall(r"\d+", fill)[:3]]
    assert (min(brightness) > 200) if is_light else (max(brightness) < 80)
