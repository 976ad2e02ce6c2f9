import math

import pytest
import torch

from explorer.models.architecture import Architecture, Cell, Seq2SeqArchitecture
from explorer.models.card import Point
from explorer.models.language_model import LanguageModel
from explorer.models.seq2seq import Seq2Seq
from explorer.training.corpus import Corpus
from explorer.training.initialise import for_memory, for_text, for_translation
from explorer.training.plan import Plan
from explorer.training.streams import Streams
from explorer.training.trainer import DivergedError, Trainer, best

TEXT = "the time traveller " * 80


def a_trainer(*, seed: int = 0, epochs: int = 4, rate: float = 0.02) -> Trainer:
    torch.manual_seed(seed)
    task = Streams(Corpus(TEXT), 4, 20, seed)
    sizes = Architecture("gru", len(task.vocabulary), 12)
    model = LanguageModel(sizes, dropout=0.1)
    return Trainer(model, task, Plan(epochs=epochs, rate=rate))


def test_loss_and_score_fall() -> None:
    trainer = a_trainer()
    before = trainer.task.score(trainer.model.eval())
    while trainer.step < trainer.steps:
        trainer.epoch()
    assert trainer.curve[-1].loss < 0.5 * trainer.curve[0].loss
    assert trainer.curve[-1].score < 0.5 * before
    assert [point.step for point in trainer.curve] == [16, 32, 48, 64]


def test_the_same_seed_gives_the_same_weights_and_another_does_not() -> None:
    weights = []
    for seed in (1, 1, 2):
        trainer = a_trainer(seed=seed)
        trainer.epoch()
        weights.append(torch.cat([w.flatten() for w in trainer.model.state_dict().values()]))
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_the_best_weights_are_kept_not_the_last() -> None:
    trainer = a_trainer(rate=0.0)
    trainer.epoch()
    best = {name: w.clone() for name, w in trainer.model.state_dict().items()}
    with torch.no_grad():
        trainer.model.head.bias[0] += 20
    point = trainer.epoch()
    assert point.score > trainer.curve[0].score
    assert all(torch.equal(trainer.best[name], w) for name, w in best.items())


def test_of_equals_the_last_is_the_best() -> None:
    curve = [Point(step, 1.0, score) for step, score in ((1, 3.0), (2, 1.0), (3, 1.0), (4, 2.0))]
    assert best(curve).step == 3
    trainer = a_trainer(rate=0.0)
    trainer.epoch()
    trainer.model.rnn.weight_ih_l0.data[:, 0] += 1  # the unknown token, which the text never has
    trainer.epoch()
    assert trainer.curve[0].score == trainer.curve[1].score
    assert torch.equal(trainer.best["rnn.weight_ih_l0"], trainer.model.rnn.weight_ih_l0)


def test_the_last_epochs_are_averaged() -> None:
    trainer = a_trainer(epochs=4)
    trainer.plan = Plan(epochs=4, rate=0.02, average=3)
    ends = []
    while trainer.step < trainer.steps:
        trainer.epoch()
        ends.append({name: w.clone() for name, w in trainer.model.state_dict().items()})
        tail = ends[1:] or ends
        for name, mean in trainer.mean.items():
            torch.testing.assert_close(mean, torch.stack([end[name] for end in tail]).mean(0))
        assert trainer.curve[-1].score == pytest.approx(trainer._score(trainer.mean), abs=1e-5)
        for name, weights in trainer.model.state_dict().items():
            assert torch.equal(weights, ends[-1][name])


def test_the_rate_rises_and_falls_along_a_cosine() -> None:
    plan = Plan(epochs=1, rate=2.0, warmup=0.1)
    rates = [plan.learning_rate(step, 100) for step in range(100)]
    assert rates[0] == pytest.approx(0.2)
    assert max(rates) == rates[9] == rates[10] == pytest.approx(2.0)
    assert rates[55] == pytest.approx(1.0)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[99] < 0.001


def test_plain_descent_is_a_step_against_the_clipped_gradient() -> None:
    trainer = a_trainer()
    trainer.model.dropout.p = 0.0
    trainer.plan = Plan(epochs=1, rate=0.5, optimiser="sgd", clip=1e-3)
    trainer.optimiser = trainer.plan.optimise(trainer.model)
    before = {name: w.clone() for name, w in trainer.model.state_dict().items()}
    trainer._update(trainer.task.batch(0), None)
    moved = [w - before[name] for name, w in trainer.model.state_dict().items()]
    length = math.sqrt(sum(step.pow(2).sum().item() for step in moved))
    assert length == pytest.approx(0.5 * 1e-3, rel=1e-2)


