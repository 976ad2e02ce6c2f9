"""The parts of the analysis, each against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from explorer.errors import ExplorerError
from explorer.unit_analysis.corpus import Corpus
from explorer.unit_analysis.passages import passages_of, passages_of_pairs
from explorer.unit_analysis.ranking_labels import LabelRanks
from explorer.unit_analysis.resampling import mean_intervals
from explorer.unit_analysis.shifts import holm, p_values, shift_sums
from explorer.unit_analysis.tables import Bins, auc, correlation, tables
from explorer.unit_analysis.two_tokens import Counting, pair_sums


@given(st.text(alphabet="ab \n", max_size=3000), st.integers(1, 200))
def test_passages_are_the_text(text, length):
    passages = list(passages_of([text], length=length))
    assert "".join(one.pieces[0].content for one in passages) == text
    for one in passages:
        (piece,) = one.pieces
        assert text[piece.start :].startswith(piece.content)
        assert 0 < len(piece.content) <= 5 * length + text.count("\n") + 4 * length


@given(st.lists(st.text(alphabet="ab\n", min_size=1, max_size=400), max_size=6))
def test_no_passage_is_both_chosen_by_and_measured_on(texts):
    corpus = Corpus(tuple(texts), length=20)
    both = [
        {(p.text, p.start) for one in part() for p in one.pieces}
        for part in (corpus.chosen_by, corpus.measured_on)
    ]
    assert not both[0] & both[1]
    content = "".join(
        p.content
        for p in sorted(
            (p for one in corpus.everything() for p in one.pieces), key=lambda p: (p.text, p.start)
        )
    )
    assert content == "".join(texts)


def test_passages_end_where_paragraphs_do():
    text = "\n\n".join("x" * 60 for _ in range(9))
    assert {len(one.pieces[0].content) % 62 for one in passages_of([text], length=100)} <= {0, 60}


def test_sentence_pairs_keep_their_numbers():
    passages = list(passages_of_pairs(["a\tb", "", "c\td", "e\tf"], length=2))
    assert [[(p.text, p.content) for p in one.pieces] for one in passages] == [
        [(0, "a\tb"), (2, "c\td")],
        [(3, "e\tf")],
    ]


@pytest.mark.parametrize("seed", range(4))
def test_tables_give_rank_correlation_and_auc(seed):
    chance = np.random.default_rng(seed)
    values = np.cumsum(chance.normal(size=(3, 4000)), axis=1).astype(np.float32)
    number = np.round(values[0] / 4 + chance.normal(size=4000) * 3)
    number[chance.random(4000) < 0.2] = np.nan
    yes = (values[1] + 20 * chance.normal(size=4000) > 0).astype(float)
    yes[chance.random(4000) < 0.2] = np.nan
    labels = np.stack([number, yes])
    ranks = LabelRanks.of(("number", "yes"), labels)
    assert ranks.binary.tolist() == [False, True]
    ranked = ranks.ranked(labels)
    parts = [slice(0, 1500), slice(1500, 4000)]
    bins = Bins.of(values)
    table = sum(tables(bins.place(values[:, part]), ranked[:, part]) for part in parts)
    squares = np.nansum(ranked**2, axis=1)
    for row in range(3):
        known = ~np.isnan(number)
        expected = spearmanr(values[row][known], number[known]).statistic
        assert correlation(table[row, 0], squares[0]) == pytest.approx(expected, abs=0.003)
        ones, zeros = values[row][yes == 1], values[row][yes == 0]
        above = (ones[:, None] > zeros).mean() + (ones[:, None] == zeros).mean() / 2
        assert auc(table[row, 1]) == pytest.approx(above, abs=0.003)


def test_a_yes_or_no_that_becomes_a_number_is_refused():
    ranks = LabelRanks.of(("late",), np.array([[0.0, 1.0]]))
    with pytest.raises(ExplorerError, match="'late' was 0 or 1 at first"):
        ranks.ranked(np.array([[0.0, 2.0]]))


def test_a_label_or_series_that_never_varies_has_no_score():
    values = np.arange(50.0)[None].astype(np.float32)
    labels = np.stack([np.ones(50), np.full(50, np.nan), np.full(50, 2.0)])
    ranks = LabelRanks.of(("one", "none", "two"), labels)
    table = tables(Bins.of(values).place(values), ranks.ranked(labels))
    assert np.isnan(auc(table[0, :2])).all()
    assert np.isnan(correlation(table[0, 2], 0.0))
    flat = tables(Bins.of(0 * values).place(0 * values), np.arange(50.0)[None])
    assert np.isnan(correlation(flat[0, 0], (np.arange(50.0) ** 2).sum()))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0, 1, None])), min_size=1))
def test_two_tokens_say_the_mean_after_them_drawn_to_that_after_one(places):
    tokens = "".join(token for token, _ in places)
    values = np.array([[np.nan if value is None else value for _, value in places]])
    cut = len(tokens) // 2
    whole, halves = Counting(1), Counting(1)
    whole.add(pair_sums([tokens], values))
    assert np.isfinite(whole.fitted().predicted([tokens])).all()
    for part in ((slice(0, cut), tokens[:cut]), (slice(cut, None), tokens[cut:])):
        halves.add(pair_sums([part[1]], values[:, part[0]]))
    known = [v for v in values[0] if not np.isnan(v)]
    mean = sum(known) / max(1, len(known))
    assert halves.fitted().mean[0] == pytest.approx(mean)
    pairs = zip(("", *tokens), tokens, values[0], strict=False)
    after = [v for a, b, v in pairs if (a, b) == ("a", "b") and not np.isnan(v)]
    last = [v for b, v in zip(tokens, values[0], strict=True) if b == "b" and not np.isnan(v)]
    one = (sum(last) + mean) / (len(last) + 1)
    if "ab" in tokens:
        said = whole.fitted().predicted(["ab"])[0, 1]
        assert said == pytest.approx((sum(after) + one) / (len(after) + 1))


def test_shifted_sums_are_those_of_shifted_labels():
    chance = np.random.default_rng(0)
    series, labels = chance.normal(size=(2, 40)), chance.integers(0, 2, (2, 40)).astype(float)
    labels[0, :7] = np.nan
    sums = shift_sums(series, labels, draws=300, seed=(1, 2))
    shifts = [0, *np.random.default_rng((1, 2)).integers(0, 40, 300)]
    found = sums.correlations()
    for draw, shift in enumerate(shifts[:25]):
        for row in range(2):
            moved = np.roll(labels[row], shift)
            known = ~np.isnan(moved)
            expected = np.corrcoef(series[row][known], moved[known])[0, 1]
            assert found[row, draw] == pytest.approx(expected, abs=1e-9)


def test_p_values_of_what_has_nothing_to_do_with_each_other_are_spread_evenly():
    """Slow series beside slow labels: an ordinary test would call a third of them significant."""
    chance = np.random.default_rng(3)
    slow = chance.normal(size=(2, 200, 8, 400))
    for step in range(1, 400):
        slow[..., step] += 0.9 * slow[..., step - 1]
    sums = shift_sums(slow[0, :, 0], slow[1, :, 0], draws=400, seed=(0,))
    for n in range(1, 8):
        sums = sums + shift_sums(slow[0, :, n], slow[1, :, n], draws=400, seed=(n,))
    p = p_values(sums, np.ones(200))
    for share in (0.05, 0.2, 0.5):
        spread = np.sqrt(share * (1 - share) / 200)
        assert abs((p <= share).mean() - share) < 4 * spread


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_is_the_step_down_of_bonferroni(p):
    corrected, given_p = holm(np.array(p)), np.array(p)
    order = np.argsort(given_p, kind="stable")
    running = 0.0
    for rank, at in enumerate(order):
        running = min(1.0, max(running, (len(p) - rank) * given_p[at]))
        assert corrected[at] == pytest.approx(running)


def test_an_interval_of_a_mean_is_that_of_its_groups():
    chance = np.random.default_rng(0)
    totals, counts = chance.normal(5, 1, (400, 1)) * 3, np.full((400, 1), 3)
    low, high = mean_intervals(totals, counts, seed=0)[0]
    expected = 1.96 / np.sqrt(400)
    assert low < totals.sum() / counts.sum() < high
    assert (high - low) / 2 == pytest.approx(expected, rel=0.2)
    assert np.isnan(mean_intervals(totals[:1], counts[:1], seed=0)).all()
