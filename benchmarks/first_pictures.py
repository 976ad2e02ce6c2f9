"""How long a reader waits for the first picture of each page, in an empty browser cache.

The first picture is the first figure, matrix or strip of coloured words in sight that says
something of a model or its data; on a page that has none, the first of its exercises. The server
has drawn the page before, so what is measured is the browser's part and a run.
"""

import time
from collections.abc import Iterator, Mapping
from functools import partial
from statistics import median

from playwright.sync_api import Browser

from benchmarks.timing import Timing, in_turns

PROMISE_MS, RATIO = 2000, 1.0
ROUNDS = 5
_WINDOW = {"width": 1440, "height": 900}
_FIGURES = (
    "figure :is(canvas, svg), svg:is([role=img], [role=tree], .marks), .js-plotly-plot .main-svg"
)
_WORDS = ":is([role=listbox], [role=radiogroup].words, [role=list], ol, table)"
#: The page's file, and what is its first picture where it is no figure and no words.
PAGES = {
    **dict.fromkeys(("", "gru", "lstm", "deep", "bidirectional", "corpus"), ""),
    **dict.fromkeys(("encoder_decoder", "translation", "search", "yours"), ""),
    "exercises": '[data-testid="stPageLink"]',
}


def first_picture(browser: Browser, address: str, page: str) -> float:
    """Milliseconds from the opening of a page to its first picture."""
    context = browser.new_context(viewport=_WINDOW)
    opened = context.new_page()
    begun = time.perf_counter()
    opened.goto(f"{address}/{page}?lang=en", wait_until="commit")
    wanted = PAGES[page] or f":is({_FIGURES}, {_WORDS})"
    opened.locator(f"main {wanted} >> visible=true").first.wait_for(timeout=60_000)
    took = time.perf_counter() - begun
    context.close()
    return took * 1e3


def first_pictures(browser: Browser, served: Mapping[str, str]) -> Iterator[Timing]:
    """Every page of each server, in turns, after a round that warms the servers."""
    for page in PAGES:
        calls = {
            name: partial(first_picture, browser, address, page) for name, address in served.items()
        }
        in_turns(calls, rounds=1)
        taken = {name: median(times) for name, times in in_turns(calls, rounds=ROUNDS).items()}
        peer = taken.get("theirs", PROMISE_MS)
        yield Timing(f"first picture, /{page}", taken["ours"], peer, RATIO)
