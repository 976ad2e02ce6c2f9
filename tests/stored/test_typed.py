"""JSON becomes values of ours only where every part of it is of its type."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.stored.typed import UnfitError, record


@dataclass(frozen=True)
class Point:
    step: int
    loss: float


@dataclass(frozen=True)
class Sample:
    name: str
    kind: Literal["one", "two"]
    points: tuple[Point, ...]
    pair: tuple[str, float]
    rates: Mapping[str, float | None]
    rows: Sequence[tuple[int, ...]]
    note: str | None = None
    side: Literal["left", "right"] | None = None
    last: Point | None = None


FINITE = st.floats(-1e200, 1e200)
SAMPLES = st.builds(
    Sample,
    name=st.text(max_size=20),
    kind=st.sampled_from(["one", "two"]),
    points=st.lists(st.builds(Point, st.integers(-(2**60), 2**60), FINITE), max_size=3).map(tuple),
    pair=st.tuples(st.text(max_size=3), FINITE),
    rates=st.dictionaries(st.text(max_size=5), FINITE | st.none(), max_size=3),
    rows=st.lists(st.lists(st.integers(0, 9), max_size=3).map(tuple), max_size=3),
    note=st.none() | st.text(max_size=3),
    side=st.sampled_from([None, "left", "right"]),
    last=st.none() | st.builds(Point, st.integers(0, 9), FINITE),
)
SAMPLE: dict[str, Any] = {
    "name": "x",
    "kind": "one",
    "points": [{"step": 1, "loss": 2}, {"step": 2, "loss": 1.5}],
    "pair": ["a", 0.5],
    "rates": {"a": 1.0, "b": None},
    "rows": [[1, 2], []],
}


@given(SAMPLES)
def test_what_was_written_is_read_again(sample: Sample) -> None:
    assert record(Sample, json.loads(json.dumps(asdict(sample)))) == sample


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"side": "middle"}, "side"),
        ({"last": {"step": 1}}, "last.loss"),
        ({"name": 3}, "name"),
        ({"name": "x" * 10_001}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"kind": "three"}, "kind"),
        ({"kind": []}, "kind"),
        ({"kind": True}, "kind"),
        ({"points": {}}, "points"),
        ({"points": [{"step": 1}]}, "points[0].loss"),
        ({"points": [{"step": 1, "loss": 2}, {"step": 1.0, "loss": 2}]}, "points[1].step"),
        ({"points": [{"step": True, "loss": 2}]}, "points[0].step"),
        ({"points": [{"step": 1 << 63, "loss": 2}]}, "points[0].step"),
        ({"points": [{"step": 1, "loss": 10**400}]}, "points[0].loss"),
        ({"points": [{"step": 1, "loss": float("nan")}]}, "points[0].loss"),
        ({"points": [{"step": 1, "loss": 2, "more": 0}]}, "points[0].more"),
        ({"points": [3]}, "points[0]"),
        ({"pair": ["a"]}, "pair"),
        ({"pair": ["a", 1, 2]}, "pair"),
        ({"pair": [1, 1]}, "pair[0]"),
        ({"rates": []}, "rates"),
        ({"rates": {"a": "1"}}, "rates"),
        ({"rates": {"\udc00": 1}}, "rates"),
        ({"rows": [[1, "2"]]}, "rows[0]"),
        ({"rows": [[1, float("inf")]]}, "rows[0]"),
        ({"note": 1}, "note"),
        ({"x" * 5000: 1}, "x" * 60),
    ],
)
def test_what_is_not_of_its_type_is_named_by_its_place(changes: dict[str, Any], place: str) -> None:
    assert record(Sample, SAMPLE).note is None
    with pytest.raises(UnfitError) as raised:
        record(Sample, {**SAMPLE, **changes})
    assert raised.value.place == place


@pytest.mark.parametrize("name", sorted(SAMPLE))
def test_a_field_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(UnfitError) as raised:
        record(Sample, {n: v for n, v in SAMPLE.items() if n != name})
    assert raised.value.place == name


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(UnfitError):
        record(Sample, value)


def test_a_field_that_is_there_already_is_taken_as_it_is() -> None:
    pair = object()
    assert record(Sample, {**SAMPLE, "pair": 3}, pair=pair).pair is pair
