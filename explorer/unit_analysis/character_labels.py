"""Labels of texts that are read character by character."""

from types import MappingProxyType

import numpy as np

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

_ARTICLES = frozenset(("a", "an", "the"))
_PRONOUNS = frozenset(
    ["i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them"]
)
_OPENING, _CLOSING, _EITHER = frozenset("‘“「『«"), frozenset("’”」』»"), frozenset("'\"")
_ENDS = frozenset(".!?。！？")
_BESIDE_AN_END = frozenset("'\"’”」』)")


def column(tokens: Tokens) -> Values:
    """How many characters of its line stand before a character."""
    return since(just_before(among(tokens, "\n"))).astype(np.float64)


def letter_of_the_word(tokens: Tokens) -> Values:
    """How many letters of its word have been read, itself counted; undefined outside words."""
    letters = _letters(tokens)
    return where(letters, since(_word_starts(letters)) + 1)


def word_ends(tokens: Tokens) -> Values:
    """Whether the word ends with this letter, which only the next character shows."""
    letters = _letters(tokens)
    return where(letters & has_next(tokens), ~just_after(letters))


def newline_next(tokens: Tokens) -> Values:
    """At the end of a word, whether a new line comes next and no space."""
    newline, space = just_after(among(tokens, "\n")), just_after(among(tokens, " "))
    return where((newline | space) & ~among(tokens, " \n"), newline)


def words_of_the_sentence(tokens: Tokens) -> Values:
    """How many words of its sentence have begun; undefined in blank lines."""
    starts = _sentence_starts(tokens)
    return where(~among(tokens, "\n"), counted(_word_starts(_letters(tokens)), starts))


def first_word_of_a_sentence(tokens: Tokens) -> Values:
    """Whether a letter is of the first word of its sentence; undefined outside words."""
    return where(_letters(tokens), words_of_the_sentence(tokens) == 1)


def inside_quotation_marks(tokens: Tokens) -> Values:
    """Whether a character stands between quotation marks; undefined for the marks themselves.

    An apostrophe between two letters is none; a straight mark opens where nothing is open and a
    letter or another mark follows. A paragraph's end closes what is open, as books do.
    """
    characters, letters = np.array(tokens), _letters(tokens)
    apart = ~(just_before(letters) & just_after(letters))
    ends = _paragraph_ends(tokens)
    found, inside = np.empty(len(tokens)), False
    for place, character in enumerate(characters):
        mark = _mark(character, inside) if apart[place] else None
        inside = inside if mark is None else mark
        inside = inside and not ends[place]
        found[place] = inside if mark is None else np.nan
    return found


def inside_brackets(tokens: Tokens) -> Values:
    """Whether a character stands in round brackets; undefined for the brackets themselves."""
    opening, closing = among(tokens, "(（"), among(tokens, ")）")
    starts = closing | _paragraph_ends(tokens)
    return where(~opening & ~closing, counted(opening, starts) > 0)


def first_line_of_a_paragraph(tokens: Tokens) -> Values:
    """Whether a character stands in the first line after a blank one; undefined for new lines."""
    return where(~among(tokens, "\n"), lines_of_the_paragraph(tokens) == 0)


def lines_of_the_paragraph(tokens: Tokens) -> Values:
    """How many lines of its paragraph stand before a character's; undefined for new lines."""
    newlines, ends = among(tokens, "\n"), _paragraph_ends(tokens)
    return where(~newlines, counted(newlines & ~ends, just_before(ends) | ends))


def after_a_capital(tokens: Tokens) -> Values:
    """Whether the character before is a capital letter."""
    return just_before(np.array([token.isupper() for token in tokens], bool)).astype(np.float64)


def capitalised_word(tokens: Tokens) -> Values:
    """Whether a letter is of a word that begins with a capital; undefined outside words."""
    letters = _letters(tokens)
    capitals = np.array([token.isupper() for token in tokens], bool)
    return where(letters, capitals[np.arange(len(tokens)) - since(_word_starts(letters))])


def after_an_article(tokens: Tokens) -> Values:
    """Whether the word before a letter's own is “a”, “an” or “the”; undefined outside words."""
    return _after_a_word_of(tokens, _ARTICLES)


def after_a_pronoun(tokens: Tokens) -> Values:
    """Whether the word before a letter's own is a personal pronoun; undefined outside words."""
    return _after_a_word_of(tokens, _PRONOUNS)


CHARACTER_LABELS: Labels = MappingProxyType(
    {
        "column": column,
        "letter of the word": letter_of_the_word,
        "word ends": word_ends,
        "newline next": newline_next,
        "words of the sentence": words_of_the_sentence,
        "first word of a sentence": first_word_of_a_sentence,
        "inside quotation marks": inside_quotation_marks,
        "inside brackets": inside_brackets,
        "first line of a paragraph": first_line_of_a_paragraph,
        "lines of the paragraph": lines_of_the_paragraph,
        "after a capital": after_a_capital,
        "capitalised word": capitalised_word,
        "after an article": after_an_article,
        "after a pronoun": after_a_pronoun,
    }
)


def _letters(tokens: Tokens) -> Mask:
    """Which characters are of words: letters, and the apostrophes between two."""
    letters = np.array([token.isalpha() for token in tokens], bool)
    return letters | (among(tokens, "'’") & just_before(letters) & just_after(letters))


def _word_starts(letters: Mask) -> Mask:
    return letters & ~just_before(letters)


def _paragraph_ends(tokens: Tokens) -> Mask:
    """The second of two new lines, and those that follow it."""
    newlines = among(tokens, "\n")
    return newlines & just_before(newlines)


def _sentence_starts(tokens: Tokens) -> Mask:
    """The first character behind a sentence's end and what closes with it, or of a paragraph."""
    ends = _paragraph_ends(tokens)
    ended, starts = False, np.zeros(len(tokens), bool)
    for place, token in enumerate(tokens):
        starts[place] = ends[place] or (ended and token.isspace())
        ended = token in _ENDS or (ended and token in _BESIDE_AN_END)
    return starts


def _mark(character: str, inside: bool) -> bool | None:
    """Whether one is inside behind a quotation mark; None if the character is none."""
    if character in _EITHER:
        return not inside
    return True if character in _OPENING else False if character in _CLOSING else None


def _after_a_word_of(tokens: Tokens, words: frozenset[str]) -> Values:
    letters = _letters(tokens)
    starts = _word_starts(letters)
    firsts, lasts = np.flatnonzero(starts), np.flatnonzero(letters & ~just_after(letters))
    found = [
        "".join(tokens[first : last + 1]).lower() in words
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]
    before = np.array([False, *found], bool)  # of the word before word n, n from 0
    return where(letters, before[np.maximum(np.cumsum(starts) - 1, 0)])
