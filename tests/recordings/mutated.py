"""Recordings changed at random, read in one process: ``python -m tests.recordings.mutated 10000``.

Each is read as the app reads it, within the same bounds of memory and time. What ends the process,
a crash of the C library or the clock, is counted, and the next process goes on behind it.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import xarray as xr

from explorer.recordings.child.answer import answer
from explorer.recordings.child.bounds import ADDRESS_SPACE, SECONDS
from explorer.recordings.child.declared import DIMS

_WORDS = np.array([["a", "lamp", ""], ["and", "a", "mirror"]])


@cache
def sound() -> bytes:
    """A small recording: packed values, texts, several groups, as a writer may make them."""
    rng = np.random.default_rng(0)
    names = ("reset", "update", "candidate", "hidden")
    trace = xr.Dataset(
        {
            name: (DIMS, rng.random((2, 1, 2, 3, 4), np.float32), {"long_name": name})
            for name in names
        },
        {"token": (("batch", "step"), _WORDS), "length": ("batch", [2, 3])},
        {"cell": "gru", "module": "rnn", "place": 0, "call": 0},
    )
    packed = {name: {"zlib": True, "shuffle": True} for name in names[:2]}
    buffer = BytesIO()
    groups = {"/rnn/0": trace, "/rnn/1": trace.assign_attrs(call=1)}
    xr.DataTree.from_dict(groups).to_netcdf(buffer, engine="h5netcdf", encoding={"/rnn/0": packed})
    return buffer.getvalue()


def mutated(content: bytes, seed: int) -> bytes:
    """The file with bytes flipped, cut off, put elsewhere, or set to what lengths end at."""
    rng, changed = random.Random(seed), bytearray(content)
    match rng.randrange(5):
        case 0:
            return content[: rng.randrange(len(content))]
        case 1:
            source, target = (rng.randrange(len(content)) for _ in range(2))
            changed[target : target + rng.randrange(2000)] = content[source : source + 500]
        case 2:
            at, ends = (
                rng.randrange(len(content) - 8),
                (b"\xff" * 8, b"\0" * 8, b"\xff\xff\xff\x7f"),
            )
            end = rng.choice(ends)
            changed[at : at + len(end)] = end
        case _:
            for _ in range(rng.choice([1, 1, 2, 8, 64])):
                changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def outcome(content: bytes) -> str:
    """Why the file is refused, "read" if it is not, or that what came out is not what is said."""
    said, _rest = _opened(answer(content, {}))
    if "refused" in said:
        return str(said["refused"])
    for entry in said["entries"][:2]:
        request = {"path": entry["path"], "sequence": 0, "first": 0, "most": 100}
        part, values = _opened(answer(content, request))
        if "refused" in part:
            return str(part["refused"])
        if len(values) != 4 * len(entry["quantities"]) * int(np.prod(part["shape"])):
            return "wrong"
    return "read"


def _opened(given: bytes) -> tuple[dict[str, object], bytes]:
    size = int.from_bytes(given[:8], "little")
    return json.loads(given[8 : 8 + size]), given[8 + size :]


def counted(first: int, end: int) -> Counter[str]:
    """What became of the files of these seeds, each process going on where one was ended."""
    found: Counter[str] = Counter()
    while first < end:
        command = [sys.executable, "-m", "tests.recordings.mutated", str(first), str(end), "worker"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line for line in done.stdout.splitlines() if line]
        found.update(line for line in lines if not line.startswith("peak"))
        peak = [int(line.split()[1]) for line in lines if line.startswith("peak")]
        first += sum(not line.startswith("peak") for line in lines)
        found["most MB"] = max(found["most MB"], *peak, 0)
        if done.returncode > 0:
            raise RuntimeError(done.stderr)
        if done.returncode < 0:
            found[f"ended by signal {-done.returncode}"] += 1
            first += 1
    return found


def _work(first: int, end: int) -> None:
    import resource
    import signal

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    content = sound()
    for seed in range(first, end):
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        _say(outcome(mutated(content, seed)))
    status = Path("/proc/self/status").read_text("ascii")  # getrusage begins at the parent's
    _say(f"peak {int(status.partition('VmHWM:')[2].split()[0]) >> 10}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _work(*map(int, sys.argv[1:3]))
    else:
        for word, count in counted(0, int(sys.argv[1])).most_common():
            _say(f"{count:6} {word}")
