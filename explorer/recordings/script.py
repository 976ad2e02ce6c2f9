"""Runs a reader's own script and keeps what its recurrent modules did."""

import runpy
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xarray as xr

from explorer.errors import ExplorerError
from explorer.recordings.naming import EveryModule
from explorer.recurrence.hooks import Pass, watching
from explorer.recurrence.labels import Tokens, with_tokens
from explorer.recurrence.record import Recorder, Recording

_OF_A_TRACE = 16 << 10
"""Bytes of a file that a trace takes beside its numbers."""


class ScriptRecorder(Recorder):
    """Watches the modules of a script, wherever it makes them, and keeps some of their calls.

    Args:
        names: Of the modules to keep; all if there are none.
        calls: Which of each module's, counted from 0; of a cell, which of its runs of steps.
        most: Bytes to keep; what comes after them is not traced.
    """

    def __init__(self, names: Collection[str], calls: range, most: int) -> None:
        self.skipped: dict[str, str] = {}
        self.named = EveryModule(self._wants)
        super().__init__(self.named, None, self.skipped)
        self._wanted, self._calls, self._most = frozenset(names), calls, most
        self._before: dict[str, int] = {}  # calls of a module that came too early
        self._full: set[str] = set()
        self._kept = 0
        self.stopped = False

    def seen(self, over: Pass) -> None:
        """A pass is over: keep its trace if it is of one of the calls and there is room."""
        super().seen(over)
        name = self.modules[over.module]
        traces, before = self.traces[name], self._before.setdefault(name, 0)
        last = traces[-1]
        self._kept += last[-1].nbytes + (_OF_A_TRACE if len(last) == 1 else 0)
        if self._kept > self._most:
            self.stopped = True
            last.pop()
        elif before + len(traces) > self._calls.stop:  # the last one is known to be over
            self._full.add(name)
            self._kept -= _size(traces.pop())
        elif len(traces) > 1 and before < self._calls.start:
            self._before[name] += 1
            self._kept -= _size(traces.pop(0))

    def recording(self) -> Recording:
        """What was kept.

        Raises:
            ExplorerError: Nothing was: no module was called, none of these, or not so often.
        """
        kept = {name: [one for one in self._of(name) if one] for name in self.traces}
        if not any(kept.values()):
            raise self._nothing()
        return Recording({name: traces for name, traces in kept.items() if traces}, self.skipped)

    def _of(self, name: str) -> list[list[xr.Dataset]]:
        return self.traces[name][max(0, self._calls.start - self._before[name]) :]

    def _wants(self, name: str) -> bool:
        if self.stopped or name in self._full:
            return False
        return not self._wanted or name in self._wanted

    def _nothing(self) -> ExplorerError:
        names = ", ".join(map(repr, self.named.values()))
        if self.stopped:
            return ExplorerError("A single call is larger than the limit: raise it with --limit.")
        for why in self.skipped.values():
            return ExplorerError("Nothing could be traced. {why}", why=why)
        if names:
            return ExplorerError(
                "The script has no such calls to keep; it called these modules: {names}.",
                names=names,
            )
        return ExplorerError(
            "The script called no nn.RNN, nn.GRU or nn.LSTM, nor any of their cells, so there is "
            "nothing to write."
        )


def _size(calls: Sequence[xr.Dataset]) -> int:
    """Bytes that a trace of these calls takes in a file, about."""
    return sum(one.nbytes for one in calls) + _OF_A_TRACE if calls else 0


@contextmanager
def _as_main(script: Path, arguments: Sequence[str]) -> Iterator[None]:
    """What a script finds that python itself runs."""
    argv, path = sys.argv, sys.path
    sys.argv, sys.path = [str(script), *arguments], [str(script.resolve().parent), *path]
    try:
        yield
    finally:
        sys.argv, sys.path = argv, path


def run(script: Path, arguments: Sequence[str], recorder: ScriptRecorder) -> None:
    """Run a script as python runs it, with the recorder watching.

    Args:
        script: The file.
        arguments: What it finds in ``sys.argv`` behind its name.
        recorder: Keeps what it sees.

    Raises:
        BaseException: Whatever the script raises; what was recorded until then stays.
    """
    with _as_main(script, arguments), watching(recorder):
        runpy.run_path(str(script), run_name="__main__")


def with_words(recording: Recording, tokens: Tokens) -> dict[str, tuple[xr.Dataset, ...]]:
    """The traces of a recording, with tokens where there are as many as steps.

    Raises:
        ExplorerError: No trace has as many steps.
    """
    found = {name: [_with(trace, tokens) for trace in recording[name]] for name in recording}
    if not any("token" in trace.coords for traces in found.values() for trace in traces):
        raise ExplorerError("No call has as many steps as there are tokens.")
    return {name: tuple(traces) for name, traces in found.items()}


def _with(trace: xr.Dataset, tokens: Tokens) -> xr.Dataset:
    try:
        return with_tokens(trace, tokens)
    except ExplorerError:
        return trace
