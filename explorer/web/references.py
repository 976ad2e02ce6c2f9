"""References on more than one page: asked for, known for our own sentences, judged writable."""

from collections.abc import Sequence

import streamlit as st

from explorer.errors import ExplorerError
from explorer.text.sentences import sentences
from explorer.web.frame import Frame, plain
from explorer.web.translation.ask import FIRST

MOST = 5
"""References of one sentence: more lines than that cannot be told apart."""
_OWN = {sentence.english: sentence.french for sentence in sentences()} | {
    FIRST: "J'aimerais savoir à quelle heure part le train."
}


def ask_references(frame: Frame, text: str, *, most: int = MOST) -> tuple[str, ...]:
    """The field for French sentences, one a line; the project's own where it has one of ``text``.

    Raises:
        ExplorerError: There are more than ``most``.
    """
    _ = frame.translate
    typed = st.text_area(
        _("References in French, one a line") if most > 1 else _("A reference in French"),
        key=frame.address.seed("reference", _OWN.get(text, ""), str),
        height=80,
    )
    lines = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(lines) > most:
        raise ExplorerError(
            "There are {count} references; at most {most} are shown.",
            count=len(lines),
            most=most,
        )
    return lines


def unwritable(frame: Frame, words: Sequence[str]) -> str:
    """That no search can find a reference with these words."""
    return frame.translate("No search can find it: the model cannot write {words}.").format(
        words=plain("  ".join(words))
    )
