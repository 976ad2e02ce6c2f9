"""What every search found and what it cost, beside what the book says that it costs."""

import math

import pandas as pd
import streamlit as st

from explorer.decoding.tree import Bill, Strategy
from explorer.figures.bill import Count, Kind, bill_chart
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.formulas import Formula, formulas
from explorer.web.pages.search.result import Case, max_length, tokens
from explorer.web.pages.search.tree_panels import answer


def show_bill(frame: Frame, case: Case) -> None:
    """A row a search; the numbers on one axis with those of the book's formulas."""
    known = formulas(
        tokens=tokens(case.question),
        width=case.asked.rules.width,
        longest=max_length(case.asked.rules, case.question),
    )
    _show_table(case)
    _show_chart(frame, case, known)
    st.caption(_explain(case, known))


def _show_table(case: Case) -> None:
    titles = search_titles()
    rows = [
        {
            _("search"): titles[name],
            _("best"): answer(case, tree),
            "log p": tree.n_best[0].log_prob,
            _("score"): tree.n_best[0].score,
            _("decoder calls"): tree.bill.decoder_calls,
            _("prefixes read"): tree.bill.prefixes_read,
            _("continuations scored"): tree.bill.continuations_scored,
            _("seconds"): tree.bill.seconds,
        }
        for name, tree in case.trees.items()
    ]
    show_table(pd.DataFrame(rows), digits={"log p": 3, _("score"): 3, _("seconds"): 3})


def _show_chart(frame: Frame, case: Case, known: dict[Strategy, Formula]) -> None:
    titles = search_titles()
    counts = [
        Count(titles[name], kind, math.log10(value), f"{value:,}")
        for name, tree in case.trees.items()
        for kind, value in _measured(tree.bill).items()
    ]
    counts += [Count(titles[n], "formula", f.power, str(f)) for n, f in known.items()]
    chart = bill_chart(
        counts,
        rows=[titles[name] for name in titles if name in case.trees or name in known],
        kinds=_kinds(),
        title=_("count (log scale)"),
    )
    show_altair(frame, chart, "bill")


def _measured(bill: Bill) -> dict[Kind, int]:
    return {
        "scored": bill.continuations_scored,
        "read": bill.prefixes_read,
        "calls": bill.decoder_calls,
    }


def _kinds() -> dict[Kind, str]:
    return {
        "scored": _("continuations scored"),
        "read": _("prefixes read"),
        "calls": _("decoder calls"),
        "formula": _("the book's formula"),
    }


def _explain(case: Case, known: dict[Strategy, Formula]) -> str:
    """The chart for those who cannot see it, and why the numbers differ."""
    titles = search_titles()
    counted = "\n".join(
        "- " + _("{search} search: {formula}").format(search=titles[name], formula=formula)
        for name, formula in known.items()
    )
    letters = _("Here |Y| = {tokens} tokens are allowed, k = {width} and T′ = {longest}.").format(
        tokens=f"{tokens(case.question):,}",
        width=case.asked.rules.width,
        longest=max_length(case.asked.rules, case.question),
    )
    why = _(
        "The book counts continuations up to the maximum length T′. Fewer are scored "
        "where a search stops earlier, and where sequences end on the way. The book has "
        "no formula for exact search: its cost depends on the problem."
    )
    return f"{letters}\n{counted}\n\n{why}"
