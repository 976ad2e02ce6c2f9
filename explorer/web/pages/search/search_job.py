"""A search that may take long, as a job: exact and exhaustive search."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.decoding.budget import Progress
from explorer.decoding.tree import SearchTree, Strategy
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Stop
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.shared.search_progress import say_progress

Watch = Callable[[Progress], None]
Search = Callable[[Watch, Stop], SearchTree]


@dataclass
class Going:
    """How far a search is.

    Attributes:
        progress: The last that it said.
        tree: What it found, once it is done.
    """

    progress: Progress | None = None
    tree: SearchTree | None = None

    def note(self, progress: Progress) -> None:
        """Keep what the search says."""
        self.progress = progress


def searched(frame: Frame, name: Strategy, key: object, search: Search) -> SearchTree | None:
    """What the search finds; None while it goes on, when its progress is shown instead.

    Raises:
        ExplorerError: What the search raises.
    """

    def work(going: Going, stop: Stop) -> None:
        going.tree = search(going.note, stop)

    job = session_jobs().ask(name, key, Going, work)
    if job.ended:
        return job.outcome().tree
    watch(
        job,
        lambda going: say_progress(name, going.progress),
        stop=_("Stop and keep the results so far"),
        key=frame.address.key(f"stop.{name}"),
    )
    return None
