"""What networks of the recall language still know of a text: beside the claim on long dependencies.

Torch is brought in when the text is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.experiments.experiment import Numbers
from explorer.figures.measured import Line, Look, Scale, spread_lines
from explorer.figures.palette import CELL_COLOURS
from explorer.locale import N_
from explorer.models import catalogue
from explorer.text.numbers import percent
from explorer.web.kit.field import some_characters, type_text
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.claims.parameters import ASKED
from explorer.web.shared.models import pretrained

#: The models trained alike from the common start, by their cell, and the plain RNN that had more.
COMMON: Mapping[str, str] = {cell: f"{cell}-recall-common" for cell in ("rnn", "gru", "lstm")}
LATCHED = "rnn-recall"
_LOOKS = {
    COMMON["rnn"]: (N_("plain RNN"), CELL_COLOURS["rnn"], (1, 0)),
    COMMON["gru"]: ("GRU", CELL_COLOURS["gru"], (1, 0)),
    COMMON["lstm"]: ("LSTM", CELL_COLOURS["lstm"], (6, 3)),
    LATCHED: (N_("plain RNN, orthogonal start"), CELL_COLOURS["rnn"], (2, 3)),
}
_LAG = "100"


def show_remembering(frame: Frame, _numbers: Numbers) -> None:
    """A text of the reader's, and how probable the right answer is after each character of it.

    Raises:
        ExplorerError: A model's files are missing or damaged.
    """
    st.markdown("**" + _("Four networks read one text") + "**")
    st.markdown(both_stories())
    text = type_text(
        frame,
        _("A text to remember, up to {most} characters").format(most=ASKED.most),
        ASKED,
        read=some_characters,
    )
    lines = [_line(name, text) for name in _LOOKS]
    y = Scale(_("probability of the right answer"), format=".0%", ends=(0, 1))
    show_altair(frame, spread_lines(lines, x=Scale(_("step"), "d"), y=y), "remembering")
    st.caption(
        _(
            "After every character the question is asked on the side: what must be remembered is "
            "the last key announced with an exclamation mark; what stands in round brackets is to "
            "be skipped, and after a vertical bar nothing is known (-)."
        )
    )


def both_stories() -> str:
    """What the cards say of the networks from the common start, and of the one that had more.

    Raises:
        ExplorerError: A model is missing, or its card is damaged.
    """
    cards = {cell: catalogue.card(name) for cell, name in COMMON.items()}
    latched = catalogue.card(LATCHED)
    shares = {
        f"{cell}_{situation}": _share(card.figures, situation)
        for cell, card in {**cards, "latched": latched}.items()
        for situation in ("recall", "skip")
    }
    alike = _(
        "One network of each kind, trained alike for {updates} updates from PyTorch’s own start: "
        "asked {lag} characters after the key, the plain RNN answers {rnn_recall} right, and "
        "{rnn_skip} where brackets are to be skipped; the GRU {gru_recall} and {gru_skip}, the "
        "LSTM {lstm_recall} and {lstm_skip}."
    ).format(lag=_LAG, updates=f"{cards['rnn'].curve[-1].step:,}", **shares)
    more = _(
        "A plain RNN can learn it, too: {name} began with an orthogonal matrix and lags that grow, "
        "and answers {latched_recall} and {latched_skip} right after {updates} updates."
    ).format(name=LATCHED, updates=f"{latched.curve[-1].step:,}", **shares)
    return f"{alike}\n\n{more}"


def _share(figures: Any, situation: str) -> str:
    return percent(figures["accuracy"][situation][_LAG])


def _line(name: str, text: str) -> Line:
    title, colour, dash = _LOOKS[name]
    known = _if_asked(name, text)
    return Line(Look(_(title), colour, dash=dash), range(len(text)), known)


@st.cache_data(max_entries=256, show_spinner=False)
def _if_asked(name: str, text: str) -> list[float]:
    """The probability of the right answer after each character; read once for all sessions."""
    from explorer.training.recall import if_asked

    return if_asked(pretrained(name).model, text)
