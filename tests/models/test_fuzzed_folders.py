"""Thousands of folders changed at random: each is a model or a sentence, within little memory.

``GATESCOPE_FUZZ=10000`` tries as many; the suite tries a few hundred. They are read in a process
of its own, whose address space may grow by `MEGABYTES` and no more.
"""

import json
import os
import random
import resource
import string
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import explorer
from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.card import FILE, WEIGHTS

from .own_modules import TOKENS, modules
from .test_hostile_folders import read_apart

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
COUNT = int(os.environ.get("GATESCOPE_FUZZ", "300"))
MEGABYTES = 300
_PATIENCE_S = 60 + COUNT / 20

_VALUES: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 2, 7, 1 << 13, 1 << 31, 1 << 63, 10**30, 0.5, -1e308, 1e308),
    *(
        "",
        "lstm",
        "rnn",
        "gru-book",
        "linear",
        "words",
        "numbers",
        "<s>",
        "\0",
        "\ud800",
        "x" * 9999,
    ),
    *([], {}, [[]], {"a": {}}, [None] * 99, ["a"] * 5, {"": 0}),
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON value with each of its keys."""
    for key in [*(value if isinstance(value, dict) else range(len(value)))]:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def other_value(chance: random.Random, content: bytes) -> bytes:
    """JSON with another value, one taken away, or one under another name."""
    found = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice([*places(found)] or [([0], 0)])
        how = chance.choice(["replace", "replace", "delete", "rename"])
        if how == "replace" or isinstance(container, list):
            container[key] = deepcopy(chance.choice(_VALUES))
        else:
            value = container.pop(key)
            if how == "rename":
                container["".join(chance.choices(string.printable, k=3))] = value
    return json.dumps(found).encode()


def other_bytes(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut away, put in or said twice."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        how = chance.choice(["change", "change", "cut", "insert", "repeat"])
        if how == "change":
            changed[at : at + 1] = chance.randbytes(1)
        elif how == "cut":
            del changed[at : at + chance.choice([1, 8, 1 << 20])]
        elif how == "insert":
            changed[at:at] = chance.randbytes(chance.choice([1, 8, 300]))
        else:
            changed[at:at] = changed[at : at + 100]
    return bytes(changed)


def other_header(chance: random.Random, content: bytes) -> bytes:
    """The tensors behind a header that says something else of them."""
    length = int.from_bytes(content[:8], "little")
    header = other_value(chance, content[8 : 8 + length])
    return len(header).to_bytes(8, "little") + header + content[8 + length :]


def changed(chance: random.Random, card: bytes, weights: bytes) -> tuple[bytes, bytes]:
    """One of the two files changed; mostly the card has the checksum of what is there."""
    how = chance.choice([other_value, other_bytes, other_header, other_bytes])
    if how is other_value or (how is other_bytes and chance.random() < 0.5):
        return how(chance, card), weights
    content = how(chance, weights)
    if chance.random() < 0.8:
        old, new = (sha256(each).hexdigest().encode() for each in (weights, content))
        card = card.replace(old, new)
    return card, content


def fuzz(folder: Path) -> None:
    """Read so many changed folders, and say what became of them.

    Raises:
        AssertionError: Of one became neither a model nor an ExplorerError.
    """
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEGABYTES * 10**6,) * 2)
    card, weights = (folder / FILE).read_bytes(), (folder / WEIGHTS).read_bytes()
    ends: Counter[str] = Counter()
    for seed in range(COUNT):
        files = changed(random.Random(seed), card, weights)
        for name, content in zip((FILE, WEIGHTS), files, strict=True):
            (folder / name).write_bytes(content)
        try:
            found = checkpoint.read(folder)
            assert len({*found.card.words.tokens}) == found.model.architecture.vocabulary_size
            ends["loaded"] += 1
        except ExplorerError as error:
            ends["refused" if str(error) else "said nothing"] += 1
        except BaseException as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
    raise ExplorerError("{ends}", ends=dict(ends))


def test_every_changed_folder_is_a_model_or_a_sentence(tmp_path: Path) -> None:
    explorer.save(modules(num_layers=2), TOKENS, tmp_path / "mine", begin="<s>", end="</s>")
    said, _seconds, megabytes = read_apart(tmp_path / "mine", read=fuzz, patience=_PATIENCE_S)
    assert said.startswith("refused: {")  # how `fuzz` tells what it counted
    ends = json.loads(said.removeprefix("refused: ").replace("'", '"'))
    assert ends.keys() == {"loaded", "refused"}
    assert sum(ends.values()) == COUNT
    assert ends["refused"] > 10 * ends.get("loaded", 0) > 0
    assert megabytes < MEGABYTES


def test_the_limit_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer.save(modules(), TOKENS, tmp_path / "mine")
    monkeypatch.setattr(checkpoint, "read", lambda folder: bytes(2 * MEGABYTES * 10**6))
    said, _seconds, _megabytes = read_apart(tmp_path / "mine", read=fuzz, patience=_PATIENCE_S)
    assert said.startswith("broke: AssertionError('seed 0: MemoryError")
