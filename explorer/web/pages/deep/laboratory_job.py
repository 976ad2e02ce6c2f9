"""Two training runs as a job."""

import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from explorer.models.language_model import LanguageModel
from explorer.text.entropy_baselines import Levels
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import Lesson, recall_lesson, text_lesson
from explorer.web.kit.job import Job, Stop
from explorer.web.kit.session_jobs import session_jobs
from explorer.web.pages.deep.laboratory_controls import Asked

_JOB = "race"
_KEEP_S = 1.0


@dataclass(frozen=True)
class Network:
    """A network that a run trains, after some of its updates."""

    model: LanguageModel
    updates: int


@dataclass
class Race:
    """Runs side by side, as far as they are.

    Attributes:
        asked: What they were asked for.
        lesson: What they learn.
        runs: In the order asked for.
        learned: Of each run that is over, what the examination of its lesson says; none before.
        networks: Of each run the network as it was a moment ago, to be read while the run goes on.
    """

    asked: Asked
    lesson: Lesson
    runs: Sequence[Run]
    learned: list[float] = field(default_factory=list)
    networks: Sequence["Network"] = ()

    @property
    def guessing(self) -> Levels | None:
        """What guessing costs, if it is known."""
        return self.lesson.guessing

    def keep(self) -> None:
        """Keeps the networks as they are; the thread that trains them calls it."""
        self.networks = [
            Network(deepcopy(run.trainer.model).eval(), len(run.updates)) for run in self.runs
        ]


def begin(asked: Asked) -> Job[Race]:
    """Start the runs anew; those of this session that still go on are stopped.

    Raises:
        ExplorerError: The text is too short.
    """
    lesson = _lesson(asked)
    runs = [prepare(setting, lesson.task, seed=asked.seed) for setting in asked.settings]
    going = Race(asked, lesson, runs)
    going.keep()
    return session_jobs().begin(_JOB, asked, going, _work)


def kept() -> Job[Race] | None:
    """The runs that this session last began."""
    return session_jobs().last(_JOB)


def _lesson(asked: Asked) -> Lesson:
    if asked.subject == "recall":
        return recall_lesson(updates=asked.updates)
    text = asked.text if asked.subject == "text" else english_text()
    return text_lesson(text, updates=asked.updates)


def _work(going: Race, stop: Stop) -> None:
    """Train both in turn, and see at the end what they have learned, however far they came."""
    last = time.monotonic()

    def keep_now_and_then() -> bool:
        nonlocal last
        if time.monotonic() - last >= _KEEP_S:
            going.keep()
            last = time.monotonic()
        return stop()

    race(going.runs, stop=keep_now_and_then)
    going.keep()
    going.learned = [going.lesson.examine(run.trainer.model.eval()) for run in going.runs]
