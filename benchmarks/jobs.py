"""What long searches of many readers cost a server: ``python -m benchmarks.jobs [--json]``.

So many viewers open an exact search each, over one translation model, that has no proof within its
seconds. Meanwhile another opens a small page again and again. What is reported: how long that page
took before and meanwhile, and the server's memory before, at its peak, and after all are gone. With
``--folder`` another checkout is served, to be held against this one.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Event, Thread
from urllib.parse import urlencode

from benchmarks.timing import Measured, checkout, report
from benchmarks.viewer import Viewer
from tests.browser.server import ROOT, serving_as

SMALL = "gru"
SENTENCE = "He buys a newspaper at the station each morning and reads it on the way to work"
ENDS = ("today", "again", "alone", "slowly", "now", "here")
REST_S = 0.5
"""Between two looks at the small page."""
AFTER_S = 40
"""From the last closed tab until memory is read: longer than results are kept for one."""


class Memory:
    """What a process holds, and the most that it held, in MB; read off /proc."""

    def __init__(self, process: int) -> None:
        self._status = Path(f"/proc/{process}/status")
        self._stop = Event()
        self.peak = self.now()
        Thread(target=self._watch, daemon=True).start()

    def now(self) -> float:
        """MB that lie in memory."""
        lines = self._status.read_text().splitlines()
        (resident,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
        return int(resident) / 1000

    def end(self) -> None:
        """Watch no longer."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.peak = max(self.peak, self.now())


def hard(number: int, seconds: int) -> str:
    """An address's parameters: a search without a proof; every viewer asks of another sentence."""
    text = f"{SENTENCE} {ENDS[number % len(ENDS)]}{'.' * (1 + number // len(ENDS))}"
    asked = {"of": "en-fr-gru", "text": text, "alpha": "1.0", "seconds": seconds}
    return urlencode({"lang": "en", "searches": "beam,exact", **asked})


def search(address: str, number: int, *, seconds: int, stays: float) -> float:
    """A viewer of one search; gives the seconds until its page stood."""
    with Viewer(address, "search", hard(number, seconds)) as viewer:
        opened = viewer.run()
        viewer.stay(stays)
    return opened


def small(address: str) -> float:
    """Seconds that a new viewer waits for the small page."""
    with Viewer(address, SMALL) as viewer:
        return viewer.run()


def measure(folder: Path, *, viewers: int, seconds: int, stays: float) -> Iterator[Measured]:
    """Every number, as it is taken."""
    with serving_as(folder) as (address, process), ThreadPoolExecutor(viewers) as pool:
        search(address, 0, seconds=1, stays=3)
        alone = [small(address) for _ in range(5)]
        memory = Memory(process)
        before = memory.now()
        opened = [
            pool.submit(search, address, number, seconds=seconds, stays=stays)
            for number in range(viewers)
        ]
        waits = []
        while not all(one.done() for one in opened):
            time.sleep(REST_S)
            waits.append(small(address))
        yield Measured("small page, alone, median", median(alone), "s")
        yield Measured("small page, meanwhile, median", median(waits), "s")
        yield Measured("small page, meanwhile, worst", max(waits), "s")
        yield Measured("search page, median", median(one.result() for one in opened), "s")
        yield Measured("memory, before", before, "MB")
        yield Measured("memory, peak", memory.peak, "MB")
        yield Measured("memory, tabs just closed", memory.now(), "MB")
        time.sleep(AFTER_S)
        yield Measured(f"memory, {AFTER_S} s later", memory.now(), "MB")
        memory.end()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=10, help="that each search may take")
    parser.add_argument("--stays", type=float, default=60, help="seconds that viewers stay")
    parser.add_argument("--folder", type=checkout, default=ROOT, help="the checkout that is served")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    given = parser.parse_args()
    results = measure(given.folder, viewers=given.viewers, seconds=given.seconds, stays=given.stays)
    report(results, as_json=given.json, header="")
