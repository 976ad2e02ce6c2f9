"""Pages opened by their addresses on a server that nothing has been asked of before."""

import re
from itertools import cycle

import pytest
from playwright.sync_api import expect

from explorer.locale import LANGUAGES
from explorer.web.shared.chapter import BY_PAGE
from tests.browser.server import ROOT, serving, settled, visit

#: The LSTM's page imports and draws with what the GRU's does.
PAGES = sorted({path.stem for path in (ROOT / "pages").glob("*.py")} - {"lstm"})
WITH_A_STRIP = ("gru", "deep")


# A server is as cold in one language as in another, so the languages take turns.
@pytest.mark.parametrize(("name", "lang"), list(zip(PAGES, cycle(sorted(LANGUAGES)))))
def test_a_page_opens_cold_in_its_frame_and_state(page, name, lang):
    with serving() as app:
        _opens_in_its_frame_and_state(page, app, name, lang)


def _opens_in_its_frame_and_state(page, app, name, lang):
    path = "" if name == "start" else name
    page.goto(f"{app}/{path}?lang={lang}&step=2")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    section = {"en": "Gated recurrent unit", "zh": "门控循环单元"}[lang]
    expect(page.get_by_role("link", name=re.compile(f"9.1.*{section}"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    if name == "start":
        word = {"en": "Step 2:", "zh": "第 2 步"}[lang]
        expect(page.get_by_role("figure", name=word)).to_be_visible()
    if name in WITH_A_STRIP:
        word = {"en": "step", "zh": "时间步"}[lang]
        chosen = page.get_by_role("option", name=re.compile(f"^{word} 2 "))
        expect(chosen).to_have_attribute("aria-selected", "true")


def test_the_first_language_is_the_browsers(app, browser):
    context = browser.new_context(locale="zh-CN")
    opened = context.new_page()
    opened.goto(app)
    settled(opened)
    expect(opened.get_by_text("本章各节")).to_be_visible()
    opened.wait_for_url(re.compile("lang=zh"))
    context.close()


def test_the_language_is_switched_in_one_place(app, tab):
    page = visit(tab, app)
    page.get_by_role("radio", name="中文").click()
    expect(page.get_by_text("本章各节")).to_be_visible()
    page.wait_for_url(re.compile("lang=zh"))


def test_the_map_marks_what_is_still_to_come(app, tab):
    page = visit(tab, f"{app}/?lang=en")
    with_page = len(BY_PAGE)
    expect(page.get_by_text("still to come")).to_have_count(8 - with_page)
    expect(page.get_by_role("link", name="Open", exact=True)).to_have_count(with_page)
