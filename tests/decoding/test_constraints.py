"""Rules and mixtures against every sequence there is, written out."""

import math
from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import (
    BannedTokens,
    ForcedPrefix,
    FunctionScorer,
    MinimumLength,
    Mixture,
    NoRepeatedNgram,
    constrain,
    decode,
)
from explorer.decoding.adapters.table import BOOK
from explorer.errors import ExplorerError
from tests.decoding.scorers import END, Random

LONGEST, SIZE = 4, 4


def rows(scorer, source, prefix):
    """The log-probabilities after a prefix by the scorer alone, (V,)."""
    state, last = scorer.start([source]), [scorer.begin, *prefix]
    for token in last:
        found, state = scorer.step(state, torch.tensor([token]))
    return found[0].double().numpy()


def sequences():
    for length in range(LONGEST):
        yield from product(range(1, SIZE), repeat=length)


def ngrams(tokens, n):
    return [tokens[i : i + n] for i in range(len(tokens) - n + 1)]


#: A rule, and which sequences and prefixes it allows, written in another way.
RULES = {
    "forced": (ForcedPrefix((2, 1)), lambda s: s[:2] == (2, 1)),
    "minimum": (MinimumLength(2), lambda s: len(s) >= 2),
    "unigrams": (NoRepeatedNgram(1), lambda s: len({*s}) == len(s)),
    "bigrams": (NoRepeatedNgram(2), lambda s: len({*ngrams(s, 2)}) == len(ngrams(s, 2))),
    "banned": (BannedTokens((3,)), lambda s: 3 not in s),
}


def allowed_next(name, prefix):
    """The tokens that may follow, by the definition of the rule."""
    if name == "forced":
        return [(2, 1)[len(prefix)]] if len(prefix) < 2 else list(range(SIZE))
    ends = [END] if name not in ("minimum",) or len(prefix) >= 2 else []
    fine = RULES[name][1] if name != "minimum" else lambda s: True
    return ends + [token for token in range(1, SIZE) if fine((*prefix, token))]


def brute(scorer, source, name, alpha, *, normalised):
    """The best score of the sequences that a rule allows, and how many there are."""
    scores = {}
    for tokens in filter(RULES[name][1], sequences()):
        total = 0.0
        for place, token in enumerate((*tokens, END)):
            row = rows(scorer, source, tokens[:place])
            may = row[allowed_next(name, tokens[:place])]
            total += row[token] - (np.log(np.exp(may).sum()) if normalised else 0)
        scores[tokens] = total / (len(tokens) + 1) ** alpha
    return scores


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=6, deadline=None)
@given(source=st.integers(0, 10_000), alpha=st.sampled_from([0.0, 0.75]), normalised=st.booleans())
def test_exact_search_proves_the_best_that_a_rule_allows(name, source, alpha, normalised):
    scorer = constrain(Random(SIZE), RULES[name][0], normalised=normalised)
    scores = brute(Random(SIZE), source, name, alpha, normalised=normalised)
    tree = decode(scorer, source, "exact", max_length=LONGEST, alpha=alpha)
    assert tree.proved_optimal
    assert tree.n_best[0].score == pytest.approx(max(scores.values()))
    assert tree.n_best[0].tokens in scores
    whole = decode(scorer, source, "exhaustive", max_length=LONGEST, alpha=alpha, width=999)
    found = {hypothesis.tokens: hypothesis.score for hypothesis in whole.n_best}
    assert found == pytest.approx(scores)


def test_rules_add_up_and_leave_the_scorer_as_it_is():
    rules = (MinimumLength(2), BannedTokens((3,)), NoRepeatedNgram(1))
    whole = decode(constrain(Random(SIZE), *rules), 5, "exhaustive", max_length=4, width=999)
    assert {found.tokens for found in whole.n_best} == {(1, 2), (2, 1)}
    own = decode(Random(SIZE), 5, "exhaustive", max_length=4, width=999)
    scores = {found.tokens: found.score for found in own.n_best}
    for found in whole.n_best:
        assert found.score == pytest.approx(scores[found.tokens])


def test_a_forced_prefix_costs_nothing_where_the_rest_is_normalised():
    free, own = (
        decode(constrain(BOOK, ForcedPrefix((1,)), normalised=n), None, "exact", max_length=4)
        for n in (True, False)
    )
    assert own.n_best[0].log_prob - free.n_best[0].log_prob == pytest.approx(math.log(0.2))
    assert own.words[1] == "B"


def test_a_rule_that_leaves_nothing_is_a_dead_end():
    tree = decode(constrain(BOOK, BannedTokens((0, 1, 2, 3))), None, "beam", max_length=4)
    assert tree.unfinished == "dead end"


@pytest.mark.parametrize("of", ["probabilities", "log-probabilities"])
@settings(max_examples=6, deadline=None)
@given(source=st.integers(0, 10_000), share=st.floats(0.1, 0.9), normalised=st.booleans())
def test_exact_search_proves_the_best_of_a_mixture(of, source, share, normalised):
    one, other = Random(SIZE), Random(SIZE, spread=4.0)
    weights = (share, 1 - share)
    mixture = Mixture((one, other), weights, of=of, normalised=normalised)
    scores = {}
    for tokens in sequences():
        total = 0.0
        for place, token in enumerate((*tokens, END)):
            both = [rows(scorer, source, tokens[:place]) for scorer in (one, other)]
            if of == "probabilities":
                p = sum(w * np.exp(row) for w, row in zip(weights, both, strict=True))
            else:
                p = np.prod([np.exp(r) ** w for w, r in zip(weights, both, strict=True)], axis=0)
            total += math.log(p[token] / (p.sum() if normalised else 1))
        scores[tokens] = total / (len(tokens) + 1) ** 0.75
    tree = decode(mixture, source, "exact", max_length=LONGEST)
    assert tree.proved_optimal
    assert tree.n_best[0].tokens == max(scores, key=scores.__getitem__)
    assert tree.n_best[0].score == pytest.approx(max(scores.values()))


def test_a_function_can_be_mixed_with_a_scorer_that_begins_with_another_token():
    def uniform(prefixes):
        return np.full((len(prefixes), SIZE), -math.log(SIZE))

    one = Random(SIZE)
    tree = decode(Mixture((one, FunctionScorer(uniform, END))), 3, "beam", max_length=4)
    for node in tree.children(0):
        own = math.exp(rows(one, 3, ())[node.token])
        assert math.exp(node.log_prob) == pytest.approx((own + 1 / SIZE) / 2)


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: Mixture(()), "at least one"),
        (lambda: Mixture((Random(4), BOOK)), "same end"),
        (lambda: Mixture((BOOK, BOOK), (1.0,)), "2, not 1"),
        (lambda: Mixture((BOOK, BOOK), (0.5, 0.6)), "not to 1.1"),
        (lambda: Mixture((BOOK, BOOK), (0.5, -0.5), of="log-probabilities"), "greater than 0"),
        (lambda: Mixture((BOOK, BOOK), (math.inf, 1.0)), "finite"),
        (lambda: decode(Mixture((Random(4), Random(5))), 1, max_length=3), "4, 5"),
        (lambda: constrain(BOOK, 3), "not a int"),
        (lambda: constrain(BOOK, BannedTokens((-1,))), "negative"),
        (lambda: constrain(BOOK, NoRepeatedNgram(0)), "not 0"),
        (lambda: decode(constrain(BOOK, BannedTokens((4,))), None), "0 to 3"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(make, part):
    with pytest.raises(ExplorerError, match=part):
        make()
