"""One question to beams of many widths and to exact search, as a job."""

from dataclasses import replace
from functools import partial

import streamlit as st

from explorer.search.sentence_widths import Answer, beam_answers, exact_answer
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Stop
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.pages.search.result import Case, budget, max_length

WIDTHS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)


def tried(case: Case) -> tuple[Answer, ...]:
    """The answers that are there; while more come, how many and a button that ends it.

    Raises:
        ExplorerError: What a search raises.
    """
    asked = case.asked
    key = (asked.subject, asked.text, replace(asked.rules, width=1))  # no width: all are tried
    job = session_jobs().ask("widths", key, list[Answer], partial(_try, case))
    if job.ended:
        return tuple(job.outcome())
    stop = _("Stop and keep the results so far")
    watch(job, _show, stop=stop)
    return tuple(job.result)


def _try(case: Case, answers: list[Answer], stop: Stop) -> None:
    """Ask one search after another; exact search comes last."""
    rules = case.asked.rules
    asked = replace(case.question, max_length=max_length(rules, case.question))
    for width in WIDTHS:
        if stop():
            return
        answers += beam_answers(asked, width, [rules.alpha], stopping=rules.stopping)
    if not stop():
        answers.append(exact_answer(asked, rules.alpha, budget=budget(rules), stop=stop))


def _show(answers: list[Answer]) -> None:
    count, most = len(answers), len(WIDTHS) + 1
    st.progress(
        count / most,
        _("{count} of {all} searches are done; the last is exact search.").format(
            count=count, all=most
        ),
    )
