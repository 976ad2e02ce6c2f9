"""Networks that learn the reader's hidden Markov model, as a job."""

from dataclasses import dataclass

import streamlit as st

from explorer.markov.learning import Lesson, Plan, learn
from explorer.markov.model import HiddenMarkovModel
from explorer.text.numbers import percent
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Stop
from explorer.web.kit.session_jobs import session_jobs, watch

_JOB = "markov"


@dataclass
class Learning:
    """How far the networks are.

    Attributes:
        share: How much is done, from 0 to 1.
        lesson: The networks, once it is done.
    """

    share: float = 0.0
    lesson: Lesson | None = None

    def note(self, share: float) -> None:
        """Keep how much is done."""
        self.share = share


def learned(frame: Frame, model: HiddenMarkovModel, plan: Plan) -> Lesson | None:
    """The networks that learned ``model``; None until they have, with a button or progress shown.

    A run for another model is stopped.
    """
    job = session_jobs().known(_JOB, model)
    if job is None:
        _offer(frame, model, plan)
        return None
    if job.ended:
        lesson: Lesson | None = job.outcome().lesson
        return lesson
    watch(job, _show, stop=_("Stop and keep what was learned"))
    return None


def _offer(frame: Frame, model: HiddenMarkovModel, plan: Plan) -> None:
    """The button that begins a run, and what would be learned."""

    def begin() -> None:
        session_jobs().begin(_JOB, model, Learning(), work)

    def work(learning: Learning, stop: Stop) -> None:
        learning.lesson = learn(model, plan=plan, seed=0, watch=learning.note, stop=stop)

    st.button(
        _("Train networks on this model"),
        icon=":material/model_training:",
        key=frame.address.key("train"),
        on_click=begin,
    )
    st.caption(
        _(
            "Three GRUs of {units} units are trained for {updates} updates on sequences and states "
            "drawn from the model. They see only samples, never a probability; the best such a "
            "network can learn is the posterior."
        ).format(units=plan.units, updates=plan.updates)
    )


def _show(learning: Learning) -> None:
    st.progress(learning.share, text=_("Training: {share}").format(share=percent(learning.share)))
