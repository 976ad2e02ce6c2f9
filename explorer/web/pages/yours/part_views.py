"""The views of a part of a recording: what the gate pages show of a text, without a model."""

from collections.abc import Mapping

import streamlit as st

from explorer.text.tokens import visible
from explorer.web.components.strip import Strip
from explorer.web.kit.fragments import Surroundings
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.pages.yours.chosen_part import Recorded
from explorer.web.pages.yours.parameters import SHOW
from explorer.web.pages.yours.views import VIEWS
from explorer.web.shared.focus import Focus, choose_focus
from explorer.web.shared.heatmaps import show_heatmaps
from explorer.web.shared.lines import show_lines
from explorer.web.shared.saturation import show_saturation
from explorer.web.shared.strip import colouring_of, show_strip
from explorer.web.shared.units.moving_units import declared_moved, show_moving


def look_at(frame: Frame, page: Surroundings, recorded: Recorded) -> tuple[Recorded, Focus]:
    """The steps as a strip, coloured by what the reader looks at."""
    first = len(recorded.tokens) // 3
    focus = choose_focus(frame, recorded.trace, first_step=first)
    view = st.session_state[frame.address.key(SHOW.name)]  # another, where a unit was opened below
    page.depend_on(view, focus.layer, "" if VIEWS[view].alone else focus.quantity)
    content, words = _strip(recorded), of_words(recorded)

    def follow(frame: Frame, now: Focus) -> Mapping[str, object]:
        return declared_moved(frame, recorded, now, of_words=words) if view == "units" else {}

    show_strip(frame, content, recorded, focus, first_step=first, around=NEEDED, follow=follow)
    said = _("The stronger the colour, the larger the value; it is full at {reach}.")
    st.caption(said.format(reach=f"{colouring_of(recorded, focus).reach:.2g}"))
    return recorded, focus


def show_steps(frame: Frame, recorded: Recorded, focus: Focus) -> None:
    """Units that remember longest, and those that moved most at the step."""
    show_moving(frame, recorded, focus, of_words=of_words(recorded))


def show_unit(frame: Frame, recorded: Recorded, focus: Focus) -> None:
    """Every quantity of single units."""
    show_lines(frame, recorded, focus)


def show_units(frame: Frame, recorded: Recorded, focus: Focus) -> None:
    """Every quantity of all units."""
    show_heatmaps(frame, recorded, focus, of=recorded.key)


def show_shares(frame: Frame, recorded: Recorded, focus: Focus) -> None:
    """How often each gate is at an end."""
    show_saturation(frame, recorded, focus)


def of_words(recorded: Recorded) -> bool:
    """Whether tokens stand apart, as words and numbers do."""
    return any(len(token) > 1 for token in recorded.tokens)


def _strip(recorded: Recorded) -> Strip:
    tokens, words = recorded.tokens, of_words(recorded)
    return Strip(
        tokens=[visible(token) for token in tokens],
        word_ends=[words or token.isspace() for token in tokens],
        blanks=[token.isspace() for token in tokens],
        line_ends=[token == "\n" for token in tokens],
        known=[True] * len(tokens),
        surprise=[None] * len(tokens),
        guesses=[[] for _token in tokens],
        alone=True,
    )
