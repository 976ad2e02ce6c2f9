"""References on more than one page: asked for, known for our own sentences, judged writable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.text.limits import LONGEST
from explorer.text.sentences import sentences
from explorer.text.tokens import visible
from explorer.text.words import Language
from explorer.web.kit.field import read_text, type_text, words_of
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.shared.parameters import MOST_REFERENCES, REFERENCE

FIRST = "I would like to know when the train leaves."
_OF_FIRST: Mapping[Language, str] = MappingProxyType(
    {"fr": "J'aimerais savoir à quelle heure part le train.", "zh": "我想知道火车什么时候开。"}
)
_SEVERAL = {
    "fr": N_("References in French, one per line"),
    "zh": N_("References in Chinese, one per line"),
}
_ONE = {"fr": N_("A reference in French"), "zh": N_("A reference in Chinese")}


def ask_references(
    frame: Frame, text: str, language: Language, *, most: int = MOST_REFERENCES
) -> tuple[str, ...]:
    """The field for translations, one a line; the project's own where it has one of ``text``.

    Of a field with more than ``most`` of them, or with one that is too long, those before.
    """
    return type_text(
        frame,
        _((_SEVERAL if most > 1 else _ONE)[language]),
        replace(REFERENCE, default=_own(language).get(text, ""), most=most * LONGEST),
        read=lambda typed: _lines(typed, language, most),
        area=True,
        height=80,
    )


@cache
def _own(language: Language) -> Mapping[str, str]:
    """The project's own translations by their English."""
    own = {one.english: one.translation(language) for one in sentences()}
    return own | {FIRST: _OF_FIRST[language]}


def _lines(typed: str, language: Language, most: int) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) > most:
        raise ExplorerError(
            "There are {count} references; at most {most} are shown.",
            count=len(lines),
            most=most,
        )
    for line in lines:
        read_text(line, words_of(language), LONGEST)
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
        words=plain("  ".join(map(visible, words)))
    )
