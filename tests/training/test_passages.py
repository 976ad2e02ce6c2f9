from random import Random

import pytest
import torch
from torch.nn.functional import cross_entropy

from explorer.models.architecture import Architecture
from explorer.models.card import Precision
from explorer.models.language_model import EmbeddedLanguageModel
from explorer.training.passages import UNKNOWN_SINGLES, Passages
from explorer.training.plan import Plan
from explorer.training.precision import available
from explorer.training.trainer import Trainer

COMMON = "天地玄黄宇宙洪荒日月盈昃"
RARE = "".join(map(chr, range(0x5000, 0x5000 + 200)))  # each of them once


def a_text() -> str:
    """Common characters, every next one decided by the one before, and a rare one a line."""
    chance = Random(0)
    lines = []
    for rare in RARE:
        place = chance.randrange(len(COMMON))
        turned = COMMON[place:] + COMMON[:place]
        lines.append(f"{turned}{rare}，\n")
    return "".join(lines)


def a_task(*, seed: int = 0, precision: Precision = "float32") -> Passages:
    return Passages(a_text(), 4, 16, precision, seed)


def a_model(task: Passages) -> EmbeddedLanguageModel:
    torch.manual_seed(0)
    sizes = Architecture("gru", len(task.vocabulary), 24, embedding_size=16)
    return EmbeddedLanguageModel(sizes).eval()


def test_every_character_of_the_training_part_is_known_and_others_are_not() -> None:
    task = a_task()
    assert 0 not in task.training
    assert set(task.vocabulary.tokens[1:]) > {*COMMON, "，", "\n"}
    unknown = [text[text == 0] for text in (*task.validation, *task.test)]
    assert sum(map(len, unknown)) == 20  # a rare character in each of as many lines held out


def test_single_characters_are_unknown_by_turns_and_others_never() -> None:
    task, shares = a_task(), []
    for step in range(2 * task.epoch_steps):
        batch = task.batch(step)
        shares.append((batch.inputs == 0).float().mean().item())
        again = task.batch(step)
        assert torch.equal(batch.inputs, again.inputs)
        assert torch.equal(batch.targets, again.targets)
        assert torch.equal(batch.inputs[:, 1:], batch.targets[:, :-1])
    singles = (torch.bincount(task.training)[task.training] == 1).float().mean().item()
    assert sum(shares) / len(shares) == pytest.approx(UNKNOWN_SINGLES * singles, rel=0.2)
    kept = torch.cat([a_task(seed=seed).batch(0).inputs[0] for seed in (0, 1)])
    assert set(kept.tolist()) >= {0, *task.vocabulary.encode(COMMON)}


def test_the_loss_is_the_cross_entropy_of_the_models_own_scores() -> None:
    task = a_task()
    model, batch = a_model(task), task.batch(0)
    loss, state = task.loss(model, batch, None)
    logits, expected = model(batch.inputs)
    torch.testing.assert_close(loss, cross_entropy(logits.flatten(0, 1), batch.targets.flatten()))
    torch.testing.assert_close(state, expected)
    low, _ = a_task(precision=available("cpu", mixed=True)).loss(model, batch, None)
    assert low.item() == pytest.approx(loss.item(), rel=0.02)


def test_a_model_learns_and_is_measured_beside_n_grams() -> None:
    task = a_task()
    model = a_model(task)
    trainer = Trainer(model, task, Plan(epochs=8, rate=0.02))
    for _ in range(trainer.plan.epochs):
        trainer.epoch()
    figures = task.figures(model.eval())
    bits = figures["test bits per character of n-grams, interpolated Kneser–Ney"]
    assert isinstance(bits, dict)
    assert list(bits) == ["1", "2", "3", "4"]
    assert bits["2"] < 0.6 * bits["1"]
    assert figures["test bits per character"] < 0.8 * bits["1"]
    assert figures["unknown characters, share"] == pytest.approx(1 / 15, abs=1e-3)
