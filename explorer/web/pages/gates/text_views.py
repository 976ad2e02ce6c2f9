"""The text above its views, the parity below them, and those views that other pages have too."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.models.card import Card
from explorer.text.numbers import short
from explorer.web.kit.fragments import Surroundings
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.gates.parameters import SHOW
from explorer.web.pages.gates.selection import selects
from explorer.web.pages.gates.views import BY_STEP, VIEWS
from explorer.web.shared.heatmaps import show_heatmaps
from explorer.web.shared.lines import show_lines
from explorer.web.shared.reading import Case, choose_case, show_text
from explorer.web.shared.reading_controls import Text
from explorer.web.shared.saturation import show_saturation
from explorer.web.shared.units.measured import measured


def read_below(
    frame: Frame, page: Surroundings, card: Card, text: Text
) -> tuple[Case, DeltaGenerator]:
    """The same below the place that is also given, where the text is to stand; as `read_text`."""
    place = st.container()
    (case,) = read_text(frame, page, card, text)
    return case, place


def read_text(frame: Frame, page: Surroundings, card: Card, text: Text) -> tuple[Case]:
    """The text as the model reads it, and what is looked at: first a unit with a name, if any has.

    Raises:
        ExplorerError: The text is empty, or the model's files are missing or damaged.
    """
    known = measured(text.model)
    named = known.chosen(len(known.named)) if known else ()
    first = next((one for one in named if one.layer == 0), None)  # where every page begins
    case = choose_case(frame, text, first)
    view = st.session_state[frame.address.key(SHOW.name)]  # another, where a unit was opened below
    # Views of all steps are drawn for one layer, and one quantity.
    page.depend_on(view, case.focus.layer, "" if VIEWS[view].alone else case.focus.quantity)
    return (case,)


def show_read(frame: Frame, page: Surroundings, card: Card, text: Text) -> tuple[Case]:
    """The same, and the text above its views; as `read_text`."""
    (case,) = read_text(frame, page, card, text)
    view = st.session_state[frame.address.key(SHOW.name)]
    show_text(frame, case, selects, also=BY_STEP.get(view, ()))
    return (case,)


def show_units(frame: Frame, case: Case) -> None:
    """Every quantity of all units."""
    show_heatmaps(frame, case.reading, case.focus, of=case.text)


def show_unit(frame: Frame, case: Case) -> None:
    """Every quantity of single units."""
    show_lines(frame, case.reading, case.focus)


def show_shares(frame: Frame, case: Case) -> None:
    """How often each gate is at an end."""
    show_saturation(frame, case.reading, case.focus)


def show_parity(card: Card, case: Case) -> None:
    """How far the trace is from PyTorch, below every view of it."""
    parity = case.reading.parity
    if parity is None:
        return
    said = _(
        "Checked on this text against PyTorch's own {module} in float64: the states "
        "shown here differ by at most {ours}, those of its usual pass in float32 by at "
        "most {own}."
    )
    module = card.architecture.cell.upper()
    st.caption(said.format(module=module, ours=short(parity.trace), own=short(parity.module)))
