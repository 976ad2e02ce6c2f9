"""The notebook of docs/, executed and exported: what a reader of the export sees, and what runs."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import ROOT

HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebook")
    command = [sys.executable, "-m", "tests.saving.notebook", str(folder), "--exports"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_an_export_plays_and_asks_for_nothing_and_a_sanitised_one_says_the_same(
    browser: Browser, exports: Path
) -> None:
    # Tall enough for all frames: a frame may do nothing but run its scripts, so it is drawn by a
    # process of its own, and on a busy machine a click after scrolling lands where it was before.
    page = browser.new_context(viewport={"width": 1000, "height": 9000}).new_page()
    done: list[str] = []
    page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: done.append(request.url))
    page.on("pageerror", lambda error: done.append(str(error)))
    whole, sanitised = exports / "whole.html", exports / "sanitised.html"
    page.goto(whole.as_uri())
    frames = page.locator("iframe[sandbox='allow-scripts']")
    expect(frames).to_have_count(4)  # a trace, two, a tree, hostile tokens

    trace = frames.nth(0).content_frame
    expect(trace.locator(".token")).to_have_count(len("the time traveller lit a lamp"))
    expect(trace.locator("canvas")).to_have_count(4)  # the quantities of a GRU
    before = trace.locator(".series .title").first.inner_text()
    trace.locator(".area").first.click(position={"x": 150, "y": 7})
    expect(trace.locator(".series .title").first).not_to_have_text(before)
    expect(trace.locator(".token[aria-selected=true]")).not_to_have_text("t")
    expect(frames.nth(1).content_frame.locator("figcaption").first).to_have_text(
        "reset gate: second less first"
    )

    tree = frames.nth(2).content_frame
    expect(tree.get_by_text("A C B", exact=True)).to_be_visible()
    tree.get_by_role("button", name="To the start").press("Enter")
    expect(tree.get_by_text("call 0 of")).to_be_visible()
    hostile = frames.nth(3).content_frame
    expect(hostile.locator(".token").first).to_contain_text(HOSTILE)
    assert hostile.locator("img").count() == 0
    assert done == [whole.as_uri(), *["about:srcdoc"] * done.count("about:srcdoc")]

    done.clear()
    page.goto(sanitised.as_uri())
    expect(page.get_by_text("The time traveller").first).to_be_visible()
    expect(page.get_by_text("Beam, width 2: A C B")).to_be_visible()
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    assert page.locator("iframe").count() == 0
    assert done == [sanitised.as_uri()]
    page.context.close()
