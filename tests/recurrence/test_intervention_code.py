"""The code of an intervention says exactly what it is, and what has none is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from explorer.errors import ExplorerError
from explorer.recurrence.intervention import ALL_GATES, Intervention
from explorer.recurrence.quantities import QUANTITIES

NAMES = sorted({name for names in QUANTITIES.values() for name in names})
NUMBERS = some.none() | some.integers(0, 999_999)
RUNS = some.tuples(some.integers(0, 399), some.integers(0, 399)).map(
    lambda ends: range(min(ends), max(ends) + 1)
)


@some.composite
def interventions(draw):
    """Any intervention that has a code."""
    quantity, way = draw(some.sampled_from(NAMES)), draw(some.sampled_from(["value", "scale"]))
    gate = way == "value" and quantity in ALL_GATES
    amounts = some.floats(0, 1) if gate else some.floats(allow_nan=False, allow_infinity=False)
    places = {"layer": NUMBERS, "units": NUMBERS, "steps": some.none() | RUNS}
    drawn = {name: draw(numbers) for name, numbers in places.items()}
    return Intervention(quantity, **{way: draw(amounts)}, **drawn)


@given(interventions())
def test_a_code_says_exactly_what_the_intervention_is(intervention):
    again = Intervention.parse(intervention.format())
    assert again == intervention
    assert hash(again) == hash(intervention)


@pytest.mark.parametrize(
    "code",
    [
        "forget~0",
        "forget~0.25~u3~s4-9",
        "hidden~x0.5~l0~u3~s4-9",
        "memory~-3~u23~s39",
        "memory~x1e+30",
        "update~0.95",
    ],
)
def test_links_of_old_keep_their_spelling(code):
    assert Intervention.parse(code).format() == code


def test_a_code_becomes_the_intervention_that_it_says():
    made = Intervention.parse("hidden~x0.5~l1~u3~s4-9")
    assert made == Intervention("hidden", scale=0.5, layer=1, units=3, steps=range(4, 10))
    assert Intervention.parse("forget~0~s7") == Intervention("forget", 0.0, steps=range(7, 8))


def test_steps_of_one_number_are_written_as_a_run_of_one():
    assert Intervention("forget", 0.0, steps=7).format() == "forget~0~s7"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "forget",
        "forget~",
        "forget~one",
        "~0",
        "forget~0~u-1",
        "forget~0~s9-4",
        "forget~nan",
        "memory~1e999",
        "forget~0~s1~u2",
        "forget~0~u99999999",
        "<script>~0",
        "forget~0 ",
    ],
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ExplorerError, match="No intervention is written"):
        Intervention.parse(code)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("forget~1.5", "between 0 and 1"),
        ("forget~-0.1", "between 0 and 1"),
        ("warp~0", "a quantity"),
    ],
)
def test_a_code_of_what_cannot_be_says_why(code, said):
    with pytest.raises(ExplorerError, match=said):
        Intervention.parse(code)


@pytest.mark.parametrize(
    "intervention",
    [
        Intervention("hidden", function=lambda values, place: values),
        Intervention("hidden", [0.1, 0.2]),
        Intervention("hidden", np.full((3, 1), np.nan)),
        Intervention("hidden", 0.5, direction="backward"),
        Intervention("hidden", 0.5, batch=0),
        Intervention("hidden", 0.5, units=[1, 2]),
        Intervention("hidden", 0.5, layer=(0,)),
        Intervention("hidden", 0.5, layer=10**6),
        Intervention("hidden", 0.5, steps=range(0, 9, 2)),
        Intervention("hidden", 0.5, steps=range(0)),
        Intervention("hidden", 0.5, steps=[1, 2]),
    ],
)
def test_what_has_no_code_says_so(intervention):
    with pytest.raises(ExplorerError, match="this intervention has none: hidden"):
        intervention.format()
