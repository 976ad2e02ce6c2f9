"""A gate taken away by weights is one held by a hand, and training leaves it where it is."""

import pytest
import torch
from torch import nn

from explorer.experiments.gate_alone import AWAY, GATES_OF, fresh, hold
from explorer.experiments.one_gate import judge
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.training.plan import Plan
from explorer.training.recall import Recall
from explorer.training.trainer import Trainer

from .numbers import with_changed


@pytest.mark.parametrize("gate", AWAY)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_gate_held_by_weights_is_one_held_by_a_hand(gate, value):
    gru, inputs = nn.GRU(4, 6), torch.randn(20, 3, 4)
    with torch.no_grad(), intervening(gru, Intervention(gate, value=value)):
        expected = gru(inputs)[0]
    hold(gru, gate, value)
    assert (trace(gru, inputs)[gate] == value).all()
    torch.testing.assert_close(gru(inputs)[0], expected, atol=1e-6, rtol=0)


@pytest.mark.parametrize("kind", GATES_OF)
def test_training_moves_the_gates_that_are_there_and_no_others(kind):
    task = Recall(8, epoch_steps=3, growth=10, examined=0, seed=0)
    with torch.random.fork_rng():
        model = fresh(kind, seed=0)
    before = {name: weight.clone() for name, weight in model.rnn.named_parameters()}
    trainer = Trainer(model, task, Plan(epochs=1, rate=5e-3))
    for step in range(3):
        trainer._update(task.batch(step), None)
    for name, weight in model.rnn.named_parameters():
        for gate, rows in {"reset": slice(0, 24), "update": slice(24, 48)}.items():
            moved = not torch.equal(weight[rows], before[name][rows])
            assert moved == (gate in GATES_OF[kind]), (name, gate)


def judged(alone, left, *, both=1.0, sd=0.001):
    """The verdict on made-up accuracies of the trained models and of the one deprived."""

    def trained(row):
        return {"mean": both if row["gates"] == "both" else alone, "sd": sd}

    numbers = with_changed("one-gate", "trained", trained)
    held = with_changed("one-gate", "held", lambda row: {"mean": left})["held"]
    return judge({**numbers, "held": held}).verdict


def test_the_verdict_follows_the_accuracies():
    assert judged(0.999, 0.3) == "holds"
    assert judged(0.999, 0.95) == judged(0.5, 0.3) == "holds in part"
    assert judged(0.5, 0.95) == "does not hold here"


def test_seeds_that_differ_much_and_few_questions_decide_nothing():
    assert judged(0.999, 0.3, sd=0.02) == "holds in part"
    assert judged(0.5, 0.89) == "does not hold here"  # the interval reaches beyond 0.9


def test_a_gate_alone_says_nothing_where_both_have_not_learned_either():
    assert judged(1.0, 0.95, both=0.5) == "does not hold here"
