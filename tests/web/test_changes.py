"""The reader's changes: an address says exactly what they are, and what cannot be is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explorer.recurrence.quantities import QUANTITIES
from explorer.web.pages.gates.changes import (
    MOST,
    Change,
    intervention,
    put,
    read_change,
    read_changes,
    refused,
)
from explorer.web.pages.gates.suggestions import SUGGESTIONS

NUMBERS = some.none() | some.integers(0, 999)
CHANGES = some.builds(
    Change,
    quantity=some.sampled_from(sorted({name for names in QUANTITIES.values() for name in names})),
    amount=some.integers(-500, 500).map(lambda hundredths: hundredths / 100),
    scaled=some.booleans(),
    layer=NUMBERS,
    unit=NUMBERS,
    steps=some.none()
    | some.tuples(some.integers(0, 399), some.integers(0, 399)).map(
        lambda ends: (min(ends), max(ends))
    ),
)
SIZES = {"layers": 1, "units": 24, "steps": 40}


@given(some.lists(CHANGES, max_size=MOST))
def test_an_address_says_exactly_what_the_changes_are(changes):
    codes = [change.code for change in changes]
    assert [read_change(code) for code in read_changes(",".join(codes))] == changes


@pytest.mark.parametrize(
    "text",
    [
        "forget",
        "forget~",
        "forget~one",
        "~0",
        "forget~0~u-1",
        "forget~0~s9-4",
        "forget~nan",
        "memory~1e999",
        "forget~0~s1~u2",
        "forget~0,",
        "forget~0~u99999999",
        "<script>~0",
        ",".join(["forget~0"] * (MOST + 1)),
    ],
)
def test_what_is_no_change_is_no_value_of_an_address(text):
    with pytest.raises(ValueError):  # noqa: PT011  (whatever its words: the page has its own)
        read_changes(text)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("forget~1.5", "between 0 and 1"),
        ("forget~-0.1", "between 0 and 1"),
        ("forget~0~u24", "no unit 24"),
        ("forget~0~s40", "no step 40"),
        ("forget~0~s0-999999", "no step 999999"),
        ("forget~0~l1", "no layer 1"),
        ("update~0", "nothing called"),
        ("warp~0", "anything called"),
    ],
)
def test_what_a_model_or_text_lacks_is_said_and_the_others_stay(code, said):
    changes = [read_change("input~0.5"), read_change(code), read_change("memory~-3~u23~s39")]
    found = refused(changes, "lstm", **SIZES)
    assert list(found) == [1]
    assert said in str(found[1])


def test_a_change_becomes_the_intervention_that_it_says():
    made = intervention(read_change("hidden~x0.5~u3~s4-9"), "lstm", **SIZES)
    assert (made.quantity, made.value, made.scale) == ("hidden", None, 0.5)
    assert (made.layer, made.units, tuple(made.steps)) == (None, 3, (4, 5, 6, 7, 8, 9))


def test_a_change_of_the_same_place_takes_the_place_of_the_first():
    first, other, again = map(read_change, ("forget~0~u3", "input~1", "forget~0.7~u3"))
    assert put([first, other], again) == [again, other]
    assert put([other], again) == [other, again]


@pytest.mark.parametrize("cell", SUGGESTIONS)
@pytest.mark.parametrize("steps", [1, 2, 3, 40, 400])
def test_every_suggestion_can_be_made_on_a_text_of_any_length(cell, steps):
    for suggestion in SUGGESTIONS[cell]:
        codes = suggestion.of(steps)
        assert read_changes(",".join(codes)) == codes
        changes = [read_change(code) for code in codes]
        assert not refused(changes, cell, layers=1, units=1, steps=steps)
