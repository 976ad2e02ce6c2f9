"""References on more than one page: asked for, known for our own sentences, judged writable."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.errors import ExplorerError
from explorer.text.limits import LONGEST
from explorer.text.sentences import sentences
from explorer.web.kit.field import read_text, type_text, words_of
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.parameters import MOST_REFERENCES, REFERENCE

FIRST = "I would like to know when the train leaves."
_OWN = {sentence.english: sentence.french for sentence in sentences()} | {
    FIRST: "J'aimerais savoir à quelle heure part le train."
}


def ask_references(frame: Frame, text: str, *, most: int = MOST_REFERENCES) -> tuple[str, ...]:
    """The field for French sentences, one a line; the project's own where it has one of ``text``.

    Of a field with more than ``most`` of them, or with one that is too long, those before.
    """
    return type_text(
        frame,
        _("References in French, one per line") if most > 1 else _("A reference in French"),
        replace(REFERENCE, default=_OWN.get(text, ""), most=most * LONGEST),
        read=lambda typed: _lines(typed, most),
        area=True,
        height=80,
    )


def _lines(typed: str, most: int) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) > most:
        raise ExplorerError(
            "There are {count} references; at most {most} are shown.",
            count=len(lines),
            most=most,
        )
    for line in lines:
        read_text(line, words_of("fr"), LONGEST)
    return lines


def out_of_reach(frame: Frame, length: int, most: int) -> str:
    """That no search can find a reference of ``length`` tokens where ``most`` may be written."""
    return _(
        "The reference is out of reach: it has {length} tokens including its end, "
        "{excess} more than the {most} that a search may write here. So there is no "
        "verdict on search or model."
    ).format(length=length, excess=length - most, most=most)


def unwritable(frame: Frame, words: Sequence[str]) -> str:
    """That no search can find a reference with these words."""
    return _("No search can find it: the model cannot write {words}.").format(
        words=plain("  ".join(words))
    )
