"""What is searched, by which searches, under which rules. Brings in no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import streamlit as st

from explorer.decoding.tree import Strategy
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.own_folder import is_own
from explorer.text.limits import LONGEST as LONGEST_TEXT
from explorer.text.limits import MOST
from explorer.web.kit.field import some_characters, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Values
from explorer.web.kit.widgets import example, select
from explorer.web.pages.search.parameters import (
    ALPHA,
    AUTOMATIC,
    LONGEST,
    ONLY,
    SEARCHES,
    SUBJECT,
    TEXT,
)
from explorer.web.pages.search.rules import Rules, ask_rules
from explorer.web.pages.search.searchable_models import TABLE, Kind, subjects
from explorer.web.shared.example_texts import examples
from explorer.web.shared.own_models import follow_folder, name_shown, say_refused
from explorer.web.shared.translation_examples import FIRST as A_SENTENCE
from explorer.web.shared.translators import offered, sentence_for

#: What each is asked first.
FIRST: Mapping[Kind, str] = MappingProxyType(
    {
        "table": "",
        "translation": A_SENTENCE,
        "language model": "the time tra",
        "hugging face": "I would like to know when the train leaves.",
    }
)
_FIRST_SEARCHES: Mapping[Kind, tuple[Strategy, ...]] = MappingProxyType(
    {
        "table": ("greedy", "beam", "exhaustive"),
        "translation": ("greedy", "beam"),
        "language model": ("greedy", "beam", "exact"),
        "hugging face": ("greedy", "beam"),
    }
)


@dataclass(frozen=True)
class Example:
    """A question to click.

    Attributes:
        title: On its button, to be translated.
        subject: What is searched.
        settings: Of other parameters.
    """

    title: str
    subject: str
    settings: Values


EXAMPLES = (
    Example(N_("The book's table"), TABLE, {}),
    Example(N_("A translation"), "en-fr-gru", {}),
    Example(
        N_("A beam that misses"),
        "en-fr-gru",
        {TEXT: "They enjoyed the old man's stories.", SEARCHES: ["beam", "exact"], ALPHA: 0.0},
    ),
    Example(
        N_("The empty output wins"),
        "en-fr-gru",
        {
            TEXT: "He is the only one of us who can read a map.",
            SEARCHES: ["beam", "exact"],
            ALPHA: 0.0,
        },
    ),
    Example(N_("Completing a word"), "gru-timemachine", {}),
)


@dataclass(frozen=True)
class Asked:
    """A question and the searches that are to answer it.

    Attributes:
        subject: `TABLE` or the name of a model.
        kind: What it is.
        text: What the model reads; of a table its probabilities, once they
            have been asked for, see `table`.
        searches: In the order in which they are shown, at least one.
        rules: What all of them keep to.
    """

    subject: str
    kind: Kind
    text: str
    searches: tuple[Strategy, ...]
    rules: Rules


def search_titles() -> dict[Strategy, str]:
    """What each search is called."""
    return {search: _(title) for search, title in SEARCHES.options.items()}


def ask(frame: Frame) -> Asked:
    """Examples to click, then the subject, the text, the searches and their rules."""
    _show_examples(frame)
    follow_folder()
    kinds = subjects()
    left, right = st.columns([2, 5])
    with left:
        subject = _choose_subject(frame, kinds)
    kind = kinds[subject]
    with right:
        text = _type_text(frame, subject, kind)
    say_refused()
    with st.container(horizontal=True, gap="medium"):
        searches = _choose_searches(frame, kind)
        rules = ask_rules(frame, subject, kind)
    return Asked(subject, kind, text, searches, rules)


def _show_examples(frame: Frame) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(EXAMPLES):
            values = {SUBJECT: one.subject, **one.settings}
            example(frame, _(one.title), values, key=f"example{number}")


def _choose_subject(frame: Frame, kinds: Mapping[str, Kind]) -> str:
    translate = offered([name for name, kind in kinds.items() if kind == "translation"])
    names = (TABLE, *translate, *(name for name in kinds if name not in (TABLE, *translate)))
    titles = {name: name_shown(name) for name in names}
    titles[TABLE] = _("The book's table, four tokens")
    return select(frame, _("What is searched"), SUBJECT, titles)


def _type_text(frame: Frame, subject: str, kind: Kind) -> str:
    if kind == "table":
        st.caption(
            _(
                "The probabilities of the book's figures, for four tokens: greedy search takes "
                "the most likely token at every step, and misses the most likely sequence."
            )
        )
        return ""
    translated = kind == "translation"
    return type_text(
        frame,
        _label(subject, kind),
        replace(TEXT, default=_first(subject, kind), most=LONGEST_TEXT if translated else MOST),
        read=sentence_for(subject) if translated else some_characters,
    )


def _label(subject: str, kind: Kind) -> str:
    if kind == "translation":
        return _("English sentence")
    if kind == "hugging face":
        return _("Text for the model: a source sentence, or a beginning")
    if catalogue.card(subject).words.end == " ":
        return _("Text whose last word is to be completed")
    return _("Text that the model continues")


def _first(subject: str, kind: Kind) -> str:
    if kind == "language model" and is_own(subject):
        return examples(subject, catalogue.card(subject))[0].text
    return FIRST[kind]


def _choose_searches(frame: Frame, kind: Kind) -> tuple[Strategy, ...]:
    """At least one; where all are taken away the last of them stays.

    Exhaustive search of a model is offered where few tokens are allowed, or a length is.
    """
    titles, first = search_titles(), _FIRST_SEARCHES[kind]
    address = frame.address
    few = kind == "table" or address.value(ONLY) or address.value(LONGEST) != AUTOMATIC
    if not few and "exhaustive" not in address.value(SEARCHES.starting(first)):
        del titles["exhaustive"]
    key = frame.address.take(SEARCHES.starting(first))
    before = f"{key}.before"
    chosen = st.segmented_control(
        _("Searches to compare"),
        list(titles),
        format_func=titles.__getitem__,
        selection_mode="multi",
        key=key,
        on_change=_keep_one,
        args=(key, before),
        wrap=True,
        help=None
        if few
        else _(
            "A model writes too many tokens for exhaustive search. It is offered once “More rules” "
            "allows only a few of them, or a short maximum length."
        ),
    )
    st.session_state[before] = chosen
    return tuple(search for search in titles if search in chosen)


def _keep_one(key: str, before: str) -> None:
    if not st.session_state[key]:
        st.session_state[key] = st.session_state[before]
