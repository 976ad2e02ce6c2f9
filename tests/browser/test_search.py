"""The search page in a browser: trees that play, a click on a prefix, a search that is stopped."""

import re

from playwright.sync_api import Page, expect

from tests.browser.server import PATIENCE_S, settled

WAIT_MS = 1000 * PATIENCE_S
#: α and a great length make this space too large to be searched in the time that the tests have.
LONG = (
    "/search?lang=en&of=en-fr-gru&searches=exact&alpha=1.0&seconds=60&show=bill"
    "&text=He+buys+a+newspaper+at+the+station+each+morning+and+reads+it+on+the+way+to+work."
)


def test_a_click_on_a_pruned_prefix_gives_its_reason_and_what_came_after_it(page: Page, app: str):
    page.goto(f"{app}/search?lang=en&searches=greedy")
    tree = page.get_by_role("tree")
    expect(tree).to_be_visible(timeout=WAIT_MS)
    pruned = page.get_by_role("treeitem", name="Pruned").first
    pruned.locator("text").click()
    expect(page.get_by_text("Pruned: others ranked before it.").first).to_be_visible()
    expect(page.get_by_text("prefix: B")).to_be_visible(timeout=WAIT_MS)
    assert "node=greedy." in page.url


def test_a_long_exact_search_is_stopped_and_keeps_what_it_found(page: Page, app: str):
    page.goto(app + LONG)
    stop = page.get_by_role("button", name="Stop and keep what it found")
    stop.click(timeout=WAIT_MS)
    expect(page.get_by_role("tree")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("the best possible score is at most").first).to_be_visible()


def test_a_reader_types_a_reference_and_reads_the_verdict(page: Page, app: str):
    page.goto(
        f"{app}/search?lang=en&of=en-fr-gru&searches=beam,exact&alpha=0.0&show=verdict"
        "&text=She+is+laughing."
    )
    expect(page.get_by_text("A search error.")).to_be_visible(timeout=WAIT_MS)
    settled(page)
    reference = page.get_by_label("A reference in French")
    reference.fill("Elle est en train de rire.")
    reference.blur()
    expect(page.get_by_text("It is the reference itself.")).to_be_visible(timeout=WAIT_MS)
    reference.fill("Elle rigole.")
    reference.blur()
    expect(page.get_by_text("A model error.")).to_be_visible(timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("reference=Elle"))
