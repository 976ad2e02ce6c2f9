"""Runs to be watched: the trainer's own numbers, the same for the same seed, in any company."""

from dataclasses import replace

import pytest
import torch

from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.training.corpus import Corpus
from explorer.training.laboratory import Run, prepare, race
from explorer.training.plan import Plan
from explorer.training.setting import Setting
from explorer.training.trainer import Trainer
from explorer.training.windows import Windows

TASK = Windows(Corpus("the time traveller came late. " * 30), 4, 12, 5, seed=0)
SETTING = Setting("gru", 2, 8, "sgd", rate=1.0, clip=1.0, start="torch")


def a_run(setting: Setting = SETTING, *, epochs: int = 2, seed: int = 0) -> Run:
    return prepare(setting, TASK, epochs=epochs, seed=seed)


def test_a_run_is_the_trainers_own() -> None:
    run = a_run()
    race([run])
    torch.manual_seed(0)
    model = LanguageModel(Architecture("gru", len(TASK.vocabulary), 8, 2))
    trainer = Trainer(model, TASK, Plan(epochs=2, rate=1.0, optimiser="sgd", clip=1.0))
    told = []
    for _ in range(2):
        trainer.epoch(told.append)
    assert run.updates == told
    assert len(told) == 10
    for name, weights in model.state_dict().items():
        assert torch.equal(weights, run.trainer.model.state_dict()[name])


def test_a_seed_decides_a_run_whatever_runs_beside_it() -> None:
    alone, other = a_run(), a_run(seed=1)
    race([alone])
    beside = a_run()
    race([beside, other])
    assert beside.updates == alone.updates
    assert other.updates != alone.updates


def test_chance_outside_is_left_as_it_was() -> None:
    before = torch.get_rng_state()
    race([a_run()])
    assert torch.equal(torch.get_rng_state(), before)


def test_stopping_keeps_what_was_computed() -> None:
    whole, part = a_run(), a_run()
    race([whole])
    race([part], stop=lambda: len(part.updates) == 7)
    assert part.updates == whole.updates[:7]
    assert not part.done
    race([part])  # and it could go on
    assert part.updates == whole.updates


def test_a_run_that_diverges_names_its_update_and_the_other_goes_on() -> None:
    wild, tame = a_run(replace(SETTING, rate=1e38, clip=None)), a_run()
    race([wild, tame])
    assert wild.done
    assert wild.diverged is not None
    assert 0 < wild.diverged.values["step"] == len(wild.updates) < 10
    assert len(tame.updates) == 10
    assert tame.diverged is None


@pytest.mark.parametrize("start", ["torch", "text", "memory"])
def test_every_start_learns(start) -> None:
    run = a_run(replace(SETTING, start=start, optimiser="adamw", rate=0.02), epochs=20)
    race([run])
    losses = [update.loss for update in run.updates]
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])
