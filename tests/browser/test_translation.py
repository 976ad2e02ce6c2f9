"""What a reader does on the translation page: click a word, force a beginning, give a reference."""

import re

import pytest
from playwright.sync_api import Page, expect

import explorer
from explorer.seq2seq.diagnosis import diagnose
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.prefix_constrained import translate_from
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import decimal
from explorer.text.pieces import spans
from tests.browser.server import PATIENCE_S, visit

TEXT = "She did not see the dog."


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.of(*explorer.load("en-fr-gru"))


def opened(page: Page, app: str, **parameters: str) -> Page:
    query = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in parameters.items())
    visit(page, f"{app}/translation?lang=en&text={TEXT.replace(' ', '+')}&{query}")
    expect(words(page).first).to_be_visible(timeout=PATIENCE_S * 1000)
    return page


def words(page: Page):
    return page.get_by_role("listbox", name=re.compile("model writes")).get_by_role("option")


def shown(page: Page) -> list[str]:
    return [word.inner_text().split("\n")[0] for word in words(page).all()]


def test_a_click_on_another_word_forces_it(app, page, translator):
    opened(page, app)
    (before,) = translator.translate([TEXT])
    steps = forced(translator, TEXT, before.tokens, copied=before.copied).steps
    assert shown(page) == [step.token for step in steps]
    words(page).first.click()
    other = next(a for a in steps[0].alternatives if a.token != steps[0].token)
    page.get_by_role("button", name=re.compile(f"^Force this word: {other.token},")).click()
    expect(page.get_by_text("Before the change")).to_be_visible()
    now = translate_from(translator, TEXT, (other.token,))
    expect(page.get_by_text(now.text, exact=True).first).to_be_visible()
    assert shown(page)[:-1] == list(now.tokens)
    expect(words(page).first).to_have_accessible_name(re.compile("forced"))
    page.wait_for_url(re.compile("prefix="))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Before the change")).to_have_count(0)
    assert shown(page)[:-1] == list(before.tokens)


def test_a_typed_beginning_is_kept_and_the_model_goes_on(app, page, translator):
    opened(page, app)
    field = page.get_by_role("textbox", name="What if the translation began with")
    field.fill("Il ne")
    field.press("Enter")
    expect(page.get_by_text("Before the change")).to_be_visible()
    now = translate_from(translator, TEXT, target_tokens(translator, "Il ne"))
    expect(page.get_by_text(now.text, exact=True).first).to_be_visible()
    page.get_by_role("radio", name="Effect of the change").click()
    expect(
        page.get_by_text(re.compile("They differ from word 1|The model writes the same"))
    ).to_be_visible()


def test_a_typed_reference_is_diagnosed_and_an_old_link_leads_there(app, page, translator):
    page.goto(f"{app}/search?lang=en&of=en-fr-gru&show=verdict&text={TEXT.replace(' ', '+')}")
    field = page.get_by_role("textbox", name="References in French")
    field.fill(reference := "Elle ne vit pas le chien.")
    field.press("Control+Enter")
    found = diagnose(translator, TEXT, reference, stopping="nothing can win").against
    assert found is not None
    price = decimal(found.verdict.reference.log_prob, 2)
    expect(page.get_by_text(f"(log p {price})").first).to_be_visible()
    expect(page.get_by_text("to the end").first).to_be_visible()
    page.get_by_text("Word by word: what matches").click()
    row = page.get_by_role("list", name="the reference").get_by_role("listitem")
    expect(row).to_have_count(len(target_tokens(translator, reference)))
    expect(page).to_have_url(re.compile("translation.*show=diagnosis"))


def test_the_words_work_without_a_mouse(app, page):
    opened(page, app)
    count = words(page).count()
    words(page).first.click()
    page.keyboard.press("End")
    expect(words(page).nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    expect(words(page).nth(count - 2)).to_be_focused()
    page.get_by_role("button", name="Goes wrong: two meanings").press("Enter")
    view = page.get_by_role("radio", name="Diagnosis")
    expect(view).to_be_focused()
    expect(view).to_be_in_viewport()


#: The heights of the strip at all of its steps, without waiting for Python.
HEIGHTS = """(slider) => {
  const strip = slider.getRootNode().host;
  return Array.from({ length: Number(slider.max) + 1 }, (_, step) => {
    slider.value = step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return Math.round(strip.getBoundingClientRect().height);
  });
}"""


def test_nothing_below_the_strip_moves_while_the_step_does(app, page):
    opened(page, app, show="gates")
    slider = page.get_by_role("slider", name="Step")
    page.locator(".token[aria-selected=true]").wait_for()
    for width in (390, 768, 1024, 1400):
        page.set_viewport_size({"width": width, "height": 1000})
        heights = slider.evaluate(HEIGHTS)
        assert len(heights) > 10
        assert len({*heights}) == 1, width


def test_a_word_in_pieces_is_one_word_until_it_is_opened(app, page, translator):
    text = "The blacksmith irons a tuxedo."
    (best,) = translator.translate([text], stopping="nothing can win")
    visit(page, f"{app}/translation?lang=en&text={text.replace(' ', '+')}")
    read = page.locator(".opening").first
    expect(read).to_have_text("blacksmith", timeout=PATIENCE_S * 1000)
    read.click()
    pieces = [token for token in translator.read(text) if "￭" in token]
    expect(read).to_contain_text(pieces[0].replace("￭", "·"))
    spans_of_pieces = [span for span in spans(best.tokens) if len(span) > 1]
    written = page.get_by_role("group").filter(has=page.get_by_role("option"))
    expect(written).to_have_count(len(spans_of_pieces))
    last = written.last.get_by_role("option").first
    if last.get_attribute("aria-selected") == "false":
        last.click()
    expect(written.last.get_by_role("option")).to_have_count(len(spans_of_pieces[-1]))


def test_what_is_typed_is_never_markup(app, page):
    visit(page, f"{app}/translation?lang=en&text=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20dog.")
    expect(page.get_by_role("textbox").first).to_have_value("<img src=x onerror=alert(1)> dog.")
    expect(words(page).first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
