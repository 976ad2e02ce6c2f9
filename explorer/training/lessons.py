"""What a short run can learn in seconds: a text, or the recall language at short lags."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from random import Random
from statistics import fmean

from explorer.models.language_model import LanguageModel
from explorer.text.entropy_baselines import Levels, levels
from explorer.text.limits import check_learnable
from explorer.text.recall import SITUATIONS
from explorer.training.corpus import Corpus
from explorer.training.recall import EXAMINATION, Recall, accuracy
from explorer.training.task import Task
from explorer.training.windows import Windows

EXAMINED_LAG = 10
_WINDOWS, _WINDOW = 32, 32
_SEQUENCES = 32
_GROWTH = 6000  # updates; as for the shipped models, so a short run meets lags of little over ten
_ASKED = 100
_SAMPLE = 120  # characters


@dataclass(frozen=True)
class Lesson:
    """Something to learn, and how to tell what was learned.

    Attributes:
        task: What the trainer learns.
        guessing: What guessing costs, if it is known.
        examine: What a model has learned of it: of a text the held-out loss, nats per character as
            those of training; of the recall language the share of right answers at `EXAMINED_LAG`.
        sample: Something like it that training has not seen, to watch a model read.
    """

    task: Task[LanguageModel]
    guessing: Levels | None
    examine: Callable[[LanguageModel], float]
    sample: str


def text_lesson(text: str, *, updates: int) -> Lesson:
    """A text in windows drawn at random, the last tenth held out.

    Raises:
        ExplorerError: The text is too short.
    """
    check_learnable(text)
    corpus = Corpus(text)
    guessing = levels(corpus.training.tolist(), len(corpus.vocabulary))
    task = Windows(corpus, _WINDOWS, _WINDOW, updates, seed=0)

    def examine(model: LanguageModel) -> float:
        return corpus.bits_per_character(model) * log(2)

    sample = corpus.kept.partition("\n")[2] or corpus.kept  # from the beginning of a line
    return Lesson(task, guessing, examine, sample[:_SAMPLE])


def recall_lesson(*, updates: int) -> Lesson:
    """The three situations of the recall language, at lags of 5 to little over ten."""
    task = Recall(_SEQUENCES, updates, _GROWTH, _ASKED, seed=0)

    def examine(model: LanguageModel) -> float:
        return fmean(accuracy(model, each, EXAMINED_LAG, texts=_ASKED) for each in SITUATIONS)

    ask = next(iter(SITUATIONS.values()))
    return Lesson(task, None, examine, ask(Random(EXAMINATION), EXAMINED_LAG))
