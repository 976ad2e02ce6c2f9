"""Trees that play, on the standalone page: the same scripts as in the app, and no server."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from explorer.decoding.adapters.table import BOOK, END, Table
from explorer.decoding.decode import decode
from explorer.decoding.subsample import subsample
from explorer.locale import translator
from explorer.saving.tree_page import tree_page
from explorer.saving.tree_payload import Panel
from tests.browser.server import PATIENCE_S, settled
from tests.web.test_tree import HOSTILE


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


def panels(table: Table = BOOK) -> list[Panel]:
    made = []
    for name in ("greedy", "beam"):
        tree = decode(table, (), name, width=2, max_length=4, alpha=0.0)
        answer = " ".join(table.word(token) for token in tree.n_best[0].tokens)
        made.append(Panel(name, answer, f"{tree.bill.decoder_calls} calls", tree, subsample(tree)))
    return made


@pytest.fixture
def opened(page: Page, tmp_path):
    """Opens a standalone page of trees."""
    serve = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=serve.serve_forever, daemon=True).start()

    def show(made: list[Panel], lang: str = "en") -> Page:
        with patch("explorer.web.kit.i18n.language", return_value=lang):
            text = tree_page(made, title="Trees", lang=lang, _=translator(lang))
        (tmp_path / "trees.html").write_text(text, encoding="utf-8")
        page.goto(f"http://127.0.0.1:{serve.server_port}/trees.html")
        expect(page.get_by_role("tree")).to_have_count(len(made))
        return page

    yield show
    serve.shutdown()
    serve.server_close()


def nodes(page: Page, panel: int = 1):
    return page.get_by_role("tree").nth(panel).get_by_role("treeitem")


def test_it_opens_at_the_end_and_plays_to_it(opened):
    made = panels()
    page = opened(made)
    expect(nodes(page)).to_have_count(len(made[1].tree))
    expect(page.locator(".panels .node.best")).to_have_count(2)
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".panels .node.best")).to_have_count(0)
    expect(page.locator(".count")).to_have_text(re.compile("call [123] of 4"))
    expect(page.get_by_text("call 4 of 4")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".panels .node.best")).to_have_count(2)


def test_each_call_shows_what_was_known_then(opened):
    made = panels()
    tree = made[1].tree
    page = opened(made)
    page.get_by_role("button", name="To the start").click()
    expect(nodes(page)).to_have_count(1)
    for call in range(1, 5):
        page.get_by_role("button", name="One decoder call forward").click()
        looked = [node for node in tree if node.call <= call]
        expect(nodes(page)).to_have_count(len(looked))
        pruned = [node for node in looked if node.fate == "pruned"]
        shown_pruned = page.get_by_role("tree").nth(1).locator(".node.pruned")
        expect(shown_pruned).to_have_count(len(pruned))
    page.get_by_role("button", name="One decoder call back").click()
    expect(nodes(page)).to_have_count(sum(node.call <= 3 for node in tree))


def test_a_pruned_node_says_why(opened):
    made = panels()
    pruned = next(n for n in made[1].tree if n.fate == "pruned" and n.step == 1)
    page = opened(made)
    node = page.locator(f"#tree-1-1-{pruned.number}")
    node.locator("text").click()
    said = page.get_by_role("status")
    expect(said).to_contain_text(f"It was {pruned.below:.3f} nats below the cut")
    expect(node).to_have_attribute("aria-selected", "true")
    token = BOOK.word(pruned.token)
    expect(page.get_by_role("treeitem", name=f"“{token}” · Pruned").first).to_be_attached()


def test_the_keyboard_goes_through_the_tree(opened):
    made = panels()
    tree = made[1].tree
    page = opened(made)
    page.get_by_role("tree").nth(1).focus()
    said = page.get_by_role("status")
    expect(said).to_contain_text("The empty prefix")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("−0.693")  # A, ln 0.5
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("−1.609")  # B, ln 0.2
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("The empty prefix")
    page.keyboard.press("End")
    expect(said).to_contain_text(f"{tree[tree.best].total:.3f}".replace("-", "−"))
    page.keyboard.press("Enter")
    expect(page.locator(f"#tree-1-1-{tree.best}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_phone_shows_the_panels_below_each_other(opened, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page = opened(panels(), "zh")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = (page.get_by_role("tree").nth(n).bounding_box() for n in (0, 1))
    assert second["y"] > first["y"] + first["height"]
    _ = translator("zh")
    page.get_by_role("button", name=_("Play")).click()
    last = _("call {call} of {calls}").format(call=4, calls=4)
    expect(page.locator(".count")).not_to_have_text(last)
    expect(page.locator(".count")).to_have_text(last, timeout=15_000)


def test_zoom_and_pan_stay_while_it_plays_on(opened):
    page = opened(panels())
    world = page.get_by_role("tree").nth(1).locator("> .world")
    before = world.get_attribute("style")
    for _ in range(8):
        page.get_by_role("button", name="Zoom in").click()
    zoomed = world.get_attribute("style")
    assert zoomed != before
    box = page.get_by_role("tree").nth(1).bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=4)
    page.mouse.up()
    panned = world.get_attribute("style")
    assert panned != zoomed
    page.get_by_role("button", name="One decoder call back").click()
    assert world.get_attribute("style") == panned
    page.get_by_role("button", name="Show the whole tree").click()
    assert world.get_attribute("style") != panned


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_a_tree_is_saved_as_a_picture(opened, kind):
    made = panels()
    page = opened(made)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Save as {kind}: beam").click()
    download = waiting.value
    assert download.suggested_filename == f"beam.{kind.lower()}"
    content = download.path().read_bytes()
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
    else:
        text = content.decode()
        assert text.count("&lt;eos&gt;") == sum(node.ended for node in made[1].tree)
        assert "var(" not in text


def test_tokens_do_nothing(opened):
    table = Table((HOSTILE, "<b>bold</b>", END), ((0.5, 0.3, 0.2),))
    page = opened(panels(table))
    assert page.locator("img").count() == 0
    assert page.locator("svg b, dd b").count() == 0
    labels = [node.get_attribute("aria-label") or "" for node in nodes(page).all()]
    assert any(HOSTILE in said for said in labels)


def test_on_the_page_a_click_chooses_a_node_and_turns_nothing_back(app, page):
    page.goto(f"{app}/search?lang=en")
    settled(page)
    tree = page.get_by_role("tree").last
    expect(tree.locator(".node.best")).to_have_count(1, timeout=1000 * PATIENCE_S)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="One decoder call back").click()
    count = page.locator(".count").inner_text()
    tree.focus()
    for key in ("Home", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    view = tree.locator("> .world").get_attribute("style")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"node=\w+\.\d+"), timeout=1000 * PATIENCE_S)
    settled(page)
    expect(tree.locator("[aria-selected=true]")).to_have_count(1)
    assert page.locator(".count").inner_text() == count
    assert tree.locator("> .world").get_attribute("style") == view
