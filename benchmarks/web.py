"""What a reader waits for: python -m benchmarks.web [--pages] [--json] [--beside FOLDER].

The time from make run, installed, to the first chart in a browser, and the round trip of a
slider through Python and back onto the page: the median of many. The peer of each is what we
promise, in milliseconds. With --pages it is the first picture of every page instead, served by
a warm server, in an empty browser cache (`benchmarks.first_pictures`).

With --beside FOLDER the peer is another checkout of the app instead, in the same run: both are
started by the same Python without make, and take turns, start by start and press by press.
"""

import argparse
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.first_pictures import first_pictures
from benchmarks.timing import Timing, checkout, in_turns, report
from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.server import ROOT, free_port, settled, starting, wait_for

FIRST_CHART_MS = 4000
ROUND_TRIP_MS = 160
#: Against another checkout: a round trip shall be this much shorter, the first chart no later.
ROUND_TRIP_RATIO, FIRST_CHART_RATIO = 0.6, 1.0
STARTS, STARTS_BESIDE = 3, 5
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
    "GRU heatmaps": ("gru?lang=en&show=heatmaps", False),
    "LSTM heatmaps": ("lstm?lang=en&show=heatmaps", False),
    "GRU lines": ("gru?lang=en&show=lines", True),
    "LSTM heatmaps, 400 characters": (
        "lstm?lang=en&show=heatmaps&text=" + "The+lamp.+" * 40,
        False,
    ),
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


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The app in a folder, started without make; gives its address before it answers."""
    with starting(folder) as (address, _process):
        yield address


Start = Callable[[], AbstractContextManager[str]]


def first_chart(browser: Browser, start: Start) -> float:
    """Milliseconds from the start of a server to the first chart, in an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    begun = time.perf_counter()
    with start() as address:
        wait_for(address)
        page.goto(address)
        page.locator("figure :is(canvas, svg)").first.wait_for(timeout=60_000)
        took = time.perf_counter() - begun
    context.close()
    return took * 1e3


def opened(page: Page, address: str) -> None:
    """Opens a view, and puts the keys on its slider of steps."""
    page.goto(address)
    page.get_by_role("option").first.wait_for(timeout=60_000)
    settled(page)
    page.get_by_role("slider", name="Step").focus()


def round_trip(page: Page, *, lines: bool) -> float:
    """Milliseconds from a key on the slider to Python's answer on the page."""
    time.sleep(REST_S)
    page.bring_to_front()
    page.evaluate(_WATCH, lines)
    page.get_by_role("slider", name="Step").press("ArrowRight")
    page.wait_for_function("window.tookMs !== null")
    return float(page.evaluate("window.tookMs"))


def round_trips(pages: Mapping[str, tuple[Page, str]], *, lines: bool) -> dict[str, float]:
    """The median of many round trips of each page at its address; the pages take turns."""
    for page, address in pages.values():
        opened(page, address)
    calls = {
        name: partial(round_trip, page, lines=lines) for name, (page, _address) in pages.items()
    }
    return {name: median(taken) for name, taken in in_turns(calls, rounds=PRESSES).items()}


def timing(name: str, taken: Mapping[str, float], *, promise_ms: float, ratio: float) -> Timing:
    """Against the other checkout where there is one, else against what is promised."""
    peer, limit = (taken["theirs"], ratio) if "theirs" in taken else (promise_ms, 1.0)
    return Timing(name, taken["ours"], peer, limit)


def measure(beside: Path | None, *, pages: bool = False) -> Iterator[Timing]:
    """Every timing, as it is taken; ``beside`` is the other checkout."""
    starts: dict[str, Start] = {"ours": make_run}
    if beside:
        starts = {"ours": partial(running, ROOT), "theirs": partial(running, beside)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
        if pages:
            yield from _pages(browser, starts)
            return
        calls = {name: partial(first_chart, browser, start) for name, start in starts.items()}
        found = in_turns(calls, rounds=STARTS_BESIDE if beside else STARTS)
        taken = {name: median(times) for name, times in found.items()}
        name = "start to first chart" if beside else "make run to first chart"
        yield timing(name, taken, promise_ms=FIRST_CHART_MS, ratio=FIRST_CHART_RATIO)
        yield from _sliders(browser, starts)
        browser.close()


def _pages(browser: Browser, starts: Mapping[str, Start]) -> Iterator[Timing]:
    with ExitStack() as stack:
        served = {name: stack.enter_context(start()) for name, start in starts.items()}
        for address in served.values():
            wait_for(address)
        yield from first_pictures(browser, served)


def _sliders(browser: Browser, starts: Mapping[str, Start]) -> Iterator[Timing]:
    with ExitStack() as stack:
        served = {name: stack.enter_context(start()) for name, start in starts.items()}
        pages = {}
        for name, address in served.items():
            wait_for(address)
            pages[name] = browser.new_page(viewport={"width": 1400, "height": 1000})
        for name, (view, lines) in _VIEWS.items():
            here = {which: (page, f"{served[which]}/{view}") for which, page in pages.items()}
            taken = round_trips(here, lines=lines)
            yield timing(f"slider, {name}", taken, promise_ms=ROUND_TRIP_MS, ratio=ROUND_TRIP_RATIO)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.web",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--beside", type=checkout, metavar="FOLDER", help="another checkout")
    parser.add_argument("--pages", action="store_true", help="the first picture of every page")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    given = parser.parse_args()
    report(measure(given.beside, pages=given.pages), as_json=given.json)
