"""Files that were saved from hostile texts, opened as a reader opens them: nothing runs."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.decoding.adapters.table import END, Table
from explorer.locale import english
from explorer.saving.figures import altair_page, altair_svg, plotly_page
from explorer.saving.tree_page import tree_page
from tests.browser.server import PATIENCE_S, settled
from tests.browser.test_tree import panels
from tests.saving.test_page import HOSTILE, hostile_chart, hostile_figure

# Symbols of a hidden Markov model which, one after the other, end a script and begin an image.
SYMBOLS = ("</script>", "<svg/onload='/*", "*/alert(1)//'>")

KINDS = {
    "altair.html": lambda: altair_page(hostile_chart(), title=HOSTILE, lang="en"),
    "altair.svg": lambda: altair_svg(hostile_chart()),
    "plotly.html": lambda: plotly_page(hostile_figure(), config={}, title=HOSTILE, lang="en"),
    "trees.html": lambda: tree_page(
        panels(Table((HOSTILE, "b", END), ((0.5, 0.3, 0.2),))),
        title=HOSTILE,
        lang="en",
        _=english,
    ),
}


def opened(browser: Browser, file: Path) -> tuple[Page, list[str]]:
    """The file without internet, and what it did that a file may not."""
    page = browser.new_context(offline=True).new_page()
    done: list[str] = []
    page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: done.append(request.url))
    page.on("pageerror", lambda error: done.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator("svg, canvas").first).to_be_visible()
    page.wait_for_timeout(300)
    return page, [what for what in done if what != file.as_uri() and not what.startswith("blob:")]


@pytest.mark.parametrize("name", KINDS)
def test_nothing_in_a_saved_file_runs(browser: Browser, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(KINDS[name](), encoding="utf-8")
    page, done = opened(browser, file)
    assert done == []
    page.context.close()


def test_a_page_saved_from_a_strangers_link_runs_nothing(
    app: str, page: Page, browser: Browser, tmp_path: Path
) -> None:
    link = {"show": "markov", "symbols": ", ".join(SYMBOLS), "seen": " ".join(SYMBOLS)}
    page.goto(f"{app}/bidirectional?lang=en&{urlencode(link)}")
    settled(page)
    button = page.get_by_role("button", name="HTML").first
    expect(button).to_be_visible(timeout=1000 * PATIENCE_S)
    with page.expect_download() as waiting:
        button.click()
    file = tmp_path / "posterior.html"
    waiting.value.save_as(file)
    assert "alert(1)" in file.read_text(encoding="utf-8")
    kept, done = opened(browser, file)
    assert done == []
    kept.context.close()
