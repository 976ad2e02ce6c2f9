"""A unit held at its mean over the project's own story, beside what its card says."""

from functools import partial

import streamlit as st

from explorer.locale import paragraph
from explorer.text.numbers import decimal
from explorer.unit_analysis import shipped
from explorer.unit_analysis.named_units import NamedUnit
from explorer.unit_analysis.reader import Held
from explorer.unit_analysis.series import Place
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.kit.widgets import example
from explorer.web.pages.gates.parameters import HELD_ON
from explorer.web.pages.gates.story_job import Story, work
from explorer.web.shared.models import pretrained
from explorer.web.shared.reading import Case
from explorer.web.shared.unit_words import token_in_words


def offer_story(
    frame: Frame, case: Case, *, quantity: str, mean: float, named: NamedUnit | None
) -> None:
    """One click that holds the unit over the story, and then what it cost.

    Args:
        frame: The page's frame.
        case: Which model and unit.
        quantity: What is held of the unit.
        mean: At which value.
        named: The unit's card, if it has one.
    """
    example(frame, _("Hold it over the project’s texts"), {HELD_ON: "story"}, key="unit.story")
    if frame.address.value(HELD_ON) != "story":
        return
    model, card = pretrained(case.text.model)
    held = Held(Place(case.focus.layer, "forward", quantity, case.focus.unit), mean)
    job = session_jobs().ask("story", (case.text.model, held), Story, work(model, card, held))
    if not job.ended:
        length = sum(map(len, shipped.context_texts(case.text.model)))
        watch(job, partial(_say_progress, length), stop=_("Stop"))
        return
    story = job.outcome()
    if story.read:
        st.markdown(_say_cost(story, named))


def _say_cost(story: Story, named: NamedUnit | None) -> str:
    overall = _(
        "Held at its mean over {read} characters of the project’s texts: a character costs {bits} "
        "bits more on average."
    ).format(read=f"{story.read:,}", bits=decimal(story.of(None)[0], 3))
    if named is None or named.effect_low is None or named.effect_high is None:
        return overall
    bits, count = story.of(named.effect_token)
    if not count:
        return overall
    inside = named.effect_low <= bits <= named.effect_high
    compared = (
        _("within what its card says, {low} to {high}.")
        if inside
        else _("outside what its card says of the text it was measured on, {low} to {high}.")
    ).format(low=decimal(named.effect_low, 2), high=decimal(named.effect_high, 2))
    said = _("{token} ({count} of them) costs **{bits} bits more**: {compared}").format(
        token=token_in_words(str(named.effect_token)),
        count=f"{count:,}",
        bits=decimal(bits, 2),
        compared=compared,
    )
    return paragraph(overall, f"{said[:1].upper()}{said[1:]}")


def _say_progress(length: int, story: Story) -> None:
    said = _("{read} of {all} characters read")
    share = min(1.0, story.read / max(1, length))
    st.progress(share, said.format(read=f"{story.read:,}", all=f"{length:,}"))
