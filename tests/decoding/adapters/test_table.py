import math

import numpy as np
import pytest

from explorer.decoding.adapters.table import BOOK, Table
from explorer.decoding.decode import decode
from explorer.errors import ExplorerError


def found(strategy: str, **options) -> tuple[str, float]:
    tree = decode(BOOK, None, strategy, max_length=4, **options)
    best = tree.n_best[0]
    return " ".join(tree.word(token) for token in best.tokens), math.exp(best.log_prob)


def test_greedy_search_gets_what_the_book_says() -> None:
    assert found("greedy") == ("A B C", pytest.approx(0.5 * 0.4 * 0.4 * 0.6))
    assert found("greedy")[1] == pytest.approx(0.048)


@pytest.mark.parametrize("strategy", ["beam", "exhaustive", "exact"])
def test_the_other_searches_find_the_likelier_sequence(strategy: str) -> None:
    assert found(strategy, width=2) == ("A C B", pytest.approx(0.054))


@pytest.mark.parametrize("strategy", ["exhaustive", "exact"])
def test_without_the_length_the_empty_sequence_is_likelier_still(strategy: str) -> None:
    assert found(strategy, alpha=0.0) == ("", pytest.approx(0.1))


def test_a_table_is_said_row_by_row() -> None:
    assert BOOK.row(()) == (0.5, 0.2, 0.2, 0.1)
    assert BOOK.row((1, 1, 1)) == BOOK.row((0, 1, 2)) == (0.0, 0.2, 0.2, 0.6)
    assert BOOK.row((0, 2)) == (0.1, 0.6, 0.2, 0.1)
    assert BOOK.row((0, 2, 1, 0, 0)) == BOOK.row((0, 2, 1))
    longer = Table(
        BOOK.tokens, BOOK.rows, {**BOOK.branches, ("A", "C", "B"): ((0.0, 0.0, 0.0, 1.0),)}
    )
    assert longer.row((0, 2, 1)) == (0.0, 0.0, 0.0, 1.0)
    assert longer.row((0, 2, 0)) == BOOK.row((0, 2, 0))


def test_an_edited_table_lets_greedy_search_win() -> None:
    branch = ((0.1, 0.4, 0.2, 0.3), (0.1, 0.2, 0.1, 0.6))
    edited = Table(BOOK.tokens, BOOK.rows, {("A", "C"): branch})
    asked = {"max_length": 4, "alpha": 5.0}
    greedy = decode(edited, None, "greedy", **asked).n_best[0]
    assert greedy == decode(edited, None, "exact", **asked).n_best[0]


ROW = (0.5, 0.5)


@pytest.mark.parametrize(
    ("tokens", "rows", "branches", "part"),
    [
        (("A", "<eos>"), ((0.5, 0.4),), {}, "sum to 0.9"),
        (("A", "<eos>"), (ROW, (0.5, 0.5, 0.0)), {}, "Step 2"),
        (("A", "<eos>"), ((np.nan, 0.5),), {}, "“A” at step 1 is nan"),
        (("A", "<eos>"), ((-0.5, 1.5),), {}, "between 0 and 1"),
        (("A", "B"), (ROW,), {}, "<eos>"),
        (("A", "A", "<eos>"), ((0.2, 0.3, 0.5),), {}, "“A”"),
        ((" ", "<eos>"), (ROW,), {}, "blank"),
        (("A", "<eos>"), (), {}, "at least one step"),
        (("A", "<eos>"), (ROW,), {("B",): (ROW,)}, "“B”"),
        (("A", "<eos>"), (ROW,), {("<eos>",): (ROW,)}, "“<eos>”"),
        (("A", "<eos>"), (ROW,), {("A",): ((0.3, 0.3),)}, "step 2 (A …) sum to 0.6"),
    ],
)
def test_a_table_that_is_none_is_refused_with_the_reason(tokens, rows, branches, part) -> None:
    with pytest.raises(ExplorerError) as refused:
        Table(tokens, rows, branches)
    assert part in str(refused.value)
