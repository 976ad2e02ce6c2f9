"""What a class costs a server, and how long it waits: python -m benchmarks.load [--json].

So many viewers open a page of the app, served for this alone on 127.0.0.1. Each of them thinks,
chooses the next step on the strip, and waits for the answer. A thought lasts from half to one and a
half times as long as is said here. The page /gru stands in the view that it opens with,
/translation in the first that has a strip.

The figures, for each page and number of viewers:

  kB             what a viewer receives through the websocket for one step, in 1,000 bytes. As a
                 browser does, each names the large messages that it keeps and is then sent
                 references to them.
  processor ms   the server's processor time for one step, all its threads together, whatever else
                 it did meanwhile. What the viewers compute is not in it. A viewer sends the
                 state of the widget that moved; a browser repeats those of the others.
  median, 95 %   from a step to the end of the run that answers it: half of the answers, and
                 95 of 100, came within this time. Drawing it in a browser is not in it.
  broken         viewers that lost their connection or waited two minutes, and runs that raised an
                 exception. Each kind is named.

With --followers 30 it is measured instead how long a class that follows its teacher waits: for a
step (and so for playing) from the teacher's message until it has reached a follower, past the pages
that run meanwhile; and for a view, from there until the follower's page has run to its end. The
teacher's own page has run before that, and a browser draws after it.

All viewers are one process beside the server, and share the machine's cores with it. On a machine
that is busy with something else the times are longer; the kB are the same.

With --beside FOLDER another checkout is served too, by the same Python. The two take turns for five
rounds, and the ratios are medians of the rounds'. With --processes 2 it is also measured whether
two processes behind nginx (docs/serving.md) serve 1.6 times the viewers at the same 95th
percentile: the ratio is their percentile to that of one process with fewer viewers.
"""

import argparse
import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.followers import HEADER as FOLLOWED
from benchmarks.followers import following
from benchmarks.load_table import (
    ALONE_S,
    HEADER,
    LARGE,
    LARGE_S,
    PROCESSOR_LIMIT,
    SMALL_S,
    Served,
    Setting,
    Skipped,
    load_of,
    thought_of,
)
from benchmarks.readers import Class, Round
from benchmarks.timing import Ratio, Result, checkout, in_turns, report
from tests.browser import nginx
from tests.browser.server import ROOT, serving_as

PAGES = ("gru", "translation")
VIEWERS = (1, 30, 100)
MOST_VIEWERS, MOST_SECONDS, MOST_THOUGHT_S = 200, 300, 60
ROUNDS = 5

#: How many times the viewers two processes serve, the cores that it takes to see it, and which
#: share of its time one process computes meanwhile.
MORE_VIEWERS, CORES, NEARLY_FULL = 1.6, 4, 0.8


def rounds_of(
    runner: asyncio.Runner, classes: Mapping[str, Class], setting: Setting, *, rounds: int
) -> dict[str, list[Round]]:
    """All classes open their page; then they read by turns, each for the seconds of a round."""

    def reading(one: Class) -> Callable[[], Round]:
        return lambda: runner.run(one.round(seconds=setting.seconds, thought=setting.thought_s))

    for one in classes.values():
        runner.run(one.open())
    found = in_turns({name: reading(one) for name, one in classes.items()}, rounds=rounds)
    for one in classes.values():
        runner.run(one.close())
    return found


def measure(
    runner: asyncio.Runner, servers: Mapping[str, Served], setting: Setting
) -> Iterator[Result]:
    """One page and number of viewers; against the other version where there are two."""
    classes = {name: setting.of(served) for name, served in servers.items()}
    rounds = ROUNDS if len(servers) > 1 else 1
    found = rounds_of(runner, classes, setting, rounds=rounds)
    for name, some in found.items():
        yield load_of(some, setting, name=setting.name + name, promised=not name)
    if len(servers) > 1:
        yield from _ratios(*found.values(), setting=setting)


def _ratios(
    ours: Sequence[Round], theirs: Sequence[Round], *, setting: Setting
) -> Iterator[Result]:
    answered = [(a, b) for a, b in zip(ours, theirs, strict=True) if a.waits_s and b.waits_s]
    if not answered:
        yield Skipped(f"{setting.name}, ratios", "since no step was answered.")
        return
    kb = median(a.per_step(a.received) / b.per_step(b.received) for a, b in answered)
    yield Ratio(f"{setting.name}, kB a step against beside", kb)
    computed = median(a.per_step(a.processor_s) / b.per_step(b.processor_s) for a, b in answered)
    limit = PROCESSOR_LIMIT if setting.page == "gru" else None
    yield Ratio(f"{setting.name}, processor time against beside", computed, limit)


