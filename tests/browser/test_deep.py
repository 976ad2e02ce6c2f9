"""The page on depth in a browser: a state is chosen, runs are started, watched and stopped.

That they stop when their tab is closed is in test_jobs.py.
"""

import re

from playwright.sync_api import Page, expect

from tests.browser.server import PATIENCE_S, settled

WAIT_MS = 1000 * PATIENCE_S


def test_a_state_is_chosen_by_click_and_key_and_the_strip_follows(app: str, page: Page) -> None:
    page.goto(f"{app}/deep?lang=en&text=a+lamp&step=1&layer=0")
    settled(page)
    grid = page.get_by_role("application", name=re.compile("Layers and steps"))
    expect(grid).to_be_visible(timeout=WAIT_MS)
    grid.locator(".node", has_text="step 4 “m” · layer 2").click()
    expect(page.get_by_role("slider", name="Step")).to_have_value("4")
    page.wait_for_url(re.compile("layer=2"))
    expect(grid.locator(".node.here title")).to_have_text(re.compile("^step 4 .*layer 2"))
    grid.press("ArrowLeft")
    grid.press("ArrowDown")
    expect(page.get_by_role("slider", name="Step")).to_have_value("3")
    # layer 1 at step 3 is the first choice of the page no longer, so it stands in the address
    expect(grid.locator(".node.here title")).to_have_text(re.compile("^step 3 .*layer 1"))
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_accessible_name(re.compile("^step 3 "))


def test_runs_are_started_stopped_and_their_loss_is_read(app: str, page: Page) -> None:
    page.goto(f"{app}/deep?lang=en&show=training&updates=3000&units1=8&units2=8")
    stop = page.get_by_role("button", name="Stop and keep what was learned")
    expect(stop).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text(re.compile(r"Update [1-9]\d* of 3000"))).to_be_visible(timeout=WAIT_MS)
    stop.click()
    expect(page.get_by_text(re.compile(r"Stopped after \d+ updates"))).to_be_visible(
        timeout=WAIT_MS
    )
    expect(stop).to_be_hidden()
    losses = page.get_by_text(re.compile(r"^Loss [\d.]+ nats .*Held out: [\d.]+ nats"))
    expect(losses).to_have_count(2)
    before = losses.first.inner_text()
    page.get_by_role("button", name="Start both runs").click()
    expect(stop).to_be_visible(timeout=WAIT_MS)
    stop.click()
    expect(stop).to_be_hidden(timeout=WAIT_MS)
    assert float(before.split()[1]) < 4.5  # nats: no more than knowing nothing costs
