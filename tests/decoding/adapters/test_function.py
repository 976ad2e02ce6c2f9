"""A plain function as a scorer."""

import math

import numpy as np
import pytest
import torch

from explorer import FunctionScorer, decode
from explorer.decoding.adapters.table import BOOK
from explorer.errors import ExplorerError

END = 3


def log_probs(prefixes):
    with np.errstate(divide="ignore"):
        return np.log([BOOK.row(prefix) for prefix in prefixes])


@pytest.mark.parametrize("strategy", ["greedy", "beam", "exhaustive", "exact"])
@pytest.mark.parametrize("kind", [np.array, torch.tensor, np.ndarray.tolist])
def test_a_function_is_searched_as_the_table_that_it_reads(strategy, kind):
    scorer = FunctionScorer(lambda some: kind(log_probs(some)), END, BOOK.tokens)
    own = decode(scorer, None, strategy, max_length=4)
    table = decode(BOOK, None, strategy, max_length=4)
    assert own.n_best[0].tokens == table.n_best[0].tokens
    assert own.n_best[0].score == pytest.approx(table.n_best[0].score)
    assert (own.proved_optimal, own.words) == (table.proved_optimal, table.words)


def test_prefixes_come_without_a_beginning():
    seen = []

    def function(prefixes):
        seen.extend(prefixes)
        return log_probs(prefixes)

    decode(FunctionScorer(function, END), None, "exhaustive", max_length=3)
    assert () in seen
    assert {len(prefix) for prefix in seen} == {0, 1, 2}
    assert all(END not in prefix for prefix in seen)


@pytest.mark.parametrize(
    ("function", "part"),
    [
        (lambda prefixes: [0.0] * 4, r"\(1, V\), not \(4,\)"),
        (lambda prefixes: np.zeros((len(prefixes) + 1, 4)), r"not \(2, 4\)"),
        (lambda prefixes: np.zeros((len(prefixes), END)), "end token 3"),
        (lambda prefixes: "probabilities", "not str"),
        (lambda prefixes: [[{}] * 4], "not list"),
        (lambda prefixes: [[math.nan] * 4], "NaN"),
        (lambda prefixes: [[1.0] * 4], "above 0"),
    ],
)
def test_what_is_no_function_of_this_kind_is_refused_in_a_sentence(function, part):
    with pytest.raises(ExplorerError, match=part):
        decode(FunctionScorer(function, END), None, "beam", max_length=3)


def test_a_function_whose_rows_depend_on_their_neighbours_is_found_out():
    def leaky(prefixes):
        return (log_probs(prefixes) - len(prefixes)).clip(-50)

    with pytest.raises(ExplorerError, match="scored alone"):
        decode(FunctionScorer(leaky, END), None, "exact", max_length=4)
