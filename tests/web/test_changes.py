"""The reader's changes: an address says exactly what they are, and what cannot be is said."""

import pytest

from explorer.recurrence.intervention import Intervention
from explorer.web.pages.gates.changes import MOST, Changes, reader, refusal
from explorer.web.pages.gates.suggestions import SUGGESTIONS

SIZES = {"layers": 1, "units": 24, "steps": 40}


def changes(*codes):
    return Changes(map(Intervention.parse, codes))


@pytest.mark.parametrize("codes", [(), ("forget~0",), ("reset~1", "update~0~s3")])
def test_an_address_says_what_the_changes_are(codes):
    problems = []
    assert reader(problems)(",".join(codes)) == changes(*codes)
    assert str(changes(*codes)) == ",".join(codes)
    assert not problems


@pytest.mark.parametrize(
    "text",
    ["forget", "warp~0", "forget~1.5", "forget,forget~2", ",".join(["forget~0"] * (MOST + 1))],
)
def test_what_holds_no_change_is_no_value_of_an_address(text):
    problems = []
    with pytest.raises(ValueError):  # noqa: PT011  (whatever its words: the page has its own)
        reader(problems)(text)
    assert not problems


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("forget~1.5", "between 0 and 1"),
        ("warp~0", "a quantity"),
        ("<script>~0", "No intervention is written"),
        ("", "No intervention is written"),
    ],
)
def test_what_can_be_no_intervention_is_left_out_and_said(code, said):
    problems = []
    assert reader(problems)(f"input~0.5,{code},memory~-3") == changes("input~0.5", "memory~-3")
    assert [said in str(problem) for problem in problems] == [True]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("forget~0~u24", "no unit 24"),
        ("forget~0~s40", "no step 40"),
        ("forget~0~s0-999999", "no step 999999"),
        ("forget~0~l1", "no layer 1"),
        ("update~0", "no quantity"),
    ],
)
def test_what_a_model_or_text_lacks_is_said(code, said):
    assert said in str(refusal(Intervention.parse(code), "lstm", **SIZES))


@pytest.mark.parametrize("code", ["input~0.5", "memory~-3~u23~s39", "hidden~x2~l0~s0-39"])
def test_what_a_model_and_text_have_is_not_refused(code):
    assert refusal(Intervention.parse(code), "lstm", **SIZES) is None


def test_a_change_of_the_same_place_takes_the_place_of_the_first():
    first, other, again = changes("forget~0~u3", "input~1", "forget~0.7~u3")
    assert Changes([first, other]).put(again) == (again, other)
    assert Changes([other]).put(again) == (other, again)


@pytest.mark.parametrize("cell", SUGGESTIONS)
@pytest.mark.parametrize("steps", [1, 2, 3, 40, 400])
def test_every_suggestion_can_be_made_on_a_text_of_any_length(cell, steps):
    for suggestion in SUGGESTIONS[cell]:
        offered = suggestion.of(steps)
        assert reader([])(str(offered)) == offered
        for change in offered:
            assert refusal(change, cell, layers=1, units=1, steps=steps) is None
