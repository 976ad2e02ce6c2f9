"""One question to beams of many widths and to exact search: in a thread, watched, stopped, kept.

A thread of a page that was closed goes on until exact search's budget ends, a minute at most.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import streamlit as st

from explorer.search.answers import Answer, beam_answers, exact_answer
from explorer.web.frame import Frame
from explorer.web.search.case import Case, max_length

WIDTHS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)
_TRIALS = "search.trials"
_AT_ONCE_S, _LOOK_S = 0.3, 0.5
_MOST_KEPT = 8


@dataclass
class Trial:
    """The answers as they come.

    Attributes:
        answers: Those that are there, in the order of `WIDTHS`, exact search last.
        error: What a search was refused with, if one was.
        stop: Set to end it.
    """

    answers: list[Answer] = field(default_factory=list)
    error: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self, case: Case) -> None:
        """Ask one search after another."""

        def run() -> None:
            try:
                for answer in _answers(case, self.stop):
                    self.answers.append(answer)
            except Exception as error:  # said by the page, which is another thread
                self.error = error

        self.thread = threading.Thread(target=run, name="beam widths", daemon=True)
        self.thread.start()

    @property
    def done(self) -> bool:
        """Whether no more answers come."""
        return self.thread is not None and not self.thread.is_alive()


def tried(frame: Frame, case: Case) -> tuple[Answer, ...]:
    """The answers that are there; while more come, how many and a button that ends it.

    Raises:
        ExplorerError: What a search raises.
    """
    trials: dict[object, Trial] = st.session_state.setdefault(_TRIALS, {})
    asked = case.asked
    key = (asked.subject, asked.text, replace(asked.rules, width=1))  # no width: all are tried
    for other, trial in trials.items():
        if other != key:
            trial.stop.set()
    if key not in trials:
        trials[key] = Trial()
        trials[key].start(case)
    while len(trials) > _MOST_KEPT:
        del trials[next(iter(trials))]
    trial = trials[key]
    if trial.thread is not None:
        trial.thread.join(_AT_ONCE_S)
    if not trial.done:
        _show_progress(frame, trial)
    if trial.error is not None:
        del trials[key]
        raise trial.error
    return tuple(trial.answers)


def _answers(case: Case, stop: threading.Event) -> Iterator[Answer]:
    rules = case.asked.rules
    asked = replace(case.question, max_length=max_length(rules, case.question))
    for width in WIDTHS:
        if stop.is_set():
            return
        yield from beam_answers(asked, width, [rules.alpha], stopping=rules.stopping)
    if not stop.is_set():
        yield exact_answer(asked, rules.alpha, seconds=rules.seconds, stop=stop.is_set)


@st.fragment(run_every=_LOOK_S)
def _show_progress(frame: Frame, trial: Trial) -> None:
    """How far it is; once it is done, the whole page again."""
    _ = frame.translate
    if trial.done:
        st.rerun()
    count = len(trial.answers)
    st.progress(
        count / (len(WIDTHS) + 1),
        _("{count} of {all} searches are done; the last is exact search.").format(
            count=count, all=len(WIDTHS) + 1
        ),
    )
    st.button(_("Stop and keep what is there"), icon=":material/stop:", on_click=trial.stop.set)
