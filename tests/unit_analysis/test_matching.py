"""A selected stretch finds the units that mark it and the other stretches that they mark."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import explorer
from explorer.errors import ExplorerError
from explorer.unit_analysis.matching import marking, over, stretches
from explorer.unit_analysis.series import Place
from explorer.unit_analysis.whose import reader_of
from tests.unit_analysis.planted import BRACKET, Whole, inputs, text

HERE = Path(__file__).read_text(encoding="utf-8")


def test_a_stretch_in_brackets_finds_all_brackets():
    """The unit is high from "(" to the character before ")"."""
    reader, whole = explorer.ModuleReader(Whole(), inputs), text(20)
    expected = {(n, whole.index(")", n)) for n, character in enumerate(whole) if character == "("}
    like = "aab (ab b) aab\n", (4, 9)
    found = explorer.match(reader, whole, like=like, above=0.9, count=1000)
    assert [unit.unit for unit in found.units] == [BRACKET]
    assert {(one.passage + one.start, one.passage + one.stop) for one in found.places} == expected
    assert all("".join(one.tokens).startswith("(") for one in found.places)
    far = [abs(one.stop - one.start - 5) for one in found.places]
    assert far == sorted(far)
    few = explorer.match(reader, whole, like=like, above=0.9, count=3)
    assert few.places == found.places[:3]


def test_what_marks_nothing_is_said_in_a_sentence():
    reader = explorer.ModuleReader(Whole(), inputs)
    with pytest.raises(ExplorerError, match="another threshold"):
        explorer.match(reader, text(4), like=("aab", (0, 2)), above=2)
    for span in ((2, 2), (0, 9), (-1, 2)):
        with pytest.raises(ExplorerError, match="no stretch of a text of 3 steps"):
            explorer.match(reader, text(4), like=("aab", span), above=0.5)


@given(st.lists(st.booleans(), max_size=40))
def test_stretches_are_what_is_true(high):
    found = np.zeros(len(high), bool)
    for start, stop in stretches(np.array(high, bool)).tolist():
        assert start < stop
        assert not found[max(0, start - 1)]
        found[start:stop] = True
    assert found.tolist() == high


def test_a_unit_marks_a_stretch_that_it_is_high_in_and_low_around():
    high = np.array([[0, 1, 1, 0], [1, 1, 1, 0], [0, 1, 0, 0], [0, 1, 1, 1]], bool)
    assert marking(high, 1, 3).tolist() == [True, False, False, False]
    assert marking(high[:, 1:3], 0, 2).tolist() == [True, True, False, True]


@given(st.integers(1, 4), st.lists(st.integers(0, 15), min_size=1, max_size=30))
def test_all_stretches_at_once_count_as_one_by_one(units, drawn):
    high = np.array([[number >> unit & 1 for number in drawn] for unit in range(units)], bool)
    found = stretches(2 * high.sum(axis=0) >= units)
    throughout, only = over(high, found)
    for n, (start, stop) in enumerate(found.tolist()):
        assert throughout[n] == high[:, start:stop].all(axis=1).sum()
        assert only[n] == marking(high, start, stop).sum()


@pytest.mark.parametrize(
    ("name", "quantity", "layer"),
    [
        ("gru-timemachine", "hidden", 0),
        ("gru-timemachine-book", "update", 0),
        ("deep-lstm-timemachine", "memory", 1),
        ("deep-lstm-timemachine", "hidden", 2),
    ],
)
def test_reading_for_some_units_alone_reads_what_a_trace_reads(name, quantity, layer):
    """Texts of all lengths, shorter and longer than the stretches that they are read in."""
    reader = reader_of(name).reader
    texts = [HERE[:length] for length in (150, 3, 1, 64, 65, 128)]
    places = [Place(layer, "forward", quantity, unit) for unit in (7, 3, 100)]
    found = reader.read_units(texts, places)
    for some, whole in zip(found, reader.read(texts), strict=True):
        expected = whole.trace[quantity].values[layer, 0, 0][:, [7, 3, 100]].T
        assert some.tokens == whole.tokens
        np.testing.assert_allclose(some.values, expected, atol=2e-5)
