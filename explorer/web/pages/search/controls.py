"""What is searched, by which searches, under which rules. Brings in no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

import streamlit as st

from explorer.decoding.tree import Strategy
from explorer.locale import N_
from explorer.text.limits import LONGEST, MOST
from explorer.web.kit.field import sentence_of, some_characters, type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.rules import Rules, ask_rules
from explorer.web.pages.search.searchable_models import TABLE, Kind, subjects

SEARCHES: tuple[Strategy, ...] = get_args(Strategy)
#: What each is asked first.
FIRST: Mapping[Kind, str] = MappingProxyType(
    {
        "table": "",
        "translation": "I would like to know when the train leaves.",
        "language model": "the time tra",
    }
)
_FIRST_SEARCHES: Mapping[Kind, list[str]] = MappingProxyType(
    {
        "table": ["greedy", "beam", "exhaustive"],
        "translation": ["greedy", "beam"],
        "language model": ["greedy", "beam", "exact"],
    }
)


@dataclass(frozen=True)
class Example:
    """A question to click.

    Attributes:
        title: On its button, to be translated.
        subject: What is searched.
        settings: Values of other controls, by their names in the address.
    """

    title: str
    subject: str
    settings: Mapping[str, object]


EXAMPLES = (
    Example(N_("The book's table"), TABLE, {}),
    Example(N_("A translation"), "en-fr-gru", {}),
    Example(
        N_("A beam that misses"),
        "en-fr-gru",
        {"text": "Would she accept our help?", "searches": ["beam", "exact"], "alpha": 0.0},
    ),
    Example(
        N_("The empty output wins"),
        "en-fr-gru",
        {
            "text": "He is the only one of us who can read a map.",
            "searches": ["beam", "exact"],
            "alpha": 0.0,
        },
    ),
    Example(
        N_("A reference that is pruned"),
        "en-fr-gru",
        {
            "text": "You never answer my letters.",
            "searches": ["beam"],
            "show": "verdict",
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
    titles = (_("Greedy"), _("Beam"), _("Exhaustive"), _("Exact"))
    return dict(zip(SEARCHES, titles, strict=True))


def ask(frame: Frame) -> Asked:
    """Examples to click, then the subject, the text, the searches and their rules."""
    _show_examples(frame)
    kinds = subjects()
    left, right = st.columns([2, 5])
    with left:
        subject = _choose_subject(frame, kinds)
    kind = kinds[subject]
    with right:
        text = _type_text(frame, kind)
    with st.container(horizontal=True, gap="medium"):
        searches = _choose_searches(frame, kind)
        rules = ask_rules(frame, subject, kind, searches)
    return Asked(subject, kind, text, searches, rules)


def _show_examples(frame: Frame) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, example in enumerate(EXAMPLES):
            st.button(
                _(example.title),
                key=frame.address.key(f"example{number}"),
                on_click=_begin,
                args=(frame, example),
            )


def _choose_subject(frame: Frame, kinds: Mapping[str, Kind]) -> str:
    key = frame.address.choice("of", TABLE, list(kinds))
    titles = {name: name for name in kinds} | {TABLE: _("The book's table, four tokens")}
    return st.selectbox(
        _("What is searched"),
        list(kinds),
        key=key,
        format_func=titles.__getitem__,
        on_change=_forget,
        args=(frame,),
    )


def _type_text(frame: Frame, kind: Kind) -> str:
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
        _("English sentence") if translated else _("Text whose last word is to be completed"),
        "text",
        FIRST[kind],
        read=sentence_of("en") if translated else some_characters,
        most=LONGEST if translated else MOST,
        changed=lambda: _forget_the_old_text(frame),
    )


def _forget_the_old_text(frame: Frame) -> None:
    """A prefix and a reference are of one text; another one begins without."""
    for name in ("node", "reference"):
        frame.address.forget(name)


def _choose_searches(frame: Frame, kind: Kind) -> tuple[Strategy, ...]:
    """At least one; where all are taken away the last of them stays."""
    titles, first = search_titles(), _FIRST_SEARCHES[kind]
    key = frame.address.seed("searches", first, _read_searches)
    before = f"{key}.before"
    chosen = st.segmented_control(
        _("Searches to compare"),
        list(SEARCHES),
        format_func=titles.__getitem__,
        selection_mode="multi",
        key=key,
        on_change=_keep_one,
        args=(key, before),
        wrap=True,
    )
    st.session_state[before] = chosen
    return tuple(search for search in SEARCHES if search in chosen)


def _keep_one(key: str, before: str) -> None:
    if not st.session_state[key]:
        st.session_state[key] = st.session_state[before]


def _read_searches(text: str) -> list[str]:
    named = text.split(",")
    if not named or not set(named) <= set(SEARCHES) or len(set(named)) < len(named):
        raise ValueError(text)
    return named


def _begin(frame: Frame, example: Example) -> None:
    _forget(frame)
    st.session_state[frame.address.key("of")] = example.subject
    for name, value in example.settings.items():
        st.session_state[frame.address.key(name)] = value


def _forget(frame: Frame) -> None:
    """Another subject begins with settings of its own."""
    for name in (
        "text",
        "table",
        "searches",
        "width",
        "alpha",
        "longest",
        "stop",
        "seconds",
        "rank",
        "only",
        "node",
        "show",
        "reference",
        "topk",
    ):
        frame.address.forget(name)
