"""Every gate and state of encoder and decoder, in one timeline."""

import numpy as np
import streamlit as st

from explorer.models.own_folder import title
from explorer.seq2seq.forced_decoding import Forced
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.text.vocabulary import JOINER
from explorer.web.components.strip import Guess, Strip
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.kit.widgets import choose, chosen
from explorer.web.pages.translation.parameters import GATES
from explorer.web.pages.translation.result import Case, Timeline
from explorer.web.shared.download import show_download
from explorer.web.shared.focus import Focus, choose_focus
from explorer.web.shared.heatmaps import show_heatmaps
from explorer.web.shared.lines import show_lines
from explorer.web.shared.strip import show_strip

_GUESSES = 5


def show_gates(frame: Frame, case: Case) -> None:
    """The strip of all tokens, and every quantity as a picture or as lines."""
    st.markdown(
        _(
            "The encoder reads the sentence; its last state is all that the decoder is "
            "given. The decoder then reads back each word that it wrote before it writes the "
            "next."
        )
    )
    timeline = Timeline.of(case.timeline())
    content = _strip(case.forced, timeline)

    def draw(frame: Frame, page: Surroundings) -> tuple[Focus, bool]:
        # The first word that is written; while reading, the model expects nothing.
        focus = choose_focus(frame, timeline.trace, first_step=timeline.divider)
        heatmaps = chosen(frame, GATES) == "heatmaps"
        page.depend_on(heatmaps, focus.layer, focus.quantity if heatmaps else "")
        show_strip(frame, content, timeline, focus, first_step=timeline.divider, around=NEEDED)
        choose(frame, _("Show the gates of"), GATES)
        if not heatmaps:
            show_lines(frame, timeline, focus)
        return focus, heatmaps

    focus, heatmaps = run_alone(frame, draw, name=NEEDED) or (None, False)
    if focus and heatmaps:
        of = (case.asked.model, case.text, case.now)
        # Unit k of the encoder and unit k of the decoder share a row, and no weights.
        basis = timeline.decoder
        show_heatmaps(frame, timeline, focus, of=of, basis=basis, divider=timeline.divider)
        st.caption(_("The units are ordered as in the decoder."))
    show_download(frame, timeline, title(case.asked.model))


def _strip(forced: Forced, timeline: Timeline) -> Strip:
    count, first = len(timeline.tokens), timeline.divider
    return Strip(
        tokens=[visible(token) for token in timeline.tokens],
        word_ends=[not token.endswith(JOINER) for token in timeline.tokens],
        blanks=[False] * count,
        line_ends=[step == first - 1 for step in range(count)],
        known=[True] * count,
        surprise=_surprise(forced, first, count),
        guesses=[*([] for _step in range(first)), *_guesses(forced, count - first)],
    )


def _surprise(forced: Forced, first: int, count: int) -> list[float | None]:
    """−log₂ p of each token that the decoder reads, none of what the encoder reads."""
    nothing: list[float | None] = [None] * (first + 1)  # <bos> is given, not guessed
    bits = [round(-step.log_prob / float(np.log(2)), SENT) for step in forced.steps]
    return (nothing + bits)[:count]


def _guesses(forced: Forced, steps: int) -> list[list[Guess]]:
    """The likeliest next words after each of the decoder's steps."""
    found = [
        [
            (
                visible(likely.token),
                round(float(np.exp(likely.log_prob)), SENT),
                likely.token == step.token,
            )
            for likely in step.alternatives[:_GUESSES]
        ]
        for step in forced.steps
    ]
    return [*found, []][:steps]