@contextmanager
def behind_nginx(processes: int) -> Iterator[Served]:
    """One or two processes behind nginx."""
    with ExitStack() as stack:
        served = [stack.enter_context(serving_as(path="/gatescope")) for _each in range(processes)]
        apps = [address for address, _process in served] * (2 // processes)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        front = stack.enter_context(nginx.in_front_of(apps, folder))
        yield front.address, [process for _address, process in served]


def two_processes(runner: asyncio.Runner, page: str, *, seconds: float) -> Iterator[Result]:
    """Two processes with more viewers against one, which these nearly fill."""
    name = f"{page}, {MORE_VIEWERS} × the viewers on two processes"
    if reason := why_not(len(os.sched_getaffinity(0))):
        yield Skipped(name, reason)
        return
    with behind_nginx(1) as one, behind_nginx(2) as two:
        alone = Setting(page, 1, seconds, ALONE_S)
        (first,) = rounds_of(runner, {"": alone.of(one)}, alone, rounds=1)[""]
        if not first.waits_s:
            yield Skipped(name, "since no step was answered.")
            return
        few = filling(first.per_step(first.processor_s))
        settings = {
            "one": Setting(page, few, seconds, SMALL_S),
            "two": Setting(page, ceil(MORE_VIEWERS * few), seconds, SMALL_S),
        }
        classes = {"one": settings["one"].of(one), "two": settings["two"].of(two)}
        found = rounds_of(runner, classes, settings["one"], rounds=ROUNDS)
    loads = [
        load_of(found[key], setting, name=f"{setting.name}, {key} behind nginx", promised=False)
        for key, setting in settings.items()
    ]
    yield from loads
    if loads[0].p95_ms and loads[1].p95_ms:
        yield Ratio(f"{name}, 95 %", loads[1].p95_ms / loads[0].p95_ms, 1.0)


def why_not(cores: int) -> str:
    """Why two processes cannot be measured on a machine with so many cores; "" where they can."""
    if cores < CORES:
        return (
            f"since two processes, nginx and the viewers need {CORES} cores and this machine gives "
            f"{cores}."
        )
    return "" if nginx.installed() else "since there is no nginx here (Debian's package nginx)."


def filling(step_s: float) -> int:
    """How many viewers keep one process busy for most of its time, of so many seconds a step."""
    return max(1, min(round(NEARLY_FULL * SMALL_S / step_s), int(MOST_VIEWERS / MORE_VIEWERS)))


def between(least: float, most: float, kind: type[float]) -> Callable[[str], float]:
    """Reads an option and refuses what is out of bounds."""

    def read(text: str) -> float:
        value = kind(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text} is not from {least} to {most}")
        return value

    read.__name__ = kind.__name__  # argparse names it where the text is no number
    return read


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--pages", nargs="+", choices=PAGES, default=PAGES)
    count = between(1, MOST_VIEWERS, int)
    add("--viewers", nargs="+", type=count, default=VIEWERS, help="default: 1 30 100")
    seconds = between(1, MOST_SECONDS, float)
    add("--seconds", type=seconds, default=20.0, help="of a round; default: 20")
    add(
        "--thought",
        type=between(0, MOST_THOUGHT_S, float),
        help=f"seconds; default: {ALONE_S} for one viewer, {SMALL_S:g} below {LARGE}, {LARGE_S:g}",
    )
    add(
        "--beside", type=checkout, metavar="FOLDER", help="another checkout, to be measured against"
    )
    add("--followers", type=count, metavar="N", help="measure a class of so many that follows")
    add("--processes", type=int, choices=(1, 2), default=1)
    add("--json", action="store_true", help="one JSON object per line")
    return parser


def classes(given: argparse.Namespace) -> Iterator[Result]:
    """Each page shown to a class that follows."""
    for page in given.pages:
        with serving_as() as (address, process):
            yield from asyncio.run(following(address, process, page, followers=given.followers))


def results(given: argparse.Namespace) -> Iterator[Result]:
    """Everything that was asked for, as it is measured."""
    folders = {"": ROOT} | ({", beside": given.beside} if given.beside else {})
    with asyncio.Runner() as runner:
        for page in given.pages:
            for viewers in given.viewers:
                thought = thought_of(viewers) if given.thought is None else given.thought
                setting = Setting(page, viewers, given.seconds, thought)
                with ExitStack() as stack:
                    servers = {
                        name: (address, [process])
                        for name, folder in folders.items()
                        for address, process in [stack.enter_context(serving_as(folder))]
                    }
                    yield from measure(runner, servers, setting)
            if given.processes > 1:
                yield from two_processes(runner, page, seconds=given.seconds)


if __name__ == "__main__":
    parser = options()
    given = parser.parse_args()
    if not Path("/proc/self/stat").exists():
        parser.error("the processor's time is read off /proc, which this system does not have")
    if given.followers:
        report(classes(given), as_json=given.json, header=FOLLOWED)
    else:
        report(results(given), as_json=given.json, header=HEADER)
