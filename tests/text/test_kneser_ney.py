import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.text.kneser_ney import KneserNey

V = 6
TEXTS = st.lists(st.integers(1, V - 1), min_size=5, max_size=60)  # token 0 is never seen


@settings(max_examples=60)
@given(TEXTS, st.integers(1, 4), st.lists(st.integers(0, V - 1), max_size=5))
def test_probabilities_are_positive_and_sum_to_one(
    text: list[int], order: int, before: list[int]
) -> None:
    model = KneserNey.fit(text, order=order, vocabulary=V)
    found = [model.probability(before, token) for token in range(V)]
    assert all(p > 0 for p in found)
    assert math.fsum(found) == pytest.approx(1)


def test_a_bigram_model_is_the_formula_written_out() -> None:
    """Chen and Goodman 1999, equations 15 to 17, on a text whose counts are counted by hand."""
    text = [1, 2, 1, 2, 1, 3, 1, 2, 4, 2, 4, 2]
    bigrams = {(1, 2): 3, (2, 1): 2, (1, 3): 1, (3, 1): 1, (2, 4): 2, (4, 2): 2}
    share = 2 / (2 + 2 * 3)  # two bigrams seen once, three seen twice
    one, two, three = 1 - 2 * share * 3 / 2, 2 - 3 * share * 1 / 3, 3.0
    discounts = {1: max(one, 0), 2: two, 3: three}
    assert discounts == {1: pytest.approx(0.25), 2: pytest.approx(1.75), 3: 3}

    continuations = {1: 2, 2: 2, 3: 1, 4: 1}  # tokens after how many different others
    lower_share = 2 / (2 + 2 * 2)
    taken = {1: 1 - 2 * lower_share * 2 / 2, 2: 2.0}  # no token has three
    freed = sum(taken[count] for count in continuations.values())

    def lower(token: int) -> float:
        count = continuations.get(token, 0)
        return (count - taken.get(count, 0) + freed / V) / 6

    def expected(before: int, token: int) -> float:
        after = {b: count for (a, b), count in bigrams.items() if a == before}
        kept = after[token] - discounts[after[token]] if token in after else 0
        return (kept + sum(map(discounts.__getitem__, after.values())) * lower(token)) / sum(
            after.values()
        )

    model = KneserNey.fit(text, order=2, vocabulary=V)
    for before in (1, 2, 3, 4):
        for token in range(V):
            assert model.probability([before], token) == pytest.approx(expected(before, token))
    assert model.probability([5], 1) == pytest.approx(lower(1))  # a context never seen


def test_bits_tell_order_from_disorder() -> None:
    """Of a token in ten nothing is known; of the others, all but where one was drawn before it."""
    chance = Random(0)
    text = [1, 2, 3, 4, 5] * 80
    text = [chance.randint(1, 5) if chance.random() < 0.1 else token for token in text]
    orders = [KneserNey.fit(text[:300], order=n, vocabulary=V).bits([text[300:]]) for n in (1, 2)]
    assert orders[0] > 2.2 > 1.5 > orders[1]
