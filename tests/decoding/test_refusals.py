"""What a search cannot be asked, each refused with its reason; and what wraps a scorer."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from explorer.decoding.adapters.table import BOOK
from explorer.decoding.allowed_tokens import allow_only
from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.exhaustive import exhaustive, space
from explorer.decoding.traced_beam import beam
from explorer.decoding.validating import Validating
from explorer.errors import ExplorerError
from tests.decoding.fixed_length import Fixed
from tests.decoding.scorers import END, Hashed, Random, log_prob


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"width": 0}, "between 1 and 1000, not 0"),
        ({"width": 10_000}, "not 10000"),
        ({"max_length": 0}, "between 1 and 1000 tokens, not 0"),
        ({"max_length": 5000}, "not 5000"),
        ({"alpha": -0.1}, "between 0 and 10, not -0.1"),
        ({"alpha": 1000.0}, "between 0 and 10, not 1000.0"),
        ({"alpha": math.nan}, "not nan"),
        ({"alpha": math.inf}, "not inf"),
        ({"alpha": "1"}, "not '1'"),
        ({"alpha": None}, "not None"),
        ({"width": "5"}, "between 1 and 1000, not '5'"),
        ({"width": 1.5}, "not 1.5"),
        ({"width": math.nan}, "not nan"),
        ({"width": [5]}, "not [5]"),
        ({"max_length": 4.0}, "not 4.0"),
        ({"max_length": None}, "not None"),
        ({"max_length": torch.tensor(4.5)}, "not 4.5"),
        ({"stopping": "never"}, "no stopping rule “never”; choose from 'first k'"),
        ({"budget": 3}, "such as “5s”, not 3"),
        ({"budget": "soon"}, "not “soon”"),
        ({"watch": 1}, "must be a function, not 1"),
        ({"stop": True}, "must be a function, not True"),
    ],
)
@pytest.mark.parametrize("strategy", ["beam", "exhaustive", "exact"])
def test_an_impossible_search_is_refused(strategy: str, options: dict, part: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        decode(Random(3), 1, strategy, **{"max_length": 3, **options})
    assert part in str(refused.value)


@pytest.mark.parametrize("number", [np.int64, np.int32, torch.tensor, np.array])
def test_numbers_come_in_any_form(number: Callable) -> None:
    expected = decode(Random(3), 1, width=2, max_length=3, alpha=1)
    found = decode(Random(3), 1, width=number(2), max_length=number(3), alpha=number(1))
    assert found.n_best == expected.n_best
    exact = decode(Random(3), 1, "exact", max_length=3, budget="5s", watch=None, stop=None)
    assert exact.proved_optimal


@pytest.mark.parametrize("scorer", [None, 3, "book", torch.nn.GRU(2, 2), lambda prefix: None])
def test_what_is_no_scorer_is_refused(scorer: object) -> None:
    with pytest.raises(
        ExplorerError, match=f"begin, end, start and step, not a {type(scorer).__name__}"
    ):
        decode(scorer, 1)


def test_an_unknown_search_is_refused() -> None:
    with pytest.raises(ExplorerError, match="“depth”; choose from greedy, beam, exhaustive, exact"):
        decode(Random(3), 1, "depth")


@pytest.mark.parametrize(
    ("size", "longest", "part"), [(100, 21, r"10\^41"), (101, 4, "102,020,201"), (3, 30, r"10\^9")]
)
def test_a_space_that_is_too_large_is_refused_with_its_size(
    size: int, longest: int, part: str
) -> None:
    with pytest.raises(ExplorerError, match=part):
        decode(Random(size), 1, "exhaustive", max_length=longest)


@given(st.integers(1, 5), st.integers(1, 4))
def test_the_space_is_counted_right(size: int, longest: int) -> None:
    tree = exhaustive(Random(size), 1, max_length=longest)
    assert len(tree) - 1 == space(size, longest)


class Broken(Random):
    """A scorer that goes wrong after one prefix."""

    value = math.nan

    def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
        log_probs, after = super().step(state, tokens)
        log_probs[tokens == 2, 1] = self.value
        return log_probs, after

    def word(self, token: int) -> str:
        return {7: "<bos>"}.get(token, "zabc"[token] if token < 4 else "?")


class Positive(Broken):
    value = 0.5


@pytest.mark.parametrize(
    ("kind", "part"), [(Broken, "NaN"), (Positive, "returned 0.5, which is above 0")]
)
@pytest.mark.parametrize("strategy", ["greedy", "beam", "exhaustive", "exact"])
def test_what_is_no_log_probability_is_refused_with_its_prefix(
    kind: type[Broken], part: str, strategy: str
) -> None:
    def until_a_search_meets_it() -> None:
        for source in range(40):
            decode(kind(4), source, strategy, max_length=4)

    with pytest.raises(ExplorerError) as refused:
        until_a_search_meets_it()
    assert part in str(refused.value)
    assert "“a”" in str(refused.value)
    prefix = str(refused.value.values["prefix"]).split()
    assert prefix[-1] == "b"
    assert len(prefix) <= 4
    assert "<bos>" not in prefix


def test_a_checked_scorer_gives_the_scorers_own_numbers() -> None:
    plain = beam(Random(6), 5, width=3, max_length=6)
    assert beam(Validating(Random(6)), 5, width=3, max_length=6).n_best == plain.n_best


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("5s", Budget(seconds=5)),
        ("500ms", Budget(seconds=0.5)),
        (" 2 min", Budget(seconds=120)),
        ("0.5s", Budget(seconds=0.5)),
        ("20000", Budget(nodes=20000)),
        ("500MB", Budget(memory=5e8)),
        ("5s, 2 GB,20000", Budget(nodes=20000, seconds=5, memory=2e9)),
    ],
)
def test_a_budget_is_read(text: str, budget: Budget) -> None:
    assert Budget.parse(text) == budget


@pytest.mark.parametrize(
    "text", ["", "five", "5h", "-5s", "0", "0s", "nan", "1e5", "5 5", "5s,", "0MB", "9" * 400 + "s"]
)
def test_a_budget_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ExplorerError, match="budget"):
        Budget.parse(text)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sets(st.integers(0, 7), max_size=3))
def test_a_restricted_scorer_is_the_scorer_with_fewer_tokens(source: int, tokens: set[int]) -> None:
    tree = decode(allow_only(Random(8), tokens), source, "exhaustive", max_length=3, width=99)
    assert {token for h in tree.n_best for token in h.tokens} <= tokens
    assert len(tree) - 1 == space(len(tokens | {END}), 3)
    for found in tree.n_best:
        assert found.log_prob == pytest.approx(log_prob(Random(8), source, (*found.tokens, END)))


def test_a_restricted_scorer_keeps_the_words() -> None:
    tree = decode(allow_only(BOOK, [0, 1]), None, "exhaustive", max_length=2)
    assert {tree.word(node.token) for node in tree if node.parent is not None} == {
        "A",
        "B",
        "<eos>",
    }
    with pytest.raises(ExplorerError, match="negative"):
        allow_only(BOOK, [-1])


def test_sequences_of_one_length_are_searched_by_an_end_of_our_own() -> None:
    tree = decode(Fixed(Random(4), 3, 4), 9, "exhaustive", max_length=4, width=1000, alpha=0.0)
    assert len(tree.n_best) == 4**3
    assert {len(found.tokens) for found in tree.n_best} == {3}
    for found in tree.n_best[:5]:
        assert found.log_prob == pytest.approx(log_prob(Random(4), 9, found.tokens))
    proof = decode(Fixed(Random(4), 3, 4), 9, "exact", max_length=4, alpha=0.0)
    assert proof.n_best[0] == tree.n_best[0]
    assert proof.word(4) == "<end>"


def test_states_are_joined_whatever_their_lengths() -> None:
    scorer = Validating(Fixed(Random(4), 2, 4))
    state = scorer.start([1, 2])
    _, after = scorer.step(state, torch.tensor([7, 7]))
    _, longer = scorer.step(after.select(torch.tensor([1])), torch.tensor([3]))
    both, _ = scorer.step(after.joined([longer]), torch.tensor([1, 2, 3]))
    alone, _ = scorer.step(longer, torch.tensor([3]))
    assert both[2].tolist() == alone[0].tolist()
    assert both[2, 4] == 0
