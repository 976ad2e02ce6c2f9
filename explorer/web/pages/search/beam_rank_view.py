"""Where a reference fell out of the beam, and how wide a beam would have kept it."""

import math
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from explorer.decoding.reference_rank import ReferenceRank, StepRank, kept_by, least_width
from explorer.figures.falling import Held, falling_lines
from explorer.locale import paragraph
from explorer.seq2seq.verdict import Verdict
from explorer.text.numbers import decimal, percent
from explorer.text.tokens import visible
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Job, Stop
from explorer.web.kit.markup import plain
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.kit.table import show_table
from explorer.web.pages.search.result import Case, max_length

WIDEST = 200
"""The widest beam that is tried for the reference."""


class _StoppedError(Exception):
    """Between two beams."""


@dataclass
class LeastWidth:
    """The width that is looked for.

    Attributes:
        width: Of the beam; None if none up to `WIDEST` does.
        known: Whether it was found out.
    """

    width: int | None = None
    known: bool = False


def show_fall(frame: Frame, case: Case, verdict: Verdict) -> None:
    """The step in words, the width that would do, and every step."""
    said = _fate(case, verdict.reference_rank)
    job = _looking(case, verdict.reference.tokens) if verdict.reachable else None
    if job is not None and job.ended:
        said = paragraph(said, _say_width(job.outcome()))
    st.markdown(said)
    if job is not None and not job.ended:
        watch(job, _say_looking, stop=_("Stop looking"))
    places = verdict.reference_rank.steps
    words = case.question.vocabulary
    steps = [Held(visible(words[p.token]), p.total, p.cut, p.rank, p.kept) for p in places]
    show_altair(frame, falling_lines(steps, translate=_), "falling")
    with st.expander(_("Step by step")):
        show_table(_table(case, places))


def _fate(case: Case, followed: ReferenceRank) -> str:
    """What became of the reference in the beam."""
    width, fell = case.asked.rules.width, followed.fell
    if followed.found:
        return _(
            "The reference never fell out of the beam of width {width}: it finished and was "
            "ranked with the others."
        ).format(width=width)
    if fell is None:
        return _unfinished(case, len(followed.steps))
    place = followed.steps[fell - 1]
    token = plain(visible(case.question.vocabulary[place.token]))
    if place.log_prob == -math.inf:
        return _("At step {step} the reference has {token}, which is not allowed.").format(
            step=fell, token=token
        )
    return _(
        "The reference fell out of the beam of width {width} at step {step}, with "
        "{token}, whose probability there is {share}. This gave its prefix rank {rank} "
        "among all candidates of the step, {below} nats below the cutoff."
    ).format(
        width=width,
        step=fell,
        token=token,
        share=percent(math.exp(place.log_prob)),
        rank=f"{place.rank:,}",
        below=decimal(place.below, 2),
    )


def _unfinished(case: Case, steps: int) -> str:
    """Why the search stopped before the reference ends."""
    rules = case.asked.rules
    if steps == max_length(rules, case.question):
        said = _("The reference never fell out of the beam of width {width}, but it is too long.")
    elif rules.stopping == "nothing can win":
        said = _(
            "The reference never fell out of the beam of width {width}, but the search "
            "stopped after {steps} steps, before the reference ends: nothing in the beam "
            "could beat what it had finished."
        )
    else:
        said = _(
            "The reference never fell out of the beam of width {width}, but the search "
            "stopped after {steps} steps, before the reference ends: other hypotheses had "
            "finished. Under More rules it can be made to go on until nothing can win any "
            "more."
        )
    return said.format(width=rules.width, steps=steps)


def _say_width(found: LeastWidth) -> str:
    if not found.known:
        return _("The search for the width that keeps the reference was stopped.")
    least = found.width
    if least is None:
        return _("No beam up to width {most} keeps it to the end.").format(most=WIDEST)
    if least == 1:
        return _("Even a beam of width 1 keeps it to the end.")
    return _("A beam of width {width} keeps it to the end; one of width {less} does not.").format(
        width=least, less=least - 1
    )


def _say_looking(found: LeastWidth) -> None:
    st.markdown(_("Looking for the width that keeps the reference …"))


def _looking(case: Case, tokens: tuple[int, ...]) -> Job[LeastWidth]:
    """The job that tries one beam after another, each to the end; see `least_width`."""
    question, asked = case.question, case.asked

    def work(found: LeastWidth, stop: Stop) -> None:
        def keeps(width: int) -> bool:
            if stop():
                raise _StoppedError
            longest = max_length(asked.rules, question)
            return kept_by(
                question.scorer, question.source, tokens, width=width, max_length=longest
            )

        with suppress(_StoppedError):
            found.width = least_width(keeps, first=asked.rules.width, most=WIDEST)
            found.known = True

    key = (asked.subject, asked.text, asked.rules, tokens)
    return session_jobs().ask("least width", key, LeastWidth, work)


def _table(case: Case, places: tuple[StepRank, ...]) -> pd.DataFrame:
    """A row a step; a candidate that may not come has no number."""
    return pd.DataFrame(
        {
            _("step"): range(1, len(places) + 1),
            _("token"): [visible(case.question.vocabulary[place.token]) for place in places],
            "log p": [_number(place.log_prob) for place in places],
            _("log p so far (nats)"): [_number(place.total) for place in places],
            _("cutoff"): [_number(place.cut) for place in places],
            _("rank"): [place.rank for place in places],
            _("below the cutoff (nats)"): [_number(place.below) for place in places],
            _("in the beam"): ["✓" if place.kept else "" for place in places],
        }
    )


def _number(nats: float) -> str | None:
    return decimal(nats, 3) if math.isfinite(nats) else None
