"""Teacher forcing beside free running: the decoder reads a reference, or its own words."""

import math

import streamlit as st

from explorer.figures.paths import path_lines
from explorer.seq2seq.forced_decoding import Forced
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.teacher_forcing import TeacherForcing, teacher_forcing
from explorer.text.numbers import percent
from explorer.text.tokens import visible
from explorer.web.components.rows import Cell, Row, rows
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator
from explorer.web.shared.references import ask_references


def show_forcing(frame: Frame, case: Case) -> None:
    """Both rows of words, both curves, and where they part."""
    st.markdown(
        _(
            "In training, the decoder reads the reference's words, whatever it would have "
            "written itself (*teacher forcing*). In use, it reads its own words (*free "
            "running*, here greedy). Up to its first wrong guess, the two are the same."
        )
    )
    given = ask_references(frame, case.text, case.translator.language)
    if not given:
        st.info(_("Type a translation of the sentence for the decoder to read."))
        return
    ran = _running(case.asked.model, case.text, given[0])
    _show_rows(frame, ran)
    _say_parting(ran)
    paths = {
        _("teacher forcing: the reference's words"): ran.teacher.costs,
        _("free running: its own words"): ran.free.costs,
    }
    show_altair(frame, path_lines(paths, translate=_), "forcing")


def _show_rows(frame: Frame, ran: TeacherForcing) -> None:
    guesses = [
        Cell(visible(guess.token), mark=place == ran.parts, note=percent(math.exp(guess.log_prob)))
        for place, guess in enumerate(ran.guesses)
    ]
    rows(
        [
            Row(_("The reference, read by the decoder"), _cells(ran.teacher, ran.parts)),
            Row(_("What it would have written after each word"), guesses),
            Row(_("Free running: what it reads and writes"), _cells(ran.free, ran.parts)),
        ],
        key=frame.address.key("forcing"),
    )
    st.caption(_("Below each word: its probability. Framed: the first difference."))


def _cells(forced: Forced, parts: int | None) -> list[Cell]:
    return [
        Cell(visible(step.token), mark=place == parts, note=percent(math.exp(step.log_prob)))
        for place, step in enumerate(forced.steps)
    ]


def _say_parting(ran: TeacherForcing) -> None:
    if ran.parts is None:
        st.markdown(_("It writes the reference itself: the two never differ."))
        return
    said = _(
        "They differ from word {place} on: the reference has {wanted}, the model would "
        "write {guess}."
    )
    st.markdown(
        said.format(
            place=ran.parts + 1,
            wanted=plain(visible(ran.teacher.steps[ran.parts].token)),
            guess=plain(visible(ran.guesses[ran.parts].token)),
        )
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _running(model: str, text: str, reference: str) -> TeacherForcing:
    found = translator(model)
    return teacher_forcing(found, text, target_tokens(found, reference))
