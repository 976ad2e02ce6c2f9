"""The chosen prefix: what became of it, what may come after it, the decoder's state at it."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from explorer.decoding.tree import Node
from explorer.locale import paragraph
from explorer.saving.tree_payload import labels
from explorer.text.numbers import decimal, percent
from explorer.text.pieces import joined
from explorer.text.tokens import visible
from explorer.web.kit.fragments import run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import choose
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.decoder_state import show_inside
from explorer.web.pages.search.node import follow_node
from explorer.web.pages.search.parameters import PART
from explorer.web.pages.search.result import Case, next_log_probs

_SHOWN = 10


def show_prefix(frame: Frame, case: Case) -> None:
    """What is known of the prefix; choosing another draws this alone again."""
    run_alone(frame, lambda frame, _page: _show_prefix(frame, follow_node(frame, case)))


def _show_prefix(frame: Frame, case: Case) -> None:
    """The prefix in words and what became of it; then the likeliest tokens, or gates and state."""
    search, number = case.chosen
    tree = case.tree
    node = tree[number]
    written = [tree.word(node.token) for node in tree.path(number)]
    words = " ".join(map(visible, joined(written))) or _("(nothing yet)")
    st.markdown(
        _("{search} search, prefix: {words}. Click a node of a tree to choose another.").format(
            search=search_titles()[search], words=plain(words)
        )
    )
    if number:
        st.markdown(became(node))
        st.caption(_numbers(node))
    if case.asked.kind in ("table", "hugging face"):
        _show_next(case, node)
        return
    if choose(frame, _("Show for this prefix"), PART) == "next":
        _show_next(case, node)
    else:
        show_inside(frame, case)


def became(node: Node) -> str:
    """What became of a prefix and why, in words."""
    said = labels(_)
    why = said.get(f"{node.fate} {node.reason}") or said[f"is {node.fate}"]
    return why.format(below=decimal(node.below, 3))


def _show_next(case: Case, node: Node) -> None:
    if node.ended:
        st.info(_("It has ended: no token follows."))
        return
    log_probs = next_log_probs(case)  # (V,)
    p = np.exp(log_probs)
    entropy = -(p[p > 0] * log_probs[p > 0]).sum()
    show_table(_likeliest(case, log_probs))
    spread = _(
        "The entropy of the distribution is {entropy} nats, as much as a uniform choice "
        "among {even} tokens."
    ).format(entropy=decimal(entropy, 2), even=decimal(math.exp(entropy), 1))
    st.caption(paragraph(_which_are_shown(int((p > 0).sum())), spread))


def _which_are_shown(possible: int) -> str:
    if possible <= _SHOWN:
        return _("These are all the possible next tokens.")
    return _("These are the {count} most likely of {all} tokens.").format(
        count=_SHOWN, all=f"{possible:,}"
    )


def _numbers(node: Node) -> str:
    return _("log p of its last token {own}, sum {total}, score {score}").format(
        own=decimal(node.log_prob, 3), total=decimal(node.total, 3), score=decimal(node.score, 3)
    )


def _likeliest(case: Case, log_probs: np.ndarray) -> pd.DataFrame:
    best = np.argsort(-log_probs, kind="stable")[:_SHOWN]
    best = best[np.isfinite(log_probs[best])]
    kept = {n.token: n for n in case.tree.children(case.chosen[1])}
    return pd.DataFrame(
        {
            _("token"): [visible(case.question.vocabulary[t]) for t in best],
            _("probability"): [percent(math.exp(log_probs[t])) for t in best],
            "log p": [decimal(log_probs[t], 3) for t in best],
            _("in the tree"): ["✓" if t in kept else "" for t in best.tolist()],
        }
    )
