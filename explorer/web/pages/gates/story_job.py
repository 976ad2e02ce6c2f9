"""What it costs to hold a unit on the project's own texts, as a job with progress."""

from collections.abc import Callable
from dataclasses import dataclass, field

from explorer.models.card import Card
from explorer.models.language_model import LanguageModel
from explorer.unit_analysis import shipped
from explorer.unit_analysis.effects import Holding, Rises, rises
from explorer.unit_analysis.language_reader import LanguageReader
from explorer.unit_analysis.passages import in_batches, passages_of
from explorer.unit_analysis.reader import Held
from explorer.web.kit.job import Stop

_TOGETHER = 2  # passages between two looks at whether to stop


@dataclass
class Story:
    """What holding a unit has come to: it grows.

    Attributes:
        read: Characters so far.
        rises: By how much tokens cost more.
    """

    read: int = 0
    rises: Rises = field(default_factory=lambda: Rises({}, {}))

    def of(self, token: str | None) -> tuple[float, int]:
        """By how many bits a token costs more, and how often it stands there; None for all."""
        totals, counts = self.rises.of(token)
        count = int(counts.sum())
        return (float(totals.sum()) / count if count else float("nan")), count


def work(model: LanguageModel, card: Card, held: Held) -> Callable[[Story, Stop], None]:
    """The job's work."""

    def hold(story: Story, stop: Stop) -> None:
        asked = Holding(LanguageReader(model, card.words), (held,))
        for batch in in_batches(passages_of(shipped.context_texts(card.name)), _TOGETHER):
            if stop():
                return
            story.rises += rises(asked, batch)
            story.read += sum(len(piece.content) for one in batch for piece in one.pieces)

    return hold
