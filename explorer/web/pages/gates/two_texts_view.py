"""The same units over two texts, aligned by step."""

import streamlit as st

from explorer.models import catalogue
from explorer.recurrence.reading import Reading
from explorer.text.numbers import SENT
from explorer.text.tokens import visible
from explorer.web.components.two_texts import TwoTexts, two_texts
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import example
from explorer.web.pages.gates.parameters import SECOND
from explorer.web.shared.example_texts import second_examples
from explorer.web.shared.lines import choose_units
from explorer.web.shared.models import reading
from explorer.web.shared.reading import Case
from explorer.web.shared.reading_controls import readable
from explorer.web.shared.strip import name_unknown
from explorer.web.shared.two_panels import offer_most_different, panel
from explorer.web.shared.units.measured import state_of


def show_two_texts(frame: Frame, case: Case) -> None:
    """What the units do over both texts, then the second text and the choice of units."""
    pictures = st.container()  # in sight on a small screen, and what it is drawn from below it
    left, right = st.columns([3, 2], gap="large")
    with left:
        text = _type_second(frame, case.text.model)
    with right:
        units = choose_units(frame, case.reading, case.focus)
        second = reading(case.text.model, text)
        state = state_of(str(case.reading.trace.attrs["cell"]))
        offer_most_different(frame, (case.reading, second), case.focus, state)
    with pictures:
        two_texts(_content(case, second, units), key=frame.address.key("texts"))
    st.caption(
        _(
            "Both texts begin at step 0 with a state of zeros, and every scale holds for both. "
            "Underlined characters differ; the grey area is how far the unit is apart. “Colour the "
            "text by” and “Unit” above choose the quantity and the unit."
        )
    )
    name_unknown(second)


def _type_second(frame: Frame, model: str) -> str:
    card = catalogue.card(model)
    examples = second_examples(model, card)
    text = type_text(
        frame,
        _("Text 2, up to {most} characters").format(most=SECOND.most),
        SECOND.starting(examples[0].text),
        read=readable(card),
        area=True,
        counted=True,
        height=90,
    )
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(examples):
            key, look_for = f"second.example{number}", _(one.look_for)
            example(frame, _(one.title), {SECOND: one.text}, key=key, look_for=look_for)
    return text


def _content(case: Case, second: Reading, units: list[int]) -> TwoTexts:
    both = (case.reading, second)
    state = state_of(str(case.reading.trace.attrs["cell"]))
    chosen, *others = units
    quantities = [case.focus.quantity] if case.focus.quantity != state else []
    shown = [(q, chosen) for q in (*quantities, state)] + [(state, unit) for unit in others]
    panels = [panel(both, case.focus.layer, quantity, unit) for quantity, unit in shown]
    first, last = ([visible(token) for token in one.tokens] for one in both)
    return TwoTexts((first, last), (_expects(both[0]), _expects(both[1])), panels)


def _expects(of: Reading) -> list[tuple[str, float]]:
    return [(visible(token), round(p, SENT)) for ((token, p),) in of.guesses(1)]
