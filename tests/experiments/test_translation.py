"""The experiments of sections 9.5 to 9.8: verdicts that come out each way, and what is counted."""

import copy
import math

import numpy as np
import pytest

import explorer
from explorer.experiments import (
    any_length,
    beam_trade_off,
    bleu_order,
    catalogue,
    one_shape,
    rare_words,
)
from explorer.experiments.one_shape import LONG, SHORT
from explorer.experiments.tables import columns
from explorer.search.text_search import translation_search
from explorer.seq2seq.translator import Translator


def changed(name, table, column, value, where):
    """The shipped numbers, with one column set to ``value`` where a row is chosen."""
    numbers = copy.deepcopy(catalogue.shipped(name).numbers)
    columns = numbers[table]
    for place in range(len(columns[column])):
        if where({title: values[place] for title, values in columns.items()}):
            columns[column][place] = value
    return numbers


@pytest.mark.parametrize(
    ("words", "lost", "verdict"),
    [
        (10_000, 0.01, "holds"),
        (1_000, 0.01, "holds in part"),
        (10_000, 0.1, "holds in part"),
        (1_000, 0.1, "does not hold here"),
    ],
)
def test_words_must_be_far_more_than_characters_and_cheap_to_cut(words, lost, verdict):
    numbers = changed("rare-words", "kinds", "kinds", words, lambda row: row["tokens"] == "word")
    numbers["rare words"]["lost"] = [lost] * len(numbers["rare words"]["lost"])
    assert rare_words.judge(numbers).verdict == verdict


def test_rare_words_are_counted_anew_as_they_were():
    assert rare_words.measure(lambda share: None) == catalogue.shipped("rare-words").numbers


def shapes(sizes=(896.0, 896.0), *, lost=20.0, costs=0.3):
    """Numbers of two models: sizes of states, and what long sentences lose and cost."""
    both = [(model, words) for model in one_shape.MODELS for words in (SHORT, LONG)]
    state = {"mean": [*sizes, 1504.0, 1504.0], "sd": [0.0] * 4}

    def table(of):
        means = [of[words] for _model, words in both]
        names = {"model": [m for m, _ in both], "words": [w for _, w in both]}
        return {**names, "mean": means, "sd": [of["sd"]] * 4, "count": [90] * 4}

    return {
        "numbers in the state": state,
        one_shape.BLEU: table({SHORT: 50.0, LONG: 50.0 - lost, "sd": 30.0}),
        one_shape.NATS: table({SHORT: 0.2, LONG: 0.2 + costs, "sd": 0.1}),
    }


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        (shapes(), "holds"),
        (shapes(lost=5.0), "holds in part"),  # within the interval
        (shapes(lost=5.0, costs=-0.1), "does not hold here"),
        (shapes((896.0, 900.0)), "does not hold here"),
    ],
)
def test_long_sentences_must_pay_for_one_shape(numbers, verdict):
    assert one_shape.judge(numbers).verdict == verdict


@pytest.mark.parametrize(
    ("won", "every", "verdict"),
    [(20, 50.0, "holds"), (2, 50.0, "holds in part"), (2, 3.0, "does not hold here")],
)
def test_a_beam_must_find_more_and_cost_less(won, every, verdict):
    widths = [*beam_trade_off.WIDTHS, "exact", "exhaustive"]
    costs = {"width": widths, "mean": [4.0, 4.3, 4.7, 5.0, 5.3, 5.1, every]}
    hits = {"width": widths, "mean": [0.8, 0.9, 0.95, 0.97, 0.98, 1.0, 1.0], "count": [100] * 7}
    numbers = {
        beam_trade_off.FOUND: hits,
        beam_trade_off.COST: costs,
        "beside greedy": {"width": [5], "this alone": [won], "greedy alone": [1]},
        "tried": {"sentences": [120]},
    }
    assert beam_trade_off.judge(numbers).verdict == verdict


def test_wins_over_greedy_search_are_counted_both_ways():
    def search(greedy, five):
        return [
            {"width": w, beam_trade_off.FOUND: float(five)} for w in beam_trade_off.WIDTHS[1:]
        ] + [{"width": 1, beam_trade_off.FOUND: float(greedy)}]

    counted = beam_trade_off.beside_greedy([search(0, 1), search(0, 1), search(1, 0), search(1, 1)])
    assert (counted["this alone"][0], counted["greedy alone"][0]) == (2, 1)


def lengths(output, *, ended=1, count=100):
    rows = [
        {"model": model, "source": 8, "output": output + n % 2, "reference": 11, "ended": ended}
        for model in any_length.MODELS
        for n in range(count)
    ]
    return {"lengths": columns(rows)}


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        (lengths(10), "holds"),
        (lengths(10, ended=0), "holds in part"),
        (lengths(10, count=20), "holds in part"),  # that so few end may be chance
        (lengths(7), "holds in part"),  # they end, but no nearer than the source is
        (lengths(7, ended=0), "does not hold here"),
    ],
)
def test_outputs_must_end_and_come_nearer_to_the_reference(numbers, verdict):
    assert any_length.judge(numbers).verdict == verdict


def scores(bleu, chrf):
    """Scores of forty sentences by two models."""
    models = ["one"] * 40 + ["other"] * 40
    return {"scores": {"model": models, "BLEU": [*bleu], "chrF": [*chrf]}}


def test_two_measures_must_rise_together_and_prefer_the_same():
    random = np.random.default_rng(0)
    bleu = random.uniform(0, 0.9, 80)
    assert bleu_order.judge(scores(bleu, 100 * bleu)).verdict == "holds"
    assert bleu_order.judge(scores(bleu, -bleu)).verdict == "does not hold here"
    assert bleu_order.judge(scores(bleu, random.permutation(bleu))).verdict == "does not hold here"
    shifted = np.sort(bleu).reshape(40, 2).T.ravel()  # pairs of near scores, the second higher
    swapped = np.sort(bleu).reshape(40, 2)[:, ::-1].T.ravel()  # the same order but within pairs
    assert bleu_order.judge(scores(shifted, swapped)).verdict == "holds in part"


def test_preferences_are_of_sentences_on_which_both_measures_have_one():
    found = bleu_order.preferences(
        np.array([[1, 1], [2, 1], [1, 1], [2, 2], [1, 2], [1, 1]], float)
    )
    assert found.tolist() == [1.0, 0.0]


def test_a_sentence_is_measured_against_what_is_proved():
    asked = translation_search(Translator.of(*explorer.load("en-fr-gru")), "I wait.")
    rows = {row["width"]: row for row in beam_trade_off._searched(asked)}
    narrow, wide, exact = (rows[width][beam_trade_off.BELOW] for width in (1, 20, "exact"))
    assert exact == 0.0  # the best is itself, not a second computation of it
    assert 0.0 <= wide <= narrow + 1e-4  # sums of the same tokens, rounded by who shares a batch
    every = asked.max_length * math.log10(len(asked.vocabulary))
    assert rows["exhaustive"][beam_trade_off.COST] == pytest.approx(every)
    assert rows["exact"][beam_trade_off.COST] < every
