import math
from collections import Counter
from random import Random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.text import recall
from explorer.training import corpus
from explorer.training.corpus import Corpus
from explorer.training.recall import Recall, accuracy, answers, if_asked
from explorer.training.streams import Streams
from explorer.training.windows import Windows

TEXT = "".join(chr(97 + n * n % 23) for n in range(1000)) + "Z" + "xyz" * 40


def uniform(size: int) -> LanguageModel:
    """A model that gives every token the same probability."""
    model = LanguageModel(Architecture("gru", size, 3)).eval()
    return model.requires_grad_(False).apply(lambda m: [p.zero_() for p in m.parameters()])


def test_a_corpus_holds_its_last_tenth_out_and_trains_the_unknown_token() -> None:
    whole = Corpus(TEXT)
    assert len(whole.held_out) == round(len(TEXT) / 10)
    assert len(whole.training) + len(whole.held_out) == len(TEXT)
    seen = Counter(TEXT[: len(whole.training)])
    assert seen["Z"] == 1
    assert "Z" not in whole.vocabulary
    assert (whole.training == 0).sum() == sum(n for n in seen.values() if n == 1)


def test_bits_per_character_of_a_uniform_guess_are_the_logarithm_of_the_vocabulary() -> None:
    whole = Corpus(TEXT)
    size = len(whole.vocabulary)
    assert whole.bits_per_character(uniform(size)) == pytest.approx(math.log2(size), rel=1e-6)


def test_held_out_state_is_carried_over_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Corpus(TEXT)
    model = LanguageModel(Architecture("lstm", len(whole.vocabulary), 5)).eval()
    at_once = whole.bits_per_character(model)
    monkeypatch.setattr(corpus, "CHUNK", 7)
    assert whole.bits_per_character(model) == pytest.approx(at_once, rel=1e-5)


@given(st.integers(1, 6), st.integers(1, 30), st.integers(0, 9), st.integers(0, 3))
def test_streams_go_on_where_they_stopped(streams: int, window: int, seed: int, epoch: int) -> None:
    task = Streams(Corpus(TEXT), streams, window, seed)
    first = epoch * task.epoch_steps
    batches = [task.batch(step) for step in range(first, first + task.epoch_steps)]
    assert [batch.follows for batch in batches] == [False] + [True] * (len(batches) - 1)
    inputs = torch.cat([batch.inputs for batch in batches], 1)  # (B, span)
    targets = torch.cat([batch.targets for batch in batches], 1)
    assert torch.equal(inputs[:, 1:], targets[:, :-1])
    assert torch.equal(inputs[1:, 0], targets[:-1, -1])
    training = "".join(map(chr, task.corpus.training.tolist()))
    assert "".join(map(chr, inputs.flatten().tolist())) in training
    assert all(batch.weights.sum().item() == pytest.approx(1) for batch in batches)


@given(st.integers(1, 6), st.integers(1, 30), st.integers(0, 9), st.integers(0, 99))
def test_windows_come_from_the_training_part(
    windows: int, window: int, seed: int, step: int
) -> None:
    task = Windows(Corpus(TEXT), windows, window, 3, seed)
    batch = task.batch(step)
    assert not batch.follows
    assert batch.inputs.shape == (windows, window)
    training = "".join(map(chr, task.corpus.training.tolist()))
    for inputs, targets in zip(batch.inputs.tolist(), batch.targets.tolist(), strict=True):
        assert "".join(map(chr, [*inputs, targets[-1]])) in training
        assert inputs[1:] == targets[:-1]


@pytest.mark.parametrize(
    "task",
    [Streams(Corpus(TEXT), 3, 20, 1), Windows(Corpus(TEXT), 3, 20, 5, 1), Recall(8, 5, 100, 9, 1)],
)
def test_a_batch_is_decided_by_its_step(task: Streams | Windows | Recall) -> None:
    again, other = task.batch(7), task.batch(task.epoch_steps + 8)
    for one, same in zip(task.batch(7)[:3], again[:3], strict=True):
        assert torch.equal(one, same)
    assert again.inputs.shape != other.inputs.shape or not torch.equal(again.inputs, other.inputs)


def test_recall_batches_count_answers_most_and_padding_not_at_all() -> None:
    task = Recall(40, 5, 100, 9, seed=0)
    batch = task.batch(200)
    tokens = recall.VOCABULARY.tokens
    counted = {1.0: 0.0, 0.05: 0.0, 0.0: 0.0}
    for inputs, targets, weights in zip(*(part.tolist() for part in batch[:3]), strict=True):
        text = "".join(tokens[n] if n else recall.STRANGER for n in inputs)
        for place, weight in enumerate(weights):
            asked = tokens[inputs[place]] == "?"
            counted[1.0 if asked else 0.05] += weight
            if asked:
                assert tokens[targets[place]] == recall.answer(text[:place])
    assert counted[1.0] == pytest.approx(1, abs=1e-5)
    assert counted[0.05] == pytest.approx(0.05, abs=1e-5)
    lengths = (batch.weights > 0).sum(1)
    assert lengths.min() < batch.inputs.shape[1] == lengths.max()


def test_the_lags_grow_with_training() -> None:
    task = Recall(4, 5, 1000, 9, seed=0)
    early = max(task.batch(step).inputs.shape[1] for step in range(20))
    late = max(task.batch(step).inputs.shape[1] for step in range(1000, 1020))
    assert early < 80 < late


def oracle(model: LanguageModel, texts: list[str]) -> list[str]:
    return [recall.answer(text) for text in texts]


def test_accuracy_counts_right_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    model = uniform(len(recall.VOCABULARY))
    model.head.bias[recall.VOCABULARY.encode("A")[0]] = 1.0
    assert answers(model, ["?", "!Bab?"]) == ["A", "A"]
    assert 0.15 < accuracy(model, "recall", 20, texts=400) < 0.35
    monkeypatch.setattr("explorer.training.recall.answers", oracle)
    assert accuracy(model, "recall", 20, texts=400) == 1


def test_answers_do_not_depend_on_the_company() -> None:
    torch.manual_seed(0)
    model = LanguageModel(Architecture("gru", len(recall.VOCABULARY), 9)).eval()
    texts = [recall.free(Random(n), 3 * n) + "?" for n in range(9)]
    assert answers(model, texts) == [answers(model, [text])[0] for text in texts]


def test_a_question_on_the_side_is_answered_as_if_the_text_ended_there() -> None:
    torch.manual_seed(3)
    model = (
        LanguageModel(Architecture("lstm", len(recall.VOCABULARY), 9)).eval().requires_grad_(False)
    )
    text = "ab!Bc(!D)d|e!A"
    found = if_asked(model, text)
    assert len(found) == len(text)
    for end, p in enumerate(found, 1):
        asked = torch.tensor([recall.VOCABULARY.encode(f"{text[:end]}?")])
        right = recall.VOCABULARY.encode([recall.answer(text[:end])])[0]
        assert p == pytest.approx(float(model(asked)[0][0, -1].softmax(-1)[right]), abs=1e-6)
