"""Networks that learn the reader's hidden Markov model, in a thread: watched, stopped, and kept.

A thread of a page that was closed ends with its updates, in a minute or so.
"""

import threading
from dataclasses import dataclass, field

import streamlit as st
import torch

from explorer.markov.learning import Lesson, Plan, learn
from explorer.markov.model import HiddenMarkovModel
from explorer.web.frame import Frame

_KEPT, _RUNNING = "markov.kept", "markov.running"
_LOOK_S = 0.5
_MOST_KEPT = 4


@dataclass
class Job:
    """A training run in its thread.

    Attributes:
        model: What it learns.
        share: How much of it is done, from 0 to 1.
        lesson: The networks, once it is done.
        error: What it failed with, if it did.
        stop: Set to end it; what is learned by then is kept.
    """

    model: HiddenMarkovModel
    share: float = 0.0
    lesson: Lesson | None = None
    error: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self, plan: Plan) -> None:
        """Train."""

        def run() -> None:
            torch.set_num_threads(1)
            try:
                self.lesson = learn(
                    self.model, plan=plan, seed=0, watch=self._watch, stop=self.stop.is_set
                )
            except Exception as error:  # said by the page, which is another thread
                self.error = error

        self.thread = threading.Thread(target=run, name="learning a model", daemon=True)
        self.thread.start()

    @property
    def done(self) -> bool:
        """Whether there are networks or an error."""
        return self.thread is not None and not self.thread.is_alive()

    def _watch(self, share: float) -> None:
        self.share = share


def learned(frame: Frame, model: HiddenMarkovModel, plan: Plan) -> Lesson | None:
    """The networks that learned ``model``; None until they have, with a button or progress shown.

    A run for another model is stopped.
    """
    kept: dict[HiddenMarkovModel, Lesson] = st.session_state.setdefault(_KEPT, {})
    running: Job | None = st.session_state.get(_RUNNING)
    if running is not None and running.model != model:
        running.stop.set()
        running = st.session_state[_RUNNING] = None
    if running is not None and running.done:
        st.session_state[_RUNNING] = None
        if running.lesson is None:
            raise running.error or RuntimeError("a training run ended with nothing")
        kept[model] = running.lesson
        while len(kept) > _MOST_KEPT:
            del kept[next(iter(kept))]
        running = None
    if running is not None:
        _show_progress(frame, running)
        return None
    if model not in kept:
        _offer(frame, model, plan)
    return kept.get(model)


def _offer(frame: Frame, model: HiddenMarkovModel, plan: Plan) -> None:
    """The button that begins a run, and what would be learned."""
    _ = frame.translate

    def begin() -> None:
        job = st.session_state[_RUNNING] = Job(model)
        job.start(plan)

    st.button(
        _("Train networks on this model"),
        icon=":material/model_training:",
        key=frame.address.key("train"),
        on_click=begin,
    )
    st.caption(
        _(
            "Three GRUs of {units} units learn for {updates} updates, about a quarter of a minute, "
            "on sequences drawn from the model with their states. They are shown what was drawn, "
            "never a probability; the best that such a network can learn is the posterior."
        ).format(units=plan.units, updates=plan.updates)
    )


@st.fragment(run_every=_LOOK_S)
def _show_progress(frame: Frame, job: Job) -> None:
    """How far the run is, and a button that ends it; once it is done, the whole page again."""
    _ = frame.translate
    if job.done:
        st.rerun()
    st.progress(job.share, text=_("Learning: {share}").format(share=f"{job.share:.0%}"))
    st.button(_("Stop and keep what is learned"), icon=":material/stop:", on_click=job.stop.set)
