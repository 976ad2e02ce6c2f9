"""The claims on bidirectional networks: measurements against references, verdicts by numbers."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from explorer.cloze.filler import Filler
from explorer.experiments import (
    both_directions,
    catalogue,
    forward_backward,
    gradient_chain,
    next_word,
    two_directions_cost,
)
from explorer.experiments.cost import kept_bytes
from explorer.markov.learning import Plan
from explorer.models.architecture import InfillArchitecture
from explorer.models.infill import Infill
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

TEXTS = [("we", "see", "a", "dog", "here", "."), ("a", "dog", "sings", "today", ".")]


@pytest.fixture(scope="module")
def filler() -> Filler:
    words = dict.fromkeys(word for text in TEXTS for word in text)
    vocabulary = Vocabulary((UNKNOWN, PAD, BOS, EOS, *words, "yesterday"))
    sizes = InfillArchitecture(
        cell="gru", vocabulary_size=len(vocabulary), hidden_size=6, embedding_size=4, reads="both"
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = Infill(sizes).eval().requires_grad_(False)
        nn.init.normal_(model.embedding.weight)
    return Filler(model, vocabulary)


def changed(name, table, **columns):
    """The shipped numbers with other columns in one table."""
    numbers = copy.deepcopy(dict(catalogue.shipped(name).numbers))
    numbers[table] = {**numbers[table], **columns}
    return numbers


def test_each_half_moves_on_its_own_side_of_the_changed_word_alone(filler):
    numbers = both_directions.movements(filler, TEXTS)
    for end, half in (("last", "backward"), ("first", "forward")):
        table = numbers[f"the {end} word changed"]
        for name, moved in zip(table["half"], table["moved"], strict=True):
            assert moved == (1.0 if name == half else 0.0)
    # the texts have 4 and 3 words beside the one that is changed; the mark does not count
    counts = {end: sum(numbers[f"the {end} word changed"]["count"]) for end in ("last", "first")}
    assert counts == dict.fromkeys(("last", "first"), 2 * (4 + 3))
    assert both_directions.judge(numbers | _farthest(numbers)).verdict == "holds"


def _farthest(numbers):
    """The two texts are too short for the last row that the sentence of the verdict names."""
    table = numbers["the last word changed"]
    row = {"half": "backward", "words away": 6, "moved": 1.0, "mean": 0.1, "sd": 0.0, "count": 1}
    return {"the last word changed": {name: [*table[name], row[name]] for name in table}}


def test_a_half_that_stays_or_one_that_moves_where_it_must_not_changes_the_verdict():
    last = catalogue.shipped("both-directions").numbers["the last word changed"]
    still = [0.9 if half == "backward" else 0.0 for half in last["half"]]
    leaking = [1.0] * len(last["half"])
    dead = [0.0] * len(last["half"])
    for moved, verdict in (
        (still, "holds in part"),
        (leaking, "holds in part"),
        (dead, "does not hold here"),
    ):
        numbers = changed("both-directions", "the last word changed", moved=moved)
        assert both_directions.judge(numbers).verdict == verdict


def test_networks_over_seeds_have_a_spread_and_the_truth_has_none():
    plan = Plan(updates=2, sequences=4, length=4, units=3, examined=5)
    table = forward_backward.over_seeds(plan, range(2))["KL, nats a place"]
    pairs = zip(table["network"], table["exact posterior"], table["sd"], strict=True)
    sd = {(network, posterior): spread for network, posterior, spread in pairs}
    assert sd["exact filtering", "smoothing"] == 0
    assert sd["both", "smoothing"] > 0
    assert set(table["count"]) == {2}


@pytest.mark.parametrize(
    ("both", "forward", "apart", "sd", "verdict"),
    [
        (0.01, 0.01, 0.07, 0.001, "holds"),
        (0.03, 0.01, 0.07, 0.001, "holds in part"),
        (0.01, 0.01, 0.03, 0.001, "holds in part"),
        (0.03, 0.03, 0.03, 0.001, "does not hold here"),
        (0.01, 0.01, 0.07, 0.01, "holds in part"),  # the first two intervals reach past 0.02
        (0.01, 0.01, 0.07, 0.03, "does not hold here"),
    ],
)
def test_the_verdict_on_kinship_follows_the_intervals(both, forward, apart, sd, verdict):
    given = {
        ("both", "smoothing"): both,
        ("forward", "filtering"): forward,
        ("forward", "smoothing"): apart,
    }
    table = catalogue.shipped("forward-backward").numbers["KL, nats a place"]
    pairs = zip(table["network"], table["exact posterior"], table["mean"], strict=True)
    means = [given.get((network, posterior), mean) for network, posterior, mean in pairs]
    spreads = [sd] * len(means)
    numbers = changed("forward-backward", "KL, nats a place", mean=means, sd=spreads)
    assert forward_backward.judge(numbers).verdict == verdict


def test_no_forward_network_was_nearer_to_smoothing_than_filtering_is():
    numbers = catalogue.shipped("forward-backward").numbers
    least = forward_backward.distance(numbers, "exact filtering", "smoothing").mean
    assert forward_backward.distance(numbers, "forward", "smoothing").low >= least


def test_perplexity_is_of_all_words_and_the_spread_of_sentences():
    paid = {("m", "w"): [[1.0, 3.0], [2.0], []]}
    table = next_word.perplexities(paid)
    assert table["perplexity"] == [pytest.approx(2.718281828**2)]
    assert (table["mean"], table["sd"], table["count"]) == ([2.0], [0.0], [2])


@pytest.mark.parametrize(
    ("both", "missing", "stopped", "spread", "verdict"),
    [
        (2.0, 9.0, 5.0, 0.1, "holds"),
        (4.5, 9.0, 5.0, 0.1, "holds in part"),  # both sides are of no use
        (2.0, 9.0, 4.3, 0.1, "holds in part"),  # e^0.3 is less than 1.5
        (4.5, 9.0, 4.3, 0.1, "does not hold here"),
        (4.5, 4.3, 9.0, 0.1, "does not hold here"),  # the kinder way is judged, whichever it is
        (2.0, 9.0, 4.6, 3.0, "holds in part"),  # e^0.6 is more, its interval begins lower
    ],
)
def test_the_verdict_on_the_misuse_takes_the_kinder_way(both, missing, stopped, spread, verdict):
    random, count = np.random.default_rng(0), 200
    costs = dict(zip(next_word.WAYS, (both, missing, stopped), strict=True))
    nats = {
        way: (cost + spread * random.normal(size=count)).tolist() for way, cost in costs.items()
    }
    table = {"words": [1] * count, **nats, next_word.FORWARD: [4.0] * count}
    judged = next_word.judge({"sentences": table})
    assert judged.verdict == verdict
    assert judged.values["sentences"] == str(count)


def test_a_sentence_costs_what_its_words_do_and_one_model_is_kept_once():
    paid = {
        (model, way): [[1.0 + k, 2.0], []]
        for model in next_word.MODELS
        for k, way in enumerate(next_word.WAYS)
    }
    table = next_word.by_sentence(paid)
    assert table == {
        "words": [2, 0],
        **{way: [3.0 + k, 0] for k, way in enumerate(next_word.WAYS)},
        next_word.FORWARD: [4.0, 0],
    }


def test_the_perplexities_of_the_page_are_those_of_the_judgement():
    numbers = catalogue.shipped("next-word").numbers
    rows = zip(*numbers["perplexity"].values(), strict=True)
    shown = {(model, way): perplexity for model, way, perplexity, *_spread in rows}
    table = {way: np.array(nats) for way, nats in numbers["sentences"].items()}
    for way in next_word.WAYS:
        assert next_word.perplexity(table, way) == pytest.approx(
            shown["bilstm-infill", way], rel=1e-4
        )


def test_what_a_layer_keeps_grows_with_directions_and_steps_and_leaves_weights_out():
    one, two = nn.LSTM(4, 8, batch_first=True), nn.LSTM(4, 8, batch_first=True, bidirectional=True)
    inputs = torch.randn(3, 40, 4)
    kept = kept_bytes
    assert kept(one, inputs) >= inputs.nbytes
    assert 1.5 < kept(two, inputs) / kept(one, inputs) < 2.1
    assert 1.8 < kept(one, torch.randn(3, 80, 4)) / kept(one, inputs) < 2.2


def test_the_third_layer_has_as_many_parameters_as_both_directions():
    layers = two_directions_cost.contenders()
    sizes = {n: sum(p.numel() for p in layer.parameters()) for n, layer in layers.items()}
    both = sizes[two_directions_cost.BOTH]
    assert sizes[two_directions_cost.PARAMETERS] == pytest.approx(both, rel=0.01)
    assert sizes[two_directions_cost.SIZE] == both / 2


@pytest.mark.parametrize(
    ("both", "like", "chain", "verdict"),
    [
        (2.0, 1.5, 32, "holds"),
        (2.0, 2.0, 32, "holds in part"),
        (2.0, 1.5, 16, "holds in part"),
        (1.0, 1.0, 16, "does not hold here"),
    ],
)
def test_times_are_ratios_round_by_round_and_chains_decide_with_them(both, like, chain, verdict):
    layers = two_directions_cost.contenders()
    names = [*layers]
    rounds = (1.0, 1.01, 0.99, 1.0)
    seconds = {
        names[0]: [both * busy for busy in (1, 2, 3, 1)],
        names[1]: [a * b for a, b in zip((1, 2, 3, 1), rounds, strict=True)],
        names[2]: [like * a * b for a, b in zip((1, 2, 3, 1), rounds, strict=True)],
    }
    cost = two_directions_cost.table(layers, seconds, dict.fromkeys(layers, 1000))
    assert cost["mean"] == pytest.approx([1, both, both / like], rel=1e-3)
    chains = {"layers": [1, 2], "one direction": [16, 16], "both directions": [chain, chain]}
    assert two_directions_cost.judge({"cost": cost, "chain": chains}).verdict == verdict


def test_a_gradient_goes_through_every_step_and_in_two_layers_of_both_through_twice_as_many():
    def chain(steps, layers, both):
        return gradient_chain.longest_chain(steps, layers, both=both)

    assert [chain(9, 1, both) for both in (False, True)] == [9, 9]
    assert [chain(9, 2, both) for both in (False, True)] == [10, 18]
