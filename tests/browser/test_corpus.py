"""What a reader does on the corpus page: paste pairs, move a slider, read the matrix."""

import re

from playwright.sync_api import Page, expect

from explorer.corpus.reading import MOST_BYTES
from tests.browser.server import settled, visit

PAIRS = """The cat sleeps.\tLe chat dort.
A cat eats <b>fish</b>.\tשלום עולם
The dog barks.\t狗在叫。"""


def opened(page: Page, address: str) -> Page:
    visit(page, address)
    expect(page.get_by_role("table")).to_have_count(2, timeout=20_000)
    return page


def cells(page: Page, side: str, row: int) -> list[str]:
    """What a reader reads in a row of a matrix, its counts before its tokens."""
    table = page.get_by_role("table", name=side)
    return table.get_by_role("row").nth(row).get_by_role("cell").all_inner_texts()


def test_paste_pairs_and_read_the_minibatch(app, tab):
    page = opened(tab, f"{app}/corpus?lang=en&source=text&minimum=1&num_steps=6&source_rules=en")
    area = page.get_by_role("textbox", name=re.compile("sentence, tab"))
    area.fill(PAIRS)
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_text("Pairs: 3,")).to_be_visible()
    matrix = page.get_by_role("table", name="Source")
    expect(matrix.get_by_role("row")).to_have_count(4)
    rows = {tuple(cells(page, "Source", row)) for row in (1, 2, 3)}
    assert ("5", "–", "the", "cat", "sleeps", ".", "<eos>", "<pad>") in rows
    assert ("6", "✂ 7", "a", "cat", "eats", "<", "b", ">") in rows
    assert page.locator("td b").count() == 0
    assert any("狗" in cells(page, "Target", row) for row in (1, 2, 3))


def test_a_file_of_just_the_size_that_the_page_names_is_read(app, tab):
    page = opened(tab, f"{app}/corpus?lang=en&source=text")
    expect(page.get_by_text("up to 5 MB")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()
    put_file(page, b"Go.\tVa.\n".ljust(MOST_BYTES, b"\n"))
    expect(page.get_by_text("Pairs: 1,")).to_be_visible()
    for name in ("Remove pairs.tsv", "Choose another file"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    put_file(page, b"Go.\tVa.\n".ljust(MOST_BYTES + 1, b"\n"))
    expect(page.get_by_text("this page reads at most 5 MB")).to_be_visible()
    expect(page.get_by_text("Pairs: 6,")).to_be_visible()
    put_file(page, b"\n" * (MOST_BYTES + (2 << 20)))  # which the browser does not send
    said = "- text: This file has more than 5 MB and was not read."
    expect(page.get_by_test_id("stFileUploader").locator("..")).to_match_aria_snapshot(said)


def put_file(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "pairs.tsv", "mimeType": "text/plain", "buffer": content}
    )


def test_more_steps_cut_less_and_the_address_says_so(app, tab):
    page = opened(tab, f"{app}/corpus?lang=en&num_steps=5&minimum=1")
    lost = page.get_by_role("table", name="English").get_by_text("✂")
    expect(lost.first).to_be_visible()
    slider = page.get_by_role("slider", name=re.compile("Steps"))
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    columns = page.get_by_role("table", name="English").get_by_role("columnheader")
    expect(columns.last).to_have_text("8")
    expect(page).to_have_url(re.compile("num_steps=8"))
    page.get_by_role("radio", name="Sentence lengths").click()
    expect(page.get_by_text("With 8 steps").first).to_be_visible()


def test_the_minimum_frequency_is_marked_and_read_aloud(app, tab):
    page = opened(tab, f"{app}/corpus?lang=en")
    slider = page.get_by_role("slider", name="Minimum frequency")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("table", name="English").get_by_text("<unk>")).to_have_count(0)
    page.get_by_role("radio", name="Rare words").click()
    expect(page.get_by_text("English: 0% of all tokens")).to_be_visible()


def test_a_phone_scrolls_the_matrix_and_not_the_page(app, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    page = opened(tab, f"{app}/corpus?lang=zh&num_steps=20")
    expect(page.get_by_role("table", name="英语")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("region", name="英语")).to_have_attribute("tabindex", "0")


def test_a_file_is_read_and_a_broken_one_named(app, page):
    page.goto(f"{app}/corpus?lang=en&source=text")
    settled(page)
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(
        {"name": "pairs.tsv", "mimeType": "text/plain", "buffer": b"Go.\tVa.\nStop.\tArr\xeate.\n"}
    )
    expect(page.get_by_text("(line 2) is not valid UTF-8")).to_be_visible()
    chooser.set_input_files(
        {"name": "pairs.tsv", "mimeType": "text/plain", "buffer": b"Go.\tAllez.\n"}
    )
    expect(page.get_by_text("Pairs: 1,")).to_be_visible(timeout=20_000)
