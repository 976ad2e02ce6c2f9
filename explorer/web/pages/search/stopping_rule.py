"""What the beam would have returned under the other stopping rule, where that is something else."""

from dataclasses import replace

import streamlit as st

from explorer.decoding.tree import SearchTree
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.pages.search.result import Case, soon_found
from explorer.web.pages.search.tree_panels import answer

_CHEAP_S = 1.0
"""A beam that took longer is not searched a second time for this line."""


def show_other_rule(case: Case) -> None:
    """One quiet line with the other rule's answer and score; nothing where they agree."""
    own = case.trees.get("beam")
    if own is None or own.bill.seconds > _CHEAP_S:
        return
    first = case.asked.rules.stopping == "first k"
    rules = replace(case.asked.rules, stopping="nothing can win" if first else "first k")
    other = soon_found(replace(case.asked, rules=rules), case.question, "beam")
    if (own.n_best[0].tokens, own.unfinished) != (other.n_best[0].tokens, other.unfinished):
        st.caption(_said(case, other, first=first))


def _said(case: Case, other: SearchTree, *, first: bool) -> str:
    if other.unfinished:
        return _("Under the other stopping rule, the beam would finish no hypothesis.")
    said = (
        _("Stopping only when nothing can win, the beam would return {text}, score {score}.")
        if first
        else _("Stopping once k hypotheses are finished, it would return {text}, score {score}.")
    )
    text, score = quoted(answer(case, other)), decimal(other.n_best[0].score, 3)
    return said.format(text=text, score=score)
