"""What a reader waits for: ``python -m benchmarks.web [--json]``.

The time from ``make run``, installed, to the first chart in a browser, and the round trip of a
slider through Python and back onto the page. The peer of each is what we promise.
"""

import argparse
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.timing import Timing, report
from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.server import ROOT, free_port, settled, wait_for

FIRST_CHART_MS = 4000
ROUND_TRIP_MS = 160
STARTS = 3
PRESSES = 40
#: Between presses the page comes to rest, as between two glances of a reader.
REST_S = 0.3

# What changes when Python's answer is on the page: the strip's sentence, which says the step, or
# where the mark of the step stands among the lines.
_WATCH = """(lines) => {
  const strips = document.querySelectorAll('[data-testid="stBidiComponentIsolated"]');
  const host = [...strips].find((strip) => strip.shadowRoot?.querySelector(".detail"));
  const rule = '[data-testid="stVegaLiteChart"] .mark-rule.role-mark line';
  const shown = () =>
    lines
      ? document.querySelector(rule)?.outerHTML
      : host.shadowRoot.querySelector(".detail").textContent;
  const before = shown();
  window.tookMs = null;
  let pressed;
  addEventListener("keydown", () => (pressed = performance.now()), { once: true, capture: true });
  const observer = new MutationObserver(() => {
    const now = shown();
    if (now === undefined || now === before) return;
    observer.disconnect();
    window.tookMs = performance.now() - pressed;
  });
  const everything = { childList: true, characterData: true, attributes: true, subtree: true };
  observer.observe(lines ? document.body : host.shadowRoot, everything);
}"""

#: The page and what it shows, by what a reader waits for; the text of the last is the longest.
_VIEWS = {
    "GRU heatmaps": ("gru?lang=en", False),
    "LSTM heatmaps": ("lstm?lang=en", False),
    "GRU lines": ("gru?lang=en&show=lines", True),
    "LSTM heatmaps, 400 characters": ("lstm?lang=en&text=" + "The+lamp.+" * 40, False),
}


@contextmanager
def make_run() -> Iterator[str]:
    """The app, started as a reader starts it; gives its address before it answers."""
    port = free_port()
    command = ["make", "run", f"PORT={port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **quiet)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # make and the server that it started
        server.wait(timeout=10)


def first_chart(browser: Browser) -> float:
    """Milliseconds from ``make run`` to the first chart, on a fresh server and an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    with make_run() as address:
        wait_for(address)
        page.goto(address)
        page.locator("figure canvas").first.wait_for(timeout=60_000)
        took = time.perf_counter() - start
    context.close()
    return took * 1e3


def round_trips(page: Page, address: str, *, lines: bool) -> float:
    """The median time from a key on the slider to Python's answer on the page, milliseconds."""
    page.goto(address)
    page.get_by_role("option").first.wait_for(timeout=60_000)
    settled(page)
    slider = page.get_by_role("slider", name="Step")
    slider.focus()
    taken = []
    for _ in range(PRESSES):
        time.sleep(REST_S)
        page.evaluate(_WATCH, lines)
        slider.press("ArrowRight")
        page.wait_for_function("window.tookMs !== null")
        taken.append(float(page.evaluate("window.tookMs")))
    return median(taken)


def measure() -> Iterator[Timing]:
    """Every timing, as it is taken."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
        starts = median(first_chart(browser) for _ in range(STARTS))
        yield Timing("make run to first chart", starts, FIRST_CHART_MS, limit=1.0)
        with make_run() as address:
            wait_for(address)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            for name, (view, lines) in _VIEWS.items():
                took = round_trips(page, f"{address}/{view}", lines=lines)
                yield Timing(f"slider, {name}", took, ROUND_TRIP_MS, limit=1.0)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    report(measure(), as_json=parser.parse_args().json)
