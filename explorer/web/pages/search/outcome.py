"""In one sentence, what greedy search missed. Draws nothing else."""

import math

import streamlit as st

from explorer.decoding.tree import SearchTree
from explorer.locale import paragraph
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.pages.search.result import Case
from explorer.web.pages.search.tree_panels import answer, why_unfinished


def show_outcome(case: Case) -> None:
    """Greedy search's sequence beside the best of all, where both are shown and that is proved."""
    proved = [t for t in case.trees.values() if t.proved_optimal]
    if "greedy" not in case.trees or not proved:
        return
    greedy, best = case.trees["greedy"], max(proved, key=lambda tree: tree.n_best[0].score)
    if not greedy.n_best[0].finished:
        said = paragraph(
            _("Greedy search finished no hypothesis: {greedy}."),
            why_unfinished(greedy),
            _("Of all sequences, {best} has the highest score, with probability {p}."),
        )
    elif greedy.n_best[0].tokens == best.n_best[0].tokens:
        said = _(
            "Greedy search wins: it found {best}, which has the highest score of all "
            "sequences, with probability {p}."
        )
    else:
        said = _(
            "Greedy search misses the best: it found {greedy} with probability {q}. Of all "
            "sequences, {best} has the highest score, with probability {p}."
        )
    st.markdown(
        said.format(
            greedy=quoted(answer(case, greedy)),
            best=quoted(answer(case, best)),
            q=_probability(greedy),
            p=_probability(best),
        )
    )


def _probability(tree: SearchTree) -> str:
    return f"{math.exp(tree.n_best[0].log_prob):.3g}"
