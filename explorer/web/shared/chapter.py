"""The map of the chapter: its eight sections, and the page that shows each, where there is one."""

from dataclasses import dataclass

from explorer.locale import N_
from explorer.web.kit.i18n import _


@dataclass(frozen=True)
class Section:
    """A section of the chapter on modern recurrent networks.

    Attributes:
        number: As in *Dive into Deep Learning*, chapter 9.
        title: The section's title, to be translated.
        shows: What its page shows, in one sentence, to be translated.
        page: The name of its page's file, or None while the page is still to come.
    """

    number: str
    title: str
    shows: str
    page: str | None = None


SECTIONS = (
    Section(
        "9.1",
        N_("Gated recurrent unit (GRU)"),
        N_("Type a text and see which units a GRU resets, updates and keeps at each character."),
        "gru",
    ),
    Section(
        "9.2",
        N_("Long short-term memory (LSTM)"),
        N_("See what an LSTM lets in, forgets and lets out, and what stays inside its memory."),
        "lstm",
    ),
    Section(
        "9.3",
        N_("Deep recurrent networks"),
        N_("The states of several layers, and what each layer remembers."),
        "deep",
    ),
    Section(
        "9.4",
        N_("Bidirectional recurrent networks"),
        N_("Fill in a missing word from the words on both sides of it."),
        "bidirectional",
    ),
    Section(
        "9.5",
        N_("Machine translation and its data"),
        N_("Sentence pairs as tokens, vocabularies, padding and minibatches."),
        "corpus",
    ),
    Section(
        "9.6",
        N_("Encoder–decoder"),
        N_("A sentence of any length, turned into one state of a fixed shape."),
        "encoder_decoder",
    ),
    Section(
        "9.7",
        N_("Sequence to sequence"),
        N_("A translation, inspected token by token."),
        "translation",
    ),
    Section(
        "9.8",
        N_("Beam search"),
        N_("Greedy, beam, exhaustive and exact search, replayed as trees, with what each costs."),
        "search",
    ),
)

#: The titles of the pages that are of no section, by the page's name, to be translated.
OTHERS = {"start": N_("Start"), "exercises": N_("Exercises"), "yours": N_("Yours")}
#: The sections that have a page, by the page's name.
BY_PAGE = {section.page: section for section in SECTIONS if section.page}


def page_title(page: str) -> str:
    """The title of a page by its file's name."""
    return _(OTHERS[page] if page in OTHERS else BY_PAGE[page].title)
