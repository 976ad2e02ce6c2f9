"""A sound folder changed at random: it loads to the same weights, or is refused in a sentence."""

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.card import FILE, WEIGHTS, Card
from explorer.models.language_model import LanguageModel

Saved = tuple[Path, LanguageModel, Card]
EXAMPLES = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([-1, 0, 1, 2, 2**31, 2**63, 10**30, 10**400, 0.5, -1e308]),
    st.sampled_from(["", "<unk>", "\0", "\ud800", "../x", "x" * 20_000, "lstm", "rnn", "recall"]),
    st.lists(st.integers() | st.text(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
)


@pytest.fixture
def mutated(saved: Saved) -> Iterator[Callable[[], Path]]:
    """Gives a fresh copy of the sound folder for every example."""
    copy = saved[0].parent / "copy"

    def make() -> Path:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(saved[0], copy)
        return copy

    return make


def check(folder: Path, sound: LanguageModel) -> bool:
    """Whether it loads, which it does only to the weights that it had."""
    try:
        model, card = checkpoint.read(folder)
    except ExplorerError:
        return False
    expected = checkpoint.rounded(sound).state_dict()
    assert model.state_dict().keys() == expected.keys()
    assert all(torch.equal(w, expected[name]) for name, w in model.state_dict().items())
    assert len({*card.vocabulary}) == card.architecture.vocabulary_size
    return True


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON value with each of its keys."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@EXAMPLES
@given(data=st.data())
def test_a_field_of_the_card_with_another_value(
    saved: Saved, mutated: Callable[[], Path], data: st.DataObject
) -> None:
    folder = mutated()
    card = json.loads((folder / FILE).read_text(encoding="utf-8"))
    container, key = data.draw(st.sampled_from([*places(card)]))
    if isinstance(container, dict) and data.draw(st.booleans()):
        del container[key]
    else:
        container[key] = data.draw(HOSTILE)
    (folder / FILE).write_text(json.dumps(card), encoding="utf-8")
    check(folder, saved[1])


@EXAMPLES
@given(data=st.data())
def test_bytes_of_a_file_changed_cut_or_repeated(
    saved: Saved, mutated: Callable[[], Path], data: st.DataObject
) -> None:
    folder = mutated()
    file = folder / data.draw(st.sampled_from([FILE, WEIGHTS]))
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        how = data.draw(st.sampled_from(["change", "cut", "insert", "repeat"]))
        if how == "change" and content:
            content[at] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del content[at:]
        elif how == "insert":
            content[at:at] = data.draw(st.binary(max_size=9))
        else:
            content += content[at:]
    same = bytes(content) == file.read_bytes()
    file.write_bytes(content)
    assert check(folder, saved[1]) or not same


@EXAMPLES
@given(data=st.data())
def test_a_header_with_other_entries_and_the_right_checksum(
    saved: Saved, mutated: Callable[[], Path], data: st.DataObject
) -> None:
    folder = mutated()
    content = (folder / WEIGHTS).read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    container, key = data.draw(st.sampled_from([*places(header)]))
    other = st.sampled_from(["F32", "I8", -2, 0, 3, 10**12, True, 1.0, [], {}, None, [0, 0]])
    change = data.draw(st.sampled_from(["delete", "rename", "replace"]))
    if change == "replace" or isinstance(container, list):
        container[key] = data.draw(other)
    else:
        value = container.pop(key)
        if change == "rename":
            container[data.draw(st.text(max_size=5))] = value
    text = json.dumps(header).encode()
    content = len(text).to_bytes(8, "little") + text + content[8 + length :]
    (folder / WEIGHTS).write_bytes(content)
    card = (folder / FILE).read_text(encoding="utf-8")
    digest = sha256(content).hexdigest()
    (folder / FILE).write_text(card.replace(saved[2].sha256, digest), encoding="utf-8")
    check(folder, saved[1])


def test_the_check_notices_other_weights(saved: Saved) -> None:
    assert check(saved[0], saved[1])
    with pytest.raises(AssertionError):
        check(saved[0], LanguageModel(saved[2].architecture))
