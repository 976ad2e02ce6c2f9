"""Two training runs as a job."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.text.entropy_baselines import Levels
from explorer.text.sentences import english_text
from explorer.training.laboratory import Run, prepare, race
from explorer.training.lessons import Lesson, recall_lesson, text_lesson
from explorer.web.kit.job import Job, Stop
from explorer.web.kit.session_jobs import session_jobs
from explorer.web.pages.deep.laboratory_controls import Asked

_JOB = "race"


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
    return session_jobs().begin(_JOB, asked, Race(asked, lesson, runs), _work)


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
    race(going.runs, stop=stop)
    going.learned = [going.lesson.examine(run.trainer.model.eval()) for run in going.runs]
