"""What a reader does on the encoder–decoder page: types a sentence, reads its neighbours, moves
between two sentences.
"""

import re

import pytest
from playwright.sync_api import Page, expect

import explorer
from explorer.seq2seq.translator import Translator
from explorer.text.sentences import sentences
from tests.browser.server import PATIENCE_S, settled, visit

PATIENCE = 1000 * PATIENCE_S  # milliseconds


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.of(*explorer.load("en-fr-gru"))


def settled_at(page: Page, address: str) -> None:
    visit(page, address)
    expect(page.get_by_role("textbox").first).to_be_visible(timeout=PATIENCE)


def test_type_a_sentence_and_read_its_neighbours_by_name(app, page):
    settled_at(page, f"{app}/encoder_decoder?lang=en&show=map")
    field = page.get_by_role("textbox", name="Sentence 1, in English")
    field.fill("They will leave tomorrow.")
    field.press("Enter")
    expect(page.get_by_text("Nearest to sentence 1 (“They will leave tomorrow.”)")).to_be_visible(
        timeout=PATIENCE
    )
    rows = page.get_by_role("table").first.get_by_role("row")
    expect(rows).to_have_count(6, timeout=PATIENCE)
    known = {sentence.english: sentence.subject for sentence in sentences()}
    for row in rows.all()[1:]:
        english, cosine, subject = row.get_by_role("cell").all_inner_texts()
        assert english in known
        assert 0 < float(cosine) < 1
        assert subject in (known[english], "a name", "another noun")
    expect(page).to_have_url(re.compile("one=They"), timeout=PATIENCE)


def test_move_between_two_sentences_with_the_keyboard(app, page, translator):
    ends = ("I see a dog.", "We are going home.")
    address = f"{app}/encoder_decoder?lang=en&show=line&one={ends[0]}&two={ends[1]}&at=10"
    settled_at(page, address)
    slider = page.get_by_role("slider", name="Share of sentence 2")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    first, _second = (t.text for t in translator.translate(ends))
    expect(page.get_by_text(f"Beam search: “{first}”")).to_be_visible(timeout=PATIENCE)
    chosen = page.get_by_role("row", name=re.compile("▸"))
    expect(chosen).to_contain_text("0%", timeout=PATIENCE)
    expect(chosen).to_contain_text(first, timeout=PATIENCE)
    expect(page).to_have_url(re.compile("at=0"), timeout=PATIENCE)


def test_a_sentence_without_words_is_named_and_both_pictures_stay(app, page):
    settled_at(page, f"{app}/encoder_decoder?lang=zh&show=shape&two=%20")
    expect(page.get_by_role("alert")).to_contain_text("页面暂用", timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=PATIENCE)


def test_what_is_typed_is_never_markup(app, page):
    text = "<img src=x onerror=alert(1)> **bold** [a](http://evil.example) $x$"
    for view in ("shape", "map", "way", "line"):
        settled_at(page, f"{app}/encoder_decoder?lang=en&show={view}")
        field = page.get_by_role("textbox", name="Sentence 1, in English")
        field.fill(text)
        field.press("Enter")
        expect(page.get_by_text("read as unknown")).to_be_visible(timeout=PATIENCE)
        settled(page)
        main = page.get_by_test_id("stMainBlockContainer")
        assert main.locator("img, a[href*=evil], .katex").count() == 0


@pytest.mark.parametrize("view", ["shape", "map", "way", "line", "length"])
def test_a_phone_shows_a_view_without_scrolling_sideways(app, page, view):
    page.set_viewport_size({"width": 390, "height": 844})
    settled_at(page, f"{app}/encoder_decoder?lang=en&show={view}")
    shown = page.locator(".js-plotly-plot, .vega-embed").first
    expect(shown).to_be_visible(timeout=PATIENCE)
    assert shown.bounding_box()["width"] <= 390
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
