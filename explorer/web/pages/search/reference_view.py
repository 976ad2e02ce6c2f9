"""Of a Hugging Face model: whether search or model is why a reference was not returned."""

from collections.abc import Iterator

import streamlit as st

from explorer.decoding.tree import SearchTree
from explorer.decoding.verdict import Verdict, judge
from explorer.locale import paragraph
from explorer.text.numbers import decimal
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.pages.search.result import Case, find_tree
from explorer.web.pages.search.tree_panels import why_unfinished, written
from explorer.web.shared.references import ask_any_reference


def show_reference(frame: Frame, case: Case) -> None:
    """The field for a reference, and the verdict on what the beam returned.

    Raises:
        ExplorerError: The model reads no such reference.
    """
    given = ask_any_reference(frame)
    own = case.trees.get("beam") or find_tree(frame, case.asked, case.question, "beam")
    if not given or own is None:
        return
    if own.unfinished:
        st.warning(paragraph(_("The output was cut."), why_unfinished(own)))
        return
    trees, asked = (own, *case.trees.values()), case.asked
    found = tuple((tree.strategy, tree.stopped, tree.best, len(tree)) for tree in trees)
    verdict = _judged(asked.subject, asked.text, given[0], (asked.rules, found), case, trees)
    st.info(paragraph(*_said(case, verdict)), icon=":material/balance:")


@st.cache_resource(max_entries=64, show_spinner=False)
def _judged(
    subject: str,
    text: str,
    reference: str,
    key: object,
    _case: Case,
    _trees: tuple[SearchTree, ...],
) -> Verdict:
    made, stopping = _case.question, _case.asked.rules.stopping
    tokens = made.read(reference)
    return judge(made.scorer, made.source, tokens, _trees[0], _trees, stopping=stopping)


def _said(case: Case, verdict: Verdict) -> Iterator[str]:
    """The verdict on the search, that on the model, and the scores."""
    if verdict.same:
        yield _("The beam returned the reference itself.")
    if better := verdict.better:
        yield _("A search error: the beam missed something better.")
        missed = _(
            "The model itself scores {found} higher, but the beam of width {width} missed it."
        )
        width = case.asked.rules.width
        yield missed.format(found=quoted(written(case, better)), width=width)
    elif verdict.proved:
        yield _("No search error: it is proved that nothing scores higher than the beam's output.")
    else:
        yield _("No search error found.")
        yield _("That there is none is not proved.")
    if not verdict.reachable:
        yield _("No search can return the reference: it is too long, or has a banned token.")
    elif verdict.prefers_own:
        yield _("A model error: the model itself prefers the beam's output to the reference.")
    yield _("The beam's output scores {own}, the reference {reference}.").format(
        own=decimal(verdict.own.score, 3), reference=decimal(verdict.reference.score, 3)
    )
