"""The search page in a browser: trees that play, a click on a prefix, a search that is stopped."""

import json
import re

from playwright.sync_api import Page, expect

import explorer
from explorer.decoding.adapters.table import BOOK
from explorer.decoding.export import to_json
from tests.browser.server import PATIENCE_S, settled, visit
from tests.decoding.adapters.test_foreign import MARIAN

WAIT_MS = 1000 * PATIENCE_S
#: α and a great length make this space too large to be searched in the time that the tests have.
LONG = (
    "/search?lang=en&of=en-fr-gru&searches=exact&alpha=1.0&seconds=60&show=bill"
    "&text=He+buys+a+newspaper+at+the+station+each+morning+and+reads+it+on+the+way+to+work."
)


def test_a_click_on_a_pruned_prefix_gives_its_reason_and_what_came_after_it(tab: Page, app: str):
    page = visit(tab, f"{app}/search?lang=en&searches=greedy")
    tree = page.get_by_role("tree")
    expect(tree).to_be_visible(timeout=WAIT_MS)
    pruned = page.get_by_role("treeitem", name="Pruned").first
    pruned.locator("text").click()
    expect(page.get_by_text("Pruned: others ranked higher.").first).to_be_visible()
    expect(page.get_by_text("prefix: B")).to_be_visible(timeout=WAIT_MS)
    page.wait_for_url(re.compile("node=greedy[.]"))
    expect(tree.locator("[aria-selected=true]")).to_have_accessible_name(re.compile("“B”"))


def test_another_prefix_sends_no_tree_and_back_leads_to_the_one_before(page: Page, app: str):
    received: list[bytes] = []

    def listen(socket) -> None:
        socket.on("framereceived", lambda frame: received.append(frame))

    page.on("websocket", listen)
    page.goto(f"{app}/search?lang=en&searches=greedy&node=greedy.1")
    chosen = page.get_by_role("tree").locator("[aria-selected=true]")
    expect(chosen).to_have_accessible_name(re.compile("“A”"), timeout=WAIT_MS)
    expect(page.get_by_text("prefix: A")).to_be_visible(timeout=WAIT_MS)
    settled(page)
    for place in (2, 3):
        received.clear()
        page.get_by_role("treeitem").nth(place).locator("text").click()
        page.wait_for_url(re.compile(f"node=greedy[.]{place}"))
        settled(page)
        assert any(b"gatescope_node" in frame for frame in received)
        assert not any(b"gatescope_tree" in frame for frame in received)
        if place == 2:  # chosen in any view
            page.get_by_role("radio", name="Cost").click()
            expect(page.get_by_role("columnheader", name="seconds")).to_be_visible(timeout=WAIT_MS)
            settled(page)
    page.go_back()
    page.wait_for_url(re.compile("node=greedy[.]2"))
    expect(chosen).to_have_accessible_name(
        page.get_by_role("treeitem").nth(2).get_attribute("aria-label"), timeout=WAIT_MS
    )


def test_a_long_exact_search_is_stopped_and_keeps_what_it_found(page: Page, app: str):
    page.goto(app + LONG)
    stop = page.get_by_role("button", name="Stop and keep the results so far")
    stop.click(timeout=WAIT_MS)
    expect(page.get_by_role("tree")).to_be_visible(timeout=WAIT_MS)
    early = page.get_by_text("stopped early · the best possible score is at most")
    expect(early.first).to_be_visible()
    page.get_by_role("radio", name="Sampling").click()
    expect(page.get_by_text("distinct sequences in 20 draws")).to_be_visible(timeout=WAIT_MS)
    expect(early.first).to_be_visible()


def test_the_table_is_edited_with_the_keyboard_until_greedy_wins(tab: Page, app: str):
    page = visit(tab, f"{app}/search?lang=en&show=bill")
    expect(page.get_by_text("Greedy search misses")).to_be_visible(timeout=WAIT_MS)
    page.get_by_text("The table: change its probabilities").click()
    page.get_by_label("probability of B at step 3 after A C").fill("0.4")
    page.keyboard.press("Enter")
    refused = page.get_by_text("not to 1. These trees still show the previous table.")
    expect(refused).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("tree")).to_have_count(3)
    page.get_by_label("probability of <eos> at step 3 after A C").fill("0.3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Greedy search wins")).to_be_visible(timeout=WAIT_MS)
    expect(refused).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Greedy search wins")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Restore the book's probabilities").click()
    expect(page.get_by_text("Greedy search misses")).to_be_visible(timeout=WAIT_MS)
    page.wait_for_url(lambda url: "table=" not in url)  # written at the end of the run


def test_the_trees_are_saved_as_json_and_as_a_page_that_plays(tab: Page, page: Page, app: str):
    visit(tab, f"{app}/search?lang=en&searches=greedy,beam")
    tab.get_by_role("button", name="Save the trees").click(timeout=WAIT_MS)
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Beam: every prefix (JSON)").click()
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    expected = to_json(explorer.decode(BOOK, None, "beam", width=2, max_length=4))
    for name in ("nodes", "n_best", "words", "best", "gap"):
        assert saved[name] == expected[name]
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="A page that plays without a server (HTML)").click()
    content = waiting.value.path().read_text(encoding="utf-8")
    page.route("http://127.0.0.1:1/saved.html", lambda route: route.fulfill(body=content))
    page.goto("http://127.0.0.1:1/saved.html")
    expect(page.get_by_role("tree")).to_have_count(2)
    page.get_by_role("button", name="To the start").click()
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".count")).to_have_text("call 4 of 4", timeout=WAIT_MS)


def test_a_foreign_list_opens_in_three_clicks_and_says_no_number_that_it_lacks(
    page: Page, app: str
):
    page.goto(f"{app}/search?lang=en&searches=greedy")
    page.get_by_role("radio", name="Open a search").click()
    expect(page.get_by_text("this example is shown")).to_be_visible(timeout=WAIT_MS)
    file = {"name": "nbest.txt", "mimeType": "text/plain", "buffer": MARIAN.encode()}
    page.locator("input[type=file]").set_input_files(file)
    shared = page.get_by_role("treeitem", name="“le”")
    expect(shared).to_be_visible(timeout=WAIT_MS)
    expect(shared).not_to_have_accessible_name(re.compile(r"log p|sum|score \S*\d"))
    ended = page.get_by_role("treeitem", name="The best of all")
    expect(ended).to_have_accessible_name(re.compile("sum −1.600 · score −0.400"))
    expect(ended).not_to_have_accessible_name(re.compile("log p"))
    expect(page.get_by_text("which prefixes were pruned")).to_be_visible()
