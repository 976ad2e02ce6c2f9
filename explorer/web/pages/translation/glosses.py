"""A reading of the French under its words, for those who have none."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from explorer.seq2seq.attribution import Attribution, leave_one_out
from explorer.seq2seq.glosses import Reader, gloss
from explorer.seq2seq.translator import Translation
from explorer.text.pieces import joined, spans
from explorer.text.tokens import visible
from explorer.web.kit.i18n import _, language
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator


def glosses(case: Case) -> Mapping[int, str]:
    """By the place of each word's first token; none of marks and of what was copied."""
    if not case.asked.glossed:
        return {}
    tokens, copied = case.now.tokens, case.now.copied
    reader: Reader = "zh" if language() == "zh" else "en"
    return {
        span.start: gloss(word, reader) or _most_from(case, place)
        for place, (word, span) in enumerate(zip(joined(tokens), spans(tokens), strict=True))
        if any(map(str.isalnum, word)) and not copied[span.start]
    }


def _most_from(case: Case, place: int) -> str:
    """The source word whose absence changes the log p of the word at ``place`` most."""
    found = _left_out(case.asked.model, case.text, case.now)
    source = int(np.abs(found.values[place, :-1]).argmax())  # the end is no word
    return _("most from: {word}").format(word=visible(found.source[source]))


@st.cache_data(max_entries=64, show_spinner=False)
def _left_out(model: str, text: str, translation: Translation) -> Attribution:
    return leave_one_out(
        translator(model), text, translation.tokens, copied=translation.copied, words=True
    )
