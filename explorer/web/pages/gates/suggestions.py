"""Changes to begin with, for each cell: something to click that shows something."""

from dataclasses import dataclass

from explorer.locale import N_
from explorer.recurrence.intervention import Intervention
from explorer.web.pages.gates.changes import Changes


@dataclass(frozen=True)
class Suggestion:
    """Changes to click; the title and what to look for are to be translated.

    Attributes:
        title: What is changed, in short.
        look_for: What follows from it.
        codes: The changes as the address writes them; {middle} stands for the steps of the
            text's middle third.
    """

    title: str
    look_for: str
    codes: tuple[str, ...]

    def of(self, steps: int) -> Changes:
        """The changes to a text of so many steps."""
        first, last = steps // 3, max(steps // 3, 2 * steps // 3 - 1)
        middle = f"s{first}" if first == last else f"s{first}-{last}"
        return Changes(Intervention.parse(code.format(middle=middle)) for code in self.codes)


SUGGESTIONS: dict[str, tuple[Suggestion, ...]] = {
    "gru": (
        Suggestion(
            N_("Skip the middle: update gates at 1"),
            N_(
                "In the middle third of the text the old state is copied, so nothing there is "
                "read: the prediction is the same at every step, and the past is kept across it."
            ),
            ("update~1~{middle}",),
        ),
        Suggestion(
            N_("A plain RNN: reset at 1, update at 0"),
            N_(
                "The new state is the candidate alone, which sees the whole old state: exactly a "
                "plain RNN. These weights were trained with gates, so the predictions get worse."
            ),
            ("reset~1", "update~0"),
        ),
        Suggestion(
            N_("Forget at once: reset and update at 0"),
            N_(
                "Nothing of the old state is used or kept: every prediction depends on one "
                "character alone."
            ),
            ("reset~0", "update~0"),
        ),
    ),
    "lstm": (
        Suggestion(
            N_("Forget everything: forget gates at 0"),
            N_(
                "The memory cell is cleared at every step, and what is left comes through the "
                "hidden state: compare the surprise at the ends of words with that at their "
                "beginnings."
            ),
            ("forget~0",),
        ),
        Suggestion(
            N_("Never forget: forget gates at 1"),
            N_(
                "The memory cell adds up everything it was ever given. Look at the memory cell: "
                "it grows, and the surprise with it."
            ),
            ("forget~1",),
        ),
        Suggestion(
            N_("Skip the middle: input at 0, forget at 1"),
            N_(
                "In the middle third nothing is written into the memory cell and nothing is lost "
                "from it: its content is carried across."
            ),
            ("input~0~{middle}", "forget~1~{middle}"),
        ),
        Suggestion(
            N_("No output: output gates at 0"),
            N_(
                "The memory cell is still updated, but nothing of it comes out: the hidden state "
                "is zero, and the prediction is the same everywhere, whatever the text."
            ),
            ("output~0",),
        ),
    ),
}
