"""Whose fault a translation is: the search's or the model's, and where the reference was lost."""

import math

import pandas as pd
import streamlit as st

from explorer.decoding.tree import SearchTree
from explorer.locale import paragraph
from explorer.seq2seq.verdict import Verdict, judge
from explorer.text.numbers import decimal, percent
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.kit.table import show_table
from explorer.web.pages.search.beam_rank_view import show_fall
from explorer.web.pages.search.result import Case, find_tree
from explorer.web.pages.search.tree_panels import answer, why_unfinished, written
from explorer.web.shared.models import translator
from explorer.web.shared.references import ask_references, out_of_reach, unwritable


def show_verdict(frame: Frame, case: Case) -> None:
    """What search and model did wrong, the reference's way through the beam, and the empty one."""
    language = translator(case.asked.subject).language
    given = ask_references(frame, case.asked.text, language, most=1)
    own = case.trees.get("beam") or find_tree(frame, case.asked, case.question, "beam")
    if not given or own is None:
        st.info(_("Type a translation of the sentence to compare with the beam's."))
        return
    verdict = _judged(case, own, given[0])
    _say_search(frame, case, own, verdict)
    _say_model(frame, verdict)
    _show_table(frame, case, own, verdict)
    show_fall(frame, case, verdict)
    _say_empty(verdict)


def _judged(case: Case, own: SearchTree, reference: str) -> Verdict:
    trees = tuple(case.trees.values())
    found = tuple((tree.strategy, tree.stopped, tree.best, len(tree)) for tree in trees)
    return _judge(case.asked.subject, case.asked.text, reference, (case.asked.rules, found),
                  case, own)  # fmt: skip


@st.cache_resource(max_entries=64, show_spinner=False)
def _judge(
    subject: str, text: str, reference: str, key: object, _case: Case, _own: SearchTree
) -> Verdict:
    return judge(
        translator(subject),
        text,
        reference,
        _own,
        tuple(_case.trees.values()),
        scorer=_case.question.scorer,
        stopping=_case.asked.rules.stopping,
    )


def _say_search(frame: Frame, case: Case, own: SearchTree, verdict: Verdict) -> None:
    """Whether anything is known that scores higher than what the search returned."""
    width, better = case.asked.rules.width, verdict.better
    if not verdict.judged:
        said = _("**No verdict**: the beam's output has not ended, so it has no score yet.")
        st.warning(paragraph(said, why_unfinished(frame, own)), icon=":material/content_cut:")
    elif better is not None:
        said = _(
            "**A search error.** {found} scores {score}, which is {more} more than what the "
            "beam of width {width} returned. The model prefers it, but the search missed it."
        ).format(
            found=quoted(written(frame, case, better)),
            score=decimal(better.score, 3),
            more=decimal(better.score - verdict.own.score, 3),
            width=width,
        )
        if better.tokens == verdict.reference.tokens:
            said = paragraph(said, _("It is the reference itself."))
        st.warning(said, icon=":material/search_off:")
    elif verdict.proved:
        said = _(
            "**No search error.** It is proved that nothing scores higher than the beam's output."
        )
        st.success(said, icon=":material/check_circle:")
    else:
        st.markdown(
            _(
                "**No search error found**: none of these searches found anything that scores "
                "higher than the beam's output. Choose exact search above to find out whether "
                "anything does."
            )
        )


def _say_model(frame: Frame, verdict: Verdict) -> None:
    """Whether the model prefers its own output to the reference."""
    unknown = verdict.compared.references[0].forced.unknown
    if unknown:
        st.markdown(unwritable(frame, unknown))
    if verdict.excess:
        st.markdown(out_of_reach(frame, len(verdict.reference.tokens) + 1, verdict.max_length))
    if verdict.same:
        st.success(_("The beam returned the reference itself."), icon=":material/check_circle:")
    if not verdict.prefers_own:
        return
    own, reference = verdict.own, verdict.reference
    said = _(
        "**A model error.** The model itself scores its own output higher than the "
        "reference, by {score}; in log p, by {nats} nats. No better search would choose "
        "the reference."
    ).format(
        score=decimal(own.score - reference.score, 3),
        nats=decimal(own.log_prob - reference.log_prob, 2),
    )
    st.info(said, icon=":material/psychology:")


def _show_table(frame: Frame, case: Case, own: SearchTree, verdict: Verdict) -> None:
    """What was compared, with its numbers."""
    rows = [
        (_("the beam's output"), answer(frame, case, own), verdict.own),
        (_("the reference"), written(frame, case, verdict.reference), verdict.reference),
        (_("the empty translation"), written(frame, case, verdict.empty), verdict.empty),
    ]
    better = verdict.better
    if better is not None and better.tokens not in (verdict.reference.tokens, ()):
        rows.insert(1, (_("the best known"), written(frame, case, better), better))
    table = pd.DataFrame(
        {
            " ": [name for name, _text, _found in rows],
            _("score"): [decimal(f.score, 3) if f.finished else "–" for *_names, f in rows],
            "log p": [decimal(found.log_prob, 3) for *_names, found in rows],
            _("text"): [text for _name, text, _found in rows],
            _("tokens"): [len(found.tokens) + found.finished for *_names, found in rows],
        }
    )
    show_table(table)


def _say_empty(verdict: Verdict) -> None:
    """How likely it is to say nothing, and what is known to be better."""
    empty, above, count = verdict.empty, verdict.above_empty, len(verdict.known)
    said = _(
        "The probability of ending at once is {share}: log p of the empty translation is "
        "{log_prob}, and so is its score, whatever α is, since its length is 1. Of the "
        "{count} hypotheses that these searches finished, {above} score higher: its rank "
        "is {rank} or worse."
    ).format(
        share=percent(math.exp(empty.log_prob)),
        log_prob=decimal(empty.log_prob, 3),
        count=count,
        above=above,
        rank=above + 1,
    )
    if not above and verdict.proved:
        said = paragraph(
            said, _("It is proved to be the best of all: the model would rather say nothing.")
        )
    st.markdown(said)
