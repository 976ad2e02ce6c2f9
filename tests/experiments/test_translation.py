"""The experiments of sections 9.5 to 9.8: verdicts that come out each way, and what is counted."""

import copy
import math

import pytest

import explorer
from explorer.experiments import (
    beam_trade_off,
    catalogue,
    masked_loss,
    one_shape,
    rare_words,
)
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
    ("dropped", "lost", "verdict"),
    [
        (0.6, 0.01, "holds"),
        (0.4, 0.01, "holds in part"),
        (0.6, 0.1, "holds in part"),
        (0.4, 0.1, "does not hold here"),
    ],
)
def test_rare_words_must_be_most_and_cost_little(dropped, lost, verdict):
    numbers = changed("rare-words", "rare words", "dropped", dropped, lambda row: True)
    numbers["rare words"]["lost"] = [lost] * len(numbers["rare words"]["lost"])
    assert rare_words.judge(numbers).verdict == verdict


def test_rare_words_are_counted_anew_as_they_were():
    assert rare_words.measure(lambda share: None) == catalogue.shipped("rare-words").numbers


def test_one_state_of_another_size_is_noticed():
    numbers = changed(
        "one-shape", "numbers in the state", "mean", 7.0, lambda row: row["words"] == "5–6"
    )
    assert one_shape.judge(numbers).verdict == "does not hold here"


@pytest.mark.parametrize(
    ("counted", "read", "verdict"),
    [(3.0, 2.0, "holds"), (3.0, 1.0, "holds in part"), (1.0, 1.05, "does not hold here")],
)
def test_padding_matters_as_far_as_it_moves_the_loss(counted, read, verdict):
    values = {"masked": 1.0, "padding counted": counted, "padding read": read}
    numbers = copy.deepcopy(catalogue.shipped("masked-loss").numbers)
    table = numbers["loss, nats a token"]
    table["mean"] = [values[loss] for loss in table["loss"]]
    assert masked_loss.judge(numbers).verdict == verdict


@pytest.mark.parametrize(
    ("width", "hits", "verdict"),
    [(20, 1.0, "holds"), (20, 0.9, "holds in part"), (20, 0.1, "does not hold here")],
)
def test_wider_beams_must_find_more(width, hits, verdict):
    numbers = changed(
        "beam-trade-off", "found the best", "mean", hits, lambda row: row["width"] == width
    )
    assert beam_trade_off.judge(numbers).verdict == verdict


def test_a_sentence_is_measured_against_what_is_proved():
    asked = translation_search(Translator.of(*explorer.load("en-fr-gru")), "I wait.")
    rows = {row["width"]: row for row in beam_trade_off._searched(asked)}
    narrow, wide, exact = (rows[width]["nats below the best"] for width in (1, 20, "exact"))
    assert exact == 0.0  # the best is itself, not a second computation of it
    assert 0.0 <= wide <= narrow + 1e-4  # sums of the same tokens, rounded by who shares a batch
    every = asked.max_length * math.log10(len(asked.vocabulary))
    assert rows["exhaustive"]["log10 of continuations"] == pytest.approx(every)
    assert rows["exact"]["log10 of continuations"] < every
