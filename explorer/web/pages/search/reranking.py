"""α as a slider: what the searches found, ranked anew, without another search."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.reranking import length, reranked, rescored
from explorer.figures.ranks import MOST, rank_lines
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import slide
from explorer.web.pages.search.parameters import RANK
from explorer.web.pages.search.result import Case
from explorer.web.pages.search.tree_panels import written

_ALPHAS = tuple(step / 20 for step in range(41))
_LOOKED_AT = 200
"""Hypotheses of a search that are ranked: its best under some α."""
_LISTED = 10


def show_reranking(frame: Frame, case: Case) -> None:
    """The slider, who is first where, and what that says of long outputs."""
    trees = list(case.trees.values())
    ends = (0.0, case.asked.rules.alpha, _ALPHAS[-1])
    found = {h.tokens: h for a in ends for h in reranked(trees, a, most=_LOOKED_AT)}
    if not found:
        st.info(_("None of these searches finished a hypothesis."))
        return
    alpha = _ask_alpha(frame, case)
    orders = {a: _ranked(found.values(), a) for a in {*_ALPHAS, alpha}}
    _say_lengths(case, orders, alpha)
    shown = {h.tokens: h for a in (alpha, *ends) for h in orders[a][: MOST // 2]}
    some = _named(case, list(shown.values())[:MOST])
    among = {a: _ranked(some.values(), a) for a in _ALPHAS}
    ranks = {name: [_place(among[a], one) for a in _ALPHAS] for name, one in some.items()}
    show_altair(frame, rank_lines(ranks, _ALPHAS, chosen=alpha, translate=_), "reranking")
    _show_table(case, orders[alpha])


def _ranked(found: Iterable[Hypothesis], alpha: float) -> list[Hypothesis]:
    return sorted((rescored(one, alpha) for one in found), key=lambda one: -one.score)


def _place(order: Sequence[Hypothesis], one: Hypothesis) -> tuple[int, float]:
    """Rank, from 1, and score."""
    place = next(n for n, other in enumerate(order) if other.tokens == one.tokens)
    return place + 1, order[place].score


def _named(case: Case, found: Sequence[Hypothesis]) -> dict[str, Hypothesis]:
    """Each as text; where two have the same words, the number of tokens tells them apart."""
    named: dict[str, Hypothesis] = {}
    for one in found:
        text = written(case, one)
        named[text if text not in named else f"{text} ({length(one)})"] = one
    return named


def _say_lengths(case: Case, orders: Mapping[float, Sequence[Hypothesis]], alpha: float) -> None:
    """What α does to long outputs, in these hypotheses' numbers."""
    plainly, now, most = (orders[a][0] for a in (0.0, alpha, _ALPHAS[-1]))
    st.markdown(
        _(
            "Best at α = {alpha}: {text}, {length} tokens long with its end. The best at α = 0 has "
            "{plain} and the best at α = 2 has {most}."
        ).format(
            alpha=decimal(alpha, 2),
            text=quoted(written(case, now)),
            length=length(now),
            plain=length(plainly),
            most=length(most),
        )
    )
    short, long = min(orders[alpha], key=length), max(orders[alpha], key=length)
    if length(short) == length(long):
        return
    st.markdown(
        _(
            "The book says that dividing by Lᵅ penalises long outputs. In fact it favours "
            "them: log p is negative, and dividing by a larger number brings it nearer to "
            "zero. With α = 0 and α = {alpha}, the shortest of these (L = {short}) scores "
            "{short_log_p} and {short_score}, the longest (L = {long}) {long_log_p} and "
            "{long_score}."
        ).format(
            alpha=decimal(alpha, 2),
            short=length(short),
            short_log_p=decimal(short.log_prob, 2),
            short_score=decimal(short.score, 2),
            long=length(long),
            long_log_p=decimal(long.log_prob, 2),
            long_score=decimal(long.score, 2),
        )
    )


def _show_table(case: Case, order: Sequence[Hypothesis]) -> None:
    """The first of the order, with their numbers."""
    some = order[:_LISTED]
    table = pd.DataFrame(
        {
            _("rank"): range(1, len(some) + 1),
            _("score"): [decimal(one.score, 3) for one in some],
            _("text"): [written(case, one) for one in some],
            "log p": [decimal(one.log_prob, 3) for one in some],
            _("tokens"): [length(one) for one in some],
        }
    )
    show_table(table)


def _ask_alpha(frame: Frame, case: Case) -> float:
    return slide(
        frame,
        _("α for ranking the hypotheses"),
        RANK.starting(case.asked.rules.alpha),
        step=0.05,
        help=_(
            "Moving it does not search again: what the searches dropped under their own "
            "rules cannot come back, though it might have won at another α."
        ),
    )
