"""What is to be said about a sentence before it is translated, in the reader's language."""

from collections.abc import Iterable, Sequence

import streamlit as st

from explorer.locale import N_, enumerated
from explorer.seq2seq.input_diagnostics import (
    Controls,
    Copied,
    Diagnostic,
    Emoji,
    Long,
    LooksFrench,
    NoWords,
    OnlyUnknown,
    OtherLanguage,
    OtherScript,
    Pieced,
    RightToLeft,
    Unknown,
    diagnose,
)
from explorer.seq2seq.translator import Translator
from explorer.text.tokens import visible
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain

_SCRIPTS = {
    "Arabic": N_("Arabic"),
    "Chinese": N_("Chinese"),
    "Cyrillic": N_("Cyrillic"),
    "Greek": N_("Greek"),
    "Hebrew": N_("Hebrew"),
    "Indic": N_("Indic"),
    "Japanese": N_("Japanese"),
    "Korean": N_("Korean"),
    "Thai": N_("Thai"),
    "other": N_("another script"),
}
_SHOWN = 12  # words of a kind; a long text in another language has hundreds


def show_remarks(
    translator: Translator,
    text: str,
    *,
    number: int | None = None,
    besides: str | None = None,
) -> None:
    """One notice with all that there is to say; nothing where there is nothing.

    Args:
        translator: What reads the text.
        text: As it was typed.
        number: Which sentence of the page it is, where there are several.
        besides: A text of which all is said already: what is to be said of both is left out.
    """
    known = diagnose(translator, besides) if besides is not None else ()
    remarks = (one for one in diagnose(translator, text) if one not in known)
    found = said(remarks)
    if found and number is not None:
        named = _("Sentence {number}: {said}")
        found[0] = named.format(number=number, said=found[0])
    if found:
        st.info("  \n".join(found), icon=":material/info:")


def said(remarks: Iterable[Diagnostic]) -> list[str]:
    """Remarks as sentences; of what the search refuses, the refusal says enough."""
    return [sentence for remark in remarks if (sentence := _sentence(remark))]


def _sentence(remark: Diagnostic) -> str:
    match remark:
        case Controls(found):
            places = enumerated((f"{one.code} ({one.place + 1})" for one in found[:_SHOWN]), _)
            return _(
                "Invisible characters, read as spaces (position in the text): {places}"
            ).format(places=places)
        case Long(count, measured):
            return _(
                "This text has {count} words; the model handles sentences of up to {measured}, "
                "and its output for longer ones cannot be trusted."
            ).format(count=count, measured=measured)
        case NoWords():
            return _("There are no words in it, only punctuation.")
        case OtherScript(scripts):
            return _("The model reads English; these letters are: {scripts}").format(
                scripts=enumerated((_(_SCRIPTS[script]) for script in scripts), _)
            )
        case RightToLeft():
            return _("Letters written from right to left are read in the order typed.")
        case LooksFrench():
            return _("This looks like French; the model reads English.")
        case OtherLanguage():
            return _("Most words are rare or unknown; this may not be English.")
        case _word:
            return _about_words(remark)


def _about_words(remark: Diagnostic) -> str:
    match remark:
        case Emoji(found):
            return _("Emoji without a corresponding word: {words}").format(words=_list(found))
        case OnlyUnknown(words):
            return _("The model knows none of these words: {words}").format(words=_list(words))
        case Unknown(words):
            return _(
                "Too rare in training to be in the vocabulary, read as unknown: {words}"
            ).format(words=_list(words))
        case Copied(words):
            return _(
                "Unknown names and numbers, copied if the model asks for them: {words}"
            ).format(words=_list(words))
        case Pieced(words):
            cut = [f"{word} = {' '.join(map(visible, pieces))}" for word, pieces in words]
            return _("Rare words, read in pieces: {words}").format(words=_list(cut))
        case _refused:
            return ""


def _list(words: Sequence[str]) -> str:
    more = " …" if len(words) > _SHOWN else ""
    return plain("  ".join(words[:_SHOWN]) + more)
