"""Searches and training of many readers: when their tabs are closed nothing is left."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.jobs import Memory, hard, search
from explorer.web.kit.job import cores
from tests.browser.server import PATIENCE_S, busy, serving_as

MOST_LEFT_MB = 300


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="memory is read off /proc")
def test_jobs_end_and_give_their_memory_back_when_their_tabs_are_closed(browser: Browser) -> None:
    many = cores() + 1
    with serving_as() as (address, process), ThreadPoolExecutor(many) as pool:
        search(address, 0, seconds=1, stays=1)
        memory = Memory(process)
        before = memory.peak
        opened = [
            pool.submit(search, address, number, seconds=60, stays=1) for number in range(many)
        ]
        at_work = busy(process)
        assert all(one.result() for one in opened)
        context = browser.new_context()
        trains = context.new_page()
        trains.goto(f"{address}/deep?lang=en&show=training&updates=3000&units1=128&units2=128")
        expect(trains.get_by_text(re.compile(r"Update [1-9]\d* of 3000"))).to_be_visible()
        context.close()
        memory.end()
        deadline = time.monotonic() + PATIENCE_S
        while busy(process) > min(0.05, at_work / 2) or memory.now() > before + MOST_LEFT_MB:
            assert time.monotonic() < deadline, "they go on, or keep what they held"


def test_every_viewer_asks_of_another_sentence() -> None:
    assert len({hard(number, 10) for number in range(20)}) == 20
