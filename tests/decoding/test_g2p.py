"""A trained encoder–decoder from PyPI, as docs/own-search.md makes a scorer of it."""

import ast
import os
import re
import warnings
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import explorer
from explorer.decoding.ranking import SLACK

SPEC = find_spec("g2p_en")
pytestmark = pytest.mark.skipif(SPEC is None, reason="g2p-en is not installed")

PAGE = Path(__file__).parents[2] / "docs" / "own-search.md"
WORDS = (
    *("gate", "gru", "neural", "through", "colonel", "yacht", "lieutenant"),
    *("activationist", "hypothesis", "pronunciation", "aeiou", "mxyzptlk"),
)
MISSED = {"activationist", "hypothesis", "pronunciation", "mxyzptlk"}
"""Where greedy search does not find the likeliest."""
PHONEMES = 20
"""The most that the package writes."""


@pytest.fixture(scope="module")
def scorer():
    """The page's own."""
    names: dict = {"explorer": explorer}
    (block,) = (b for b in _blocks() if "g2p_en" in b)
    exec(block, names)
    return names["Pronouncer"]()


def _blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def package():
    """The package's class itself, without what its module imports and downloads."""
    folder = Path(SPEC.submodule_search_locations[0])
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        tree = ast.parse((folder / "g2p.py").read_text(encoding="utf-8"))
    tree.body = [part for part in tree.body if isinstance(part, ast.ClassDef)]
    names: dict = {"np": np, "os": os, "dirname": folder}
    names |= {"cmudict": SimpleNamespace(dict=dict), "construct_homograph_dictionary": dict}
    exec(compile(tree, "g2p.py", "exec"), names)
    return names["G2p"]()


def searched(scorer, word, strategy, **options):
    options = {"max_length": PHONEMES + 1, "alpha": 0.0} | options
    return explorer.decode(scorer, word, strategy, **options)


def test_greedy_search_says_what_the_package_says(scorer, package):
    assert [scorer.word(n) for n in range(74)] == package.phonemes
    for word in WORDS:
        (found, *_others) = searched(scorer, word, "greedy").n_best
        assert [scorer.word(token) for token in found.tokens] == package.predict(word)


@pytest.mark.parametrize("alpha", [0.0, 0.75])
def test_no_search_finds_more_than_exact_search_proves(scorer, alpha):
    missed = set()
    for word in WORDS:
        exact = searched(scorer, word, "exact", alpha=alpha, budget="3000")
        assert exact.proved_optimal
        best = exact.n_best[0]
        for strategy in ("greedy", "beam"):
            found = searched(scorer, word, strategy, alpha=alpha).n_best[0]
            assert found.score <= best.score + SLACK
            if strategy == "greedy" and found.tokens != best.tokens:
                missed.add(word)
    assert missed == MISSED | ({"aeiou"} if alpha else set())


@pytest.mark.parametrize("nodes", [1, 10, 30, 100])
@pytest.mark.parametrize("word", ["pronunciation", "mxyzptlk"])
def test_a_search_that_is_stopped_says_how_much_it_may_have_missed(scorer, word, nodes):
    best = searched(scorer, word, "exact").n_best[0]
    stopped = searched(scorer, word, "exact", budget=f"{nodes}")
    assert stopped.n_best[0].score + stopped.gap >= best.score - SLACK
    assert stopped.proved_optimal == (stopped.gap == 0)


def test_the_beam_of_width_five_misses_what_exact_search_finds(scorer):
    beam, exact = (searched(scorer, "mxyzptlk", strategy) for strategy in ("beam", "exact"))
    assert exact.proved_optimal
    assert exact.n_best[0].score > beam.n_best[0].score + 0.01
    assert beam.gap >= exact.n_best[0].score - beam.n_best[0].score
