"""The network that a run trains or has trained, opened: its gates on a text new to it."""

import streamlit as st

from explorer.figures.equation import diagram, equations
from explorer.models.language_model import LanguageModel
from explorer.recurrence.quantities import GATES
from explorer.recurrence.reading import Reading, read
from explorer.web.components.cell import cell, equation
from explorer.web.kit.fragments import Surroundings
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.views import NEEDED
from explorer.web.kit.widgets import choose
from explorer.web.pages.deep.laboratory_job import Race
from explorer.web.pages.deep.parameters import NETWORK
from explorer.web.shared.cell import activations_of, cell_of
from explorer.web.shared.claims.addresses import RUNS
from explorer.web.shared.focus import Focus, choose_focus, telling_step
from explorer.web.shared.strip import explain_strip, show_strip, strip_of

_PYTORCH = "pytorch"


def show_network(frame: Frame, _page: Surroundings, *, of: Race) -> None:
    """A text in the strip, and a unit in its cell, as the chosen run's network has them by now."""
    st.markdown("**" + _("The gates of the network") + "**")
    titles = {run: _("Run {number}").format(number=run) for run in RUNS}
    run = choose(frame, _("Network of"), NETWORK, titles)
    network = of.networks[run - 1]
    reading = read(network.model, of.lesson.task.vocabulary, of.lesson.sample)
    place = st.container()
    focus = choose_focus(frame, reading.trace, first_step=telling_step(reading.tokens))
    with place:
        _show(frame, network.model, reading, focus)
    explain_strip(reading, focus)
    said = _("After {updates} updates, on a text that it has not learned from.")
    st.caption(said.format(updates=network.updates))


def _show(frame: Frame, model: LanguageModel, reading: Reading, focus: Focus) -> None:
    kind = model.architecture.cell
    gated = bool(GATES[kind])  # a plain RNN has a state alone
    left, right = st.columns((10, 7), gap="medium") if gated else (st.container(), None)
    with left:
        first = telling_step(reading.tokens)
        show_strip(frame, strip_of(reading), reading, focus, first_step=first, around=NEEDED)
    if right is None:
        return
    content = cell_of(
        reading,
        focus,
        activations_of(model, reading, focus),
        diagram=diagram(kind, _PYTORCH),
        lines=equations(kind, _PYTORCH),
        split=True,
    )
    key = frame.address.key("cell")
    with right:
        cell(content, key=key)
    equation(of=key, key=frame.address.key("equation"))
