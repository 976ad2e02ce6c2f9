"""What guessing costs, against sums written out by hand."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.entropy_baselines import levels


def test_a_text_in_turns_is_known_from_the_character_before() -> None:
    found = levels([0, 1] * 50, 4)
    assert found.uniform == pytest.approx(math.log(4))
    assert found.frequency == pytest.approx(math.log(2))
    assert found.pair == pytest.approx(0, abs=1e-12)


def test_pairs_against_the_definition() -> None:
    text = [0, 0, 1, 2, 0, 1, 1, 0, 2, 2, 0]
    pairs = list(pairwise(text))
    followers = {a: [c for b, c in pairs if b == a] for a in set(text)}
    cost = -sum(math.log(followers[a].count(b) / len(followers[a])) for a, b in pairs)
    assert levels(text, 3).pair == pytest.approx(cost / (len(text) - 1))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=60))
def test_who_knows_more_pays_no_more(text: list[int]) -> None:
    ring = levels([*text, text[0]], 6)  # here each character comes after one as often as it comes
    assert -1e-9 <= ring.pair <= levels(text, 6).frequency + 1e-9
    assert ring.frequency <= ring.uniform + 1e-9
