"""Labels of Chinese texts that are read character by character, a paragraph a line."""

from types import MappingProxyType

import numpy as np

from explorer.unit_analysis.character_labels import inside_quotation_marks
from explorer.unit_analysis.labels import (
    Labels,
    Mask,
    Tokens,
    Values,
    among,
    counted,
    has_next,
    just_after,
    just_before,
    since,
    where,
)

_ENDS = "。！？…"
_MARKS = _ENDS + "，；：、—"
_CLOSING = "”’》）"


def characters_of_the_paragraph(tokens: Tokens) -> Values:
    """How many characters of its paragraph stand before a character."""
    return since(just_before(among(tokens, "\n"))).astype(np.float64)


def characters_of_the_sentence(tokens: Tokens) -> Values:
    """How many characters of its sentence stand before a character; undefined for new lines."""
    return where(~among(tokens, "\n"), since(_sentence_starts(tokens)))


def characters_of_the_clause(tokens: Tokens) -> Values:
    """How many stand between it and the last mark; undefined for marks and new lines."""
    marks = among(tokens, _MARKS + "“”‘’《》（）\n")
    return where(~marks, since(just_before(marks)))


def clauses_of_the_sentence(tokens: Tokens) -> Values:
    """How many commas and the like its sentence has had; undefined for new lines."""
    pauses = among(tokens, "，；：")
    return where(~among(tokens, "\n"), counted(pauses, _sentence_starts(tokens)))


def mark_next(tokens: Tokens) -> Values:
    """Behind a character that is no mark, whether one comes next."""
    marks = among(tokens, _MARKS + "“”‘’《》（）\n")
    return where(~marks & has_next(tokens), just_after(marks))


def sentence_ends_next(tokens: Tokens) -> Values:
    """Where a comma or an end of a sentence comes next, whether it is an end."""
    ends, pauses = just_after(among(tokens, "。！？")), just_after(among(tokens, "，；"))
    return where(ends | pauses, ends)


def paragraph_ends_next(tokens: Tokens) -> Values:
    """At the end of a sentence, whether a new line comes next."""
    closed = _ended(tokens) & ~just_after(among(tokens, _CLOSING))
    return where(closed & has_next(tokens), just_after(among(tokens, "\n")))


def speech_in_the_paragraph(tokens: Tokens) -> Values:
    """Whether a quotation has begun in its paragraph; undefined for new lines."""
    newlines = among(tokens, "\n")
    return where(~newlines, counted(among(tokens, "“"), just_before(newlines)) > 0)


CHINESE_LABELS: Labels = MappingProxyType(
    {
        "characters of the paragraph": characters_of_the_paragraph,
        "characters of the sentence": characters_of_the_sentence,
        "characters of the clause": characters_of_the_clause,
        "clauses of the sentence": clauses_of_the_sentence,
        "mark next": mark_next,
        "sentence ends next": sentence_ends_next,
        "paragraph ends next": paragraph_ends_next,
        "inside quotation marks": inside_quotation_marks,
        "speech in the paragraph": speech_in_the_paragraph,
    }
)


def _ended(tokens: Tokens) -> Mask:
    """The ends of sentences, and the marks that close behind them."""
    ended, found = False, np.zeros(len(tokens), bool)
    for place, token in enumerate(tokens):
        found[place] = ended = token in _ENDS or (ended and token in _CLOSING)
    return found


def _sentence_starts(tokens: Tokens) -> Mask:
    """The first character behind an end and what closes with it, or behind a new line."""
    starts: Mask = just_before(_ended(tokens)) & ~_ended(tokens)
    return starts | just_before(among(tokens, "\n"))
