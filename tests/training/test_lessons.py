"""What a short run can learn: texts long enough, and the recall language at short lags."""

import pytest

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture
from explorer.models.language_model import LanguageModel
from explorer.text.limits import LEARNABLE
from explorer.text.sentences import english_text
from explorer.training.lessons import EXAMINED_LAG, recall_lesson, text_lesson


def test_a_text_that_is_too_short_is_said_and_the_shortest_is_learned_from() -> None:
    text = english_text()
    with pytest.raises(ExplorerError, match=rf"{LEARNABLE - 1} characters.*at least {LEARNABLE}"):
        text_lesson(text[: LEARNABLE - 1], updates=3)
    lesson = text_lesson(text[:LEARNABLE], updates=3)
    assert lesson.task.epoch_steps == 3
    model = LanguageModel(Architecture("gru", len(lesson.task.vocabulary), 4))
    assert lesson.examine(model) > 0
    loss, _ = lesson.task.loss(model, lesson.task.batch(0), None)
    assert loss.item() > 0
    assert lesson.guessing is not None
    assert lesson.guessing.pair < lesson.guessing.frequency < lesson.guessing.uniform


def test_the_recall_lesson_has_short_lags_and_shares_as_its_mark() -> None:
    lesson = recall_lesson(updates=200)
    longest = max(lesson.task.batch(step).inputs.shape[1] for step in (0, 100, 199))
    assert longest < 90
    assert EXAMINED_LAG <= 12
    model = LanguageModel(Architecture("rnn", len(lesson.task.vocabulary), 4))
    assert 0 <= lesson.examine(model) <= 1
    assert lesson.guessing is None
