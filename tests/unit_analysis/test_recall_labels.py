"""Labels of the recall language, against the rules of the language itself."""

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text import recall
from explorer.unit_analysis.labels import is_binary, label_values
from explorer.unit_analysis.recall_labels import RECALL_LABELS

TEXTS = st.text(alphabet="ABCab!()|?-·", max_size=60)
KEYS = {"no key": "-", **{f"the key is {key}": key for key in recall.KEYS}}


def labelled(text):
    return dict(zip(RECALL_LABELS, label_values(RECALL_LABELS, tuple(text)), strict=True))


@given(TEXTS)
def test_one_key_is_right_at_each_token_and_it_is_the_answer(text):
    found = labelled(text)
    for place in range(len(text)):
        right = [key for label, key in KEYS.items() if found[label][place] == 1]
        assert right == [recall.answer(text[: place + 1])]


@given(TEXTS)
def test_the_lag_is_that_of_the_key_that_is_the_answer(text):
    lags = labelled(text)["tokens since the key"]
    for place, lag in enumerate(lags):
        key = recall.answer(text[: place + 1])
        assert np.isnan(lag) == (key == recall.NOTHING)
        if key != recall.NOTHING:
            counting = re.sub(r"\([^)]*(\)|$)", lambda skipped: "·" * len(skipped[0]), text)
            assert lag == place - 1 - counting.rindex(f"!{key}", 0, place + 1)


@given(TEXTS)
def test_no_label_sees_the_future(text):
    whole = labelled(text)
    for name, values in labelled(text[: len(text) // 2]).items():
        np.testing.assert_array_equal(values, whole[name][: len(values)])


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("inside brackets", "a(b(c)d)e", [0, None, 1, None, 1, None, 0, None, 0]),
        ("tokens since the break", "ab|c|d", [None, None, 0, 1, 0, 1]),
        ("tokens since the key", "!Ab(!A)c!A", [None, 0, 1, 2, 3, 4, 5, 6, 7, 0]),
        ("the key is B", "!A!B|b", [0, 0, 0, 1, 0, 0]),
    ],
)
def test_a_label_means_what_it_says(label, text, expected):
    wanted = [np.nan if value is None else value for value in expected]
    np.testing.assert_array_equal(labelled(text)[label], wanted)


def test_yes_or_no_and_numbers_are_told_apart():
    found = labelled(recall.free(Random(1), 400))
    numbers = {name for name, values in found.items() if not is_binary(values)}
    assert numbers == {"tokens since the key", "tokens since the break"}
