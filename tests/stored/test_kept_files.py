"""Every kind of file that is kept beside the models: read as it is, or refused in a sentence."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.corpus.shipped import Shipped as CorpusFigures
from explorer.errors import ExplorerError
from explorer.experiments.experiment import Result
from explorer.models.card import Card
from explorer.models.catalogue import PRETRAINED
from explorer.recurrence.precomputed_example import PrecomputedExample
from explorer.search.stored_widths import StoredWidths

READERS: dict[str, Callable[[Path], object]] = {
    "gru-recall/card.json": Card.read,
    "en-fr-gru/widths.json": StoredWidths.read,
    "experiments/plain-rnn.json": Result.read,
    "corpus.json": CorpusFigures.read,
    "opening.json": PrecomputedExample.read,
}
HOSTILE = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        2**70,
        10**400,
        0.5,
        1e308,
        "",
        "x",
        "\ud800",
        [],
        {},
        [[]],
        ["x"],
        "9" * 9999,
    ]
)


def an_endless_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def too_long(path: Path) -> None:
    path.touch()
    os.truncate(path, 60 << 30)


def deep(path: Path) -> None:
    path.write_text("[" * 500 + "]" * 500, encoding="utf-8")


def no_number(path: Path) -> None:
    path.write_text('{"seconds": NaN}', encoding="utf-8")


@pytest.mark.parametrize("make", [an_endless_link, os.mkfifo, os.mkdir, too_long, deep, no_number])
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_such_file_is_refused_at_once(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / Path(name).name
    make(path)
    started = time.process_time()
    with pytest.raises(ExplorerError):
        READERS[name](path)
    assert time.process_time() - started < 2


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON value with each of its keys; of long lists the first alone."""
    keys = value.keys() if isinstance(value, dict) else range(min(len(value), 3))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_another_kind_is_refused_in_a_sentence(
    name: str, tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / Path(name).name
    kept = json.loads((PRETRAINED / name).read_text(encoding="utf-8"))
    container, key = data.draw(st.sampled_from([*places(kept)]))
    if isinstance(container, dict) and data.draw(st.booleans()):
        del container[key]
    else:
        container[key] = data.draw(HOSTILE)
    path.write_text(json.dumps(kept).replace("1e+308", "1e999"), encoding="utf-8")
    try:
        READERS[name](path)
    except ExplorerError:
        shutil.copy(PRETRAINED / name, path)
        READERS[name](path)  # it was the value that was refused


def test_as_many_pairs_as_no_number_says_are_refused(tmp_path: Path) -> None:
    kept = json.loads((PRETRAINED / "corpus.json").read_text(encoding="utf-8"))
    kept["summary"]["pairs"] = 1e308
    path = tmp_path / "corpus.json"
    path.write_text(json.dumps(kept).replace("1e+308", "1e999"), encoding="utf-8")
    with pytest.raises(ExplorerError, match="damaged"):
        CorpusFigures.read(path)
