"""A program that answers an exercise: its numbers, computed here, and its text."""

from dataclasses import dataclass, field
from functools import partial

import pandas as pd
import streamlit as st

from explorer.exercises.programs import Program
from explorer.text.numbers import short
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Stop
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import example
from explorer.web.pages.exercises.parameters import RUN


@dataclass
class Output:
    """What a program has said so far: it grows."""

    rows: list[tuple[str, float | str]] = field(default_factory=list)


def offer_program(frame: Frame, program: Program, exercise: str) -> None:
    """One click that runs the program of an exercise, and then its numbers and its text."""
    key = f"program.{exercise}"
    if frame.address.value(RUN) != exercise:
        example(frame, f"▷ {_(program.title)}", {RUN: exercise}, key=key)
        return
    st.markdown(f"**{_(program.title)}**")
    st.markdown(_(program.numbers))
    job = session_jobs().ask("program", program.name, Output, partial(_run, program))
    if job.ended:
        _show(job.outcome())
    else:
        watch(job, _show, stop=_("Stop"), key=f"{key}.stop")
    with st.expander(_("The program")):
        st.code(program.source(), language=None)  # in colours its words are too pale to read
        st.code(program.command, language=None)


def _run(program: Program, output: Output, stop: Stop) -> None:
    for row in program.rows():
        output.rows.append(row)
        if stop():
            return


def _show(output: Output) -> None:
    if not output.rows:
        st.markdown(_("It takes some seconds."))
        return
    whats, numbers = zip(*output.rows, strict=True)
    table = {_("measured"): [_(what) for what in whats], _("value"): [_written(n) for n in numbers]}
    show_table(pd.DataFrame(table))


def _written(number: float | str) -> str:
    if isinstance(number, str):
        return number
    return f"{number:,}" if isinstance(number, int) else short(number, 3)
