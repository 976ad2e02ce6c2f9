"""What is wrong with one translation, and why: the answer first, then what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.decoding.budget import Budget, Progress
from explorer.seq2seq.diagnosis import diagnosing
from explorer.seq2seq.findings import Diagnosis
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Job, Stop
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.pages.translation.diagnosis_details import show_details
from explorer.web.pages.translation.diagnosis_words import findings, headline
from explorer.web.pages.translation.first_difference import show_difference
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator
from explorer.web.shared.references import ask_references
from explorer.web.shared.search_progress import MEMORY, say_progress
from explorer.web.shared.translators import stopping

SECONDS = 10
"""What the search for a proof may take."""


@dataclass
class Growing:
    """A diagnosis in the making.

    Attributes:
        found: As far as it is; None before its first step.
        progress: Of the exact search.
    """

    found: Diagnosis | None = None
    progress: Progress | None = None

    def note(self, progress: Progress) -> None:
        """Keep what the search says."""
        self.progress = progress


def show_diagnosis(frame: Frame, case: Case) -> None:
    """Of the translation that the search finds by itself, and of the first reference."""
    given = ask_references(frame, case.text, case.translator.language)
    if case.prefix:
        st.info(_("You forced a beginning; this is about what the search finds without it."))
    job = _diagnosing(case, given)
    if not job.ended:
        key = frame.address.key("stop diagnosis")
        stop = _("Stop and keep the results so far")
        watch(job, _say, stop=stop, key=key, draw=lambda growing: _draw(frame, growing.found))
    elif found := job.outcome().found:
        _draw(frame, found)
        show_details(frame, case, found, given)


def _say(growing: Growing) -> None:
    if growing.found and growing.found.proof:
        st.markdown(_("Looking for the width that keeps the reference …"))
    else:
        say_progress("exact", growing.progress)


def _draw(frame: Frame, found: Diagnosis | None) -> None:
    """The answer, the findings, and what the model thought where it left the reference."""
    if found is None:
        return
    headline(found)
    left, right = st.columns([3, 2], gap="large")
    left.markdown("\n".join(f"- {line}" for line in findings(found)))
    if found.against and found.against.departure:
        with right:
            show_difference(frame, found.against.departure)


def _diagnosing(case: Case, given: Sequence[str]) -> Job[Growing]:
    asked, reference = case.asked, next(iter(given), None)

    def work(growing: Growing, stop: Stop) -> None:
        for found in diagnosing(
            translator(asked.model),
            case.text,
            reference,
            width=asked.width,
            alpha=asked.alpha,
            stopping=stopping(asked.width),
            budget=Budget(seconds=SECONDS, memory=MEMORY),
            watch=growing.note,
            stop=stop,
        ):
            growing.found = found

    key = (asked.model, case.text, reference, asked.width, asked.alpha)
    return session_jobs().ask("diagnosis", key, Growing, work)
