"""A translation word by word, with what else the model thought of; a click there forces it.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _

#: What is to be said of a word that the model does not know.
Mark = Literal["", "unknown", "copied"]


@dataclass(frozen=True)
class SourceWord:
    """A word that the model reads.

    Attributes:
        token: As it was written.
        mark: Whether the model reads it as unknown, or copies it.
    """

    token: str
    mark: Mark


@dataclass(frozen=True)
class Word:
    """A word of the translation.

    Attributes:
        token: As the reader should see it.
        mark: Whether it was copied from the source, or is one that the model cannot write.
        forced: Whether the reader chose it.
        p: Its probability.
        log_p: The natural logarithm of that.
        rank: How many words were at least as likely, itself included.
        entropy: Of the model's next word, nats.
        alternatives: The likeliest words at its place with their probabilities.
        gloss: What it means in the reader's language, of one in pieces with the first; may be
            empty.
    """

    token: str
    mark: Mark
    forced: bool
    p: float
    log_p: float
    rank: int
    entropy: float
    alternatives: Sequence[tuple[str, float]]
    gloss: str


@dataclass(frozen=True)
class Sentence:
    """What the component shows.

    Attributes:
        text: The translation as a sentence.
        source: What the model read.
        words: What it wrote, its end included.
        before: What it wrote before the reader changed something; empty where nothing was.
        parting: The first place at which the two differ; None where they do not.
        step: The place that is chosen first.
        end: The token that ends a sentence, which cannot be forced.
    """

    text: str
    source: Sequence[SourceWord]
    words: Sequence[Word]
    before: Sequence[str]
    parting: int | None
    step: int
    end: str


def sentence(content: Sentence, *, key: str, on_force: Callable[[], None]) -> None:
    """Draws the sentence.

    Args:
        content: What to show.
        key: The component's key; ``st.session_state[key]["force"]`` holds ``{step, token}`` when
            ``on_force`` runs.
        on_force: Called when the reader has forced another word.
    """
    data = {**asdict(content), "labels": _labels()}
    _component(key=key, data=data, on_force_change=on_force)


def _labels() -> Mapping[str, str]:
    return {
        "source": _("The model reads"),
        "output": _("The model writes; choose a word"),
        "before": _("Previous output"),
        "rank": _("rank"),
        "entropy": _("entropy {entropy} nats"),
        "forced": _("forced"),
        "unknown": _("unknown"),
        "copied": _("copied"),
        "open": _("a rare word in pieces: click to see them"),
        "force": _("Force this word"),
        "hint": _("Choose another word here to force it; the model continues from there."),
    }


_component = component("sentence", beside=__file__)
