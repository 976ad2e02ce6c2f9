"""Two training runs in a thread: begun, watched, stopped, and kept for the session."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
import torch

from explorer.text.guessing import Levels
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import Lesson, recall_lesson, text_lesson
from explorer.web.deep.settings import Asked
from explorer.web.job import Job, Stop

_KEPT = "deep.race"


@dataclass
class Race:
    """Runs side by side, as far as they are.

    Attributes:
        asked: What they were asked for.
        lesson: What they learn.
        runs: In the order asked for.
        learned: Of each run that is over, what the examination of its lesson says; none before.
    """

    asked: Asked
    lesson: Lesson
    runs: Sequence[Run]
    learned: list[float] = field(default_factory=list)

    @property
    def guessing(self) -> Levels | None:
        """What guessing costs, if it is known."""
        return self.lesson.guessing


def begin(asked: Asked) -> Job[Race]:
    """Start the runs anew; those of this session that still go on are stopped.

    Raises:
        ExplorerError: The text is too short.
    """
    lesson = _lesson(asked)
    runs = [prepare(setting, lesson.task, seed=asked.seed) for setting in asked.settings]
    before = kept()
    if before is not None:
        before.stop()
    job = Job(Race(asked, lesson, runs), _work)
    st.session_state[_KEPT] = job
    job.start()
    return job


def kept() -> Job[Race] | None:
    """The runs that this session last began."""
    job: Job[Race] | None = st.session_state.get(_KEPT)
    return job


def _lesson(asked: Asked) -> Lesson:
    if asked.subject == "recall":
        return recall_lesson(updates=asked.updates)
    text = asked.text if asked.subject == "text" else english_text()
    return text_lesson(text, updates=asked.updates)


def _work(going: Race, stop: Stop) -> None:
    """Train both in turn, and see at the end what they have learned, however far they came."""
    # A second thread beside a busy neighbour made small products 15 to 22 times slower.
    torch.set_num_threads(1)
    race(going.runs, stop=stop)
    going.learned = [going.lesson.examine(run.trainer.model.eval()) for run in going.runs]
