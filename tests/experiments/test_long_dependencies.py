"""Learning what lies long ago: the adding problem as it is written, and a rule that can fail."""

import pytest
import torch

from explorer.experiments import long_dependencies
from explorer.experiments.tables import columns
from explorer.models.card import Data
from explorer.training import adding
from explorer.training.plan import Plan
from explorer.training.recall import Recall
from explorer.training.recipes import RECIPES


def test_two_numbers_are_marked_one_in_each_half_and_their_sum_is_asked():
    inputs, sums = adding.examples(3, 50, 20)
    marks = inputs[..., 1]
    assert (marks[:, :10].sum(1) == 1).all()
    assert (marks[:, 10:].sum(1) == 1).all()
    torch.testing.assert_close(sums, (inputs[..., 0] * marks).sum(1))
    assert pytest.approx(float(adding.examples(0, 20_000, 4)[1].var()), rel=0.03) == adding.GUESSING
    assert torch.equal(adding.examples(3, 50, 20)[0], inputs)


def test_a_short_sum_is_soon_learned():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = adding.Adder("gru", 16)
    told = []
    plan = Plan(epochs=1, rate=1e-2)
    adding.learn(model, plan, seed=0, steps=4, batch=64, updates=200, tick=told.append)
    assert told == list(range(1, 201))
    assert adding.error(model, seed=0, count=500, steps=4) < adding.GUESSING / 2


def test_lags_that_do_not_grow_are_long_from_the_first_update():
    def longest(growth):
        task = Recall(16, epoch_steps=5, growth=growth, examined=0, seed=0)
        return max(task.batch(step).inputs.shape[1] for step in range(12))

    assert longest(6000) < 60 < longest(0)


@pytest.mark.parametrize("cell", long_dependencies.CELLS)
def test_the_common_start_is_pytorchs_own_and_alike_for_all(cell):
    recipe = RECIPES[f"{cell}-recall-common"]
    assert (recipe.start, recipe.reading.growth) == ("torch", 0)
    assert recipe.plan == RECIPES["gru-recall-common"].plan
    assert recipe.plan.epochs * recipe.reading.epoch_steps == long_dependencies.UPDATES
    assert isinstance(recipe.data, Data)


def ends(plain, gated, errors=(0.17, 0.01)):
    """Where five seeds ended: accuracies of a plain and a gated one, errors of the adding one."""
    rows = []
    for task in (*long_dependencies.ASKED, long_dependencies.ADDING):
        for cell in long_dependencies.CELLS:
            values = (plain, gated) if task != long_dependencies.ADDING else errors
            value = values[cell != "rnn"]
            several = value if isinstance(value, list) else [value] * 5
            rows += [
                {"task": task, "cell": cell, "seed": s, "value": v} for s, v in enumerate(several)
            ]
    return {"ends": columns(rows)}


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        (ends(0.3, 0.99), "holds"),
        (ends([0.2, 0.99, 0.3, 0.2, 0.2], 0.99), "holds in part"),  # one plain seed learns it, too
        (ends(0.3, [0.99, 0.99, 0.99, 0.99, 0.2]), "holds in part"),
        (ends(0.3, 0.99, errors=(0.17, 0.17)), "holds in part"),
        (ends(0.99, 0.99, errors=(0.17, 0.17)), "does not hold here"),
        (ends(0.99, 0.3, errors=(0.01, 0.17)), "does not hold here"),
    ],
)
def test_the_worst_gated_seed_must_beat_the_best_plain_one(numbers, verdict):
    assert long_dependencies.judge(numbers).verdict == verdict
