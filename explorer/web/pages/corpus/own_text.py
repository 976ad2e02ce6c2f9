"""The reader's own text: pasted or as a file, and which rules cut each side into words."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from explorer.corpus.parallel import Tokeniser
from explorer.corpus.reading import MOST_BYTES, decode
from explorer.errors import ExplorerError
from explorer.locale import paragraph
from explorer.web.kit.errors import sentence
from explorer.web.kit.field import type_text
from explorer.web.kit.file_field import choose_file
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import select
from explorer.web.pages.corpus.computed import pairs_of
from explorer.web.pages.corpus.parameters import PAIRS, RULES

_MEGABYTES = MOST_BYTES // 2**20


def choose_text(frame: Frame) -> tuple[str, Tokeniser, Tokeniser]:
    """The reader's text, and the rules for its two sides.

    A file that is too large, no text or without a pair is named, and the text in the field read
    instead; while a file is read, nothing is said of that text.
    """
    left, right = st.columns([3, 2], gap="large")
    with left:
        field, refused = st.container(), st.empty()
        with field:
            text = _type_pairs(frame, refused)
        st.button(_("Read this text"), key=frame.address.key("read"), icon=":material/play_arrow:")
    with right:
        file = choose_file(
            _("Or a TSV file, up to {most} MB, used instead of the text"),
            key=frame.address.key("file"),
            most=_MEGABYTES,
        )
        source = select(frame, _("Tokenization rules for the source"), RULES[0])
        target = select(frame, _("Tokenization rules for the target"), RULES[1])
    st.caption(
        _(
            "The rules for any language split at spaces and punctuation, and scripts without "
            "spaces, such as Chinese, into single characters. Links carry texts of up to "
            "2,000 characters, but no files."
        )
    )
    if file and (read := _decoded(file)) is not None:
        refused.empty()
        text = read
    return text, source, target


def _type_pairs(frame: Frame, errors: DeltaGenerator) -> str:
    return type_text(
        frame,
        _("One pair per line: sentence, tab (or three bars, |||), translation"),
        PAIRS,
        read=_with_pairs,
        area=True,
        counted=True,
        errors=errors,
        height=180,
    )


def _with_pairs(text: str) -> str:
    """The same text; an ExplorerError if it has no pair."""
    pairs_of(text)
    return text


def _decoded(file: UploadedFile) -> str | None:
    try:
        return _with_pairs(decode(file.getvalue()))
    except ExplorerError as error:
        kept = _("The page continues with the text in the field.")
        st.error(paragraph(sentence(error), kept), icon=":material/error:")
        return None
