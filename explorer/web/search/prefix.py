"""What the decoder gave after the chosen prefix: the next tokens and their probabilities."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from explorer.decoding.tree import Node
from explorer.web.frame import Frame, plain
from explorer.web.numbers import percent
from explorer.web.search.ask import search_titles
from explorer.web.search.case import Case, next_log_probs

_SHOWN = 10


def show_prefix(frame: Frame, case: Case) -> None:
    """The prefix in words, and the likeliest tokens after it."""
    _ = frame.translate
    search, number = case.chosen
    tree = case.tree
    node = tree[number]
    words = " ".join(tree.word(n.token) for n in tree.path(number)) or _("(nothing yet)")
    st.markdown(
        _("{search} search, prefix: {words}. Click a node of a tree to choose another.").format(
            search=search_titles(_)[search], words=plain(words)
        )
    )
    if number:
        st.caption(_numbers(frame, node))
    if node.ended:
        st.info(_("It has ended: nothing comes after it."))
        return
    log_probs = next_log_probs(case)  # (V,)
    p = np.exp(log_probs)
    entropy = -(p[p > 0] * log_probs[p > 0]).sum()
    st.dataframe(_likeliest(frame, case, log_probs), hide_index=True)
    st.caption(
        _(
            "The {count} likeliest of {all} tokens; the entropy of the distribution is {entropy} "
            "nats, as much as an even choice among {even} tokens."
        ).format(
            count=min(_SHOWN, int((p > 0).sum())),
            all=f"{int((p > 0).sum()):,}",
            entropy=f"{entropy:.2f}",
            even=f"{math.exp(entropy):.1f}",
        )
    )


def _numbers(frame: Frame, node: Node) -> str:
    _ = frame.translate
    return _("log p of its last token {own}, sum {total}, score {score}").format(
        own=f"{node.log_prob:.3f}", total=f"{node.total:.3f}", score=f"{node.score:.3f}"
    )


def _likeliest(frame: Frame, case: Case, log_probs: np.ndarray) -> pd.DataFrame:
    _ = frame.translate
    best = np.argsort(-log_probs, kind="stable")[:_SHOWN]
    best = best[np.isfinite(log_probs[best])]
    kept = {n.token: n for n in case.tree.children(case.chosen[1])}
    return pd.DataFrame(
        {
            _("token"): [case.question.vocabulary[t] for t in best],
            _("probability"): [percent(math.exp(log_probs[t])) for t in best],
            "log p": [round(float(log_probs[t]), 3) for t in best],
            _("in the tree"): ["✓" if t in kept else "" for t in best.tolist()],
        }
    )