def test_an_update_tells_the_loss_and_the_norm_of_the_whole_gradient() -> None:
    clipped, free = a_trainer(), a_trainer()
    clipped.plan = Plan(epochs=1, rate=0.5, optimiser="sgd", clip=1e-3)
    free.plan = Plan(epochs=1, rate=0.5, optimiser="sgd", clip=None)
    for trainer in (clipped, free):
        trainer.model.dropout.p = 0.0
        trainer.optimiser = trainer.plan.optimise(trainer.model)
    told = [next(trainer.updates()) for trainer in (clipped, free)]
    assert told[0] == pytest.approx(told[1])  # before clipping
    parts = [p.grad.pow(2).sum() for p in free.model.parameters()]
    assert told[1].norm == pytest.approx(torch.stack(parts).sum().sqrt().item())
    assert told[1].norm > 1e-3


def test_a_run_that_diverges_says_where_and_keeps_the_weights_before() -> None:
    trainer = a_trainer()
    trainer.plan = Plan(epochs=1, rate=1e38, optimiser="sgd", clip=None)
    trainer.optimiser = trainer.plan.optimise(trainer.model)
    seen: list[float] = []
    with pytest.raises(DivergedError, match=r"diverged at update \d+:") as caught:
        trainer.epoch(lambda update: seen.append(update.loss))
    assert 0 < caught.value.values["step"] == trainer.step == len(seen) < 16
    assert all(weights.isfinite().all() for weights in trainer.model.state_dict().values())


def test_only_matrices_decay() -> None:
    trainer = a_trainer()
    plan = Plan(epochs=1, rate=0.1, decay=0.5)
    optimiser = plan.optimise(trainer.model)
    before = {name: w.clone() for name, w in trainer.model.state_dict().items()}
    for parameter in trainer.model.parameters():
        parameter.grad = torch.zeros_like(parameter)
    optimiser.step()
    for name, after in trainer.model.state_dict().items():
        share = 1 - 0.1 * 0.5 if "weight" in name else 1.0
        torch.testing.assert_close(after, share * before[name])


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_gates_start_with_memories_up_to_the_longest(cell: Cell) -> None:
    torch.manual_seed(0)
    H = 500
    model = LanguageModel(Architecture(cell, 5, H, layers=2))
    for_memory(model, longest=200)
    for layer in range(2):
        bias = getattr(model.rnn, f"bias_ih_l{layer}").detach()
        assert not getattr(model.rnn, f"bias_hh_l{layer}").any()
        held = torch.sigmoid(bias[H : 2 * H])  # the share of the old state that is kept
        steps = 1 / (1 - held)  # u + 1: uniform from 2 to 200
        assert steps.min() >= 2
        assert steps.max() <= 200
        assert steps.mean().item() == pytest.approx(101, rel=0.1)
        if cell == "lstm":
            assert torch.equal(bias[:H], -bias[H : 2 * H])


def test_a_plain_network_starts_orthogonal() -> None:
    model = LanguageModel(Architecture("rnn", 5, 9))
    for_memory(model, longest=200)
    W = model.rnn.weight_hh_l0.detach()
    torch.testing.assert_close(W @ W.T, torch.eye(9))


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_network_for_text_starts_orthogonal_in_every_gate(cell: Cell) -> None:
    H = 9
    model = LanguageModel(Architecture(cell, 200, H, layers=2))
    for_text(model)
    assert model.rnn.weight_ih_l0.std().item() == pytest.approx(0.7, rel=0.1)
    for layer in range(2):
        for W in getattr(model.rnn, f"weight_hh_l{layer}").detach().split(H):
            torch.testing.assert_close(W @ W.T, torch.eye(H))
        ones = getattr(model.rnn, f"bias_ih_l{layer}") == 1
        assert ones.sum() == (H if cell == "lstm" else 0)
        assert cell != "lstm" or ones[H : 2 * H].all()


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_encoder_and_decoder_start_orthogonal_in_every_gate(cell: Cell) -> None:
    H = 9
    sizes = Seq2SeqArchitecture(cell, 300, H, 2, source_size=200, embedding_size=20)
    model = Seq2Seq(sizes)
    for_translation(model)
    assert model.source_embedding.weight.std().item() == pytest.approx(0.7, rel=0.1)
    assert model.target_embedding.weight.std().item() == pytest.approx(0.3, rel=0.1)
    for rnn in (model.encoder, model.decoder):
        for layer in range(2):
            for W in getattr(rnn, f"weight_hh_l{layer}").detach().split(H):
                torch.testing.assert_close(W @ W.T, torch.eye(H))
            assert (getattr(rnn, f"bias_ih_l{layer}") == 1).sum() == (H if cell == "lstm" else 0)
