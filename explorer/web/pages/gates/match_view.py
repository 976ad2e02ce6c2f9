"""Select and match: what is like a selected stretch, and the units that say so."""

from functools import partial

import numpy as np
import streamlit as st

from explorer.corpus.reading import MOST_BYTES, decode
from explorer.errors import ExplorerError
from explorer.figures.palette import COLOURS, NEGATIVE, reach
from explorer.models import catalogue, own_folder
from explorer.recurrence.reading import Reading
from explorer.text.numbers import percent
from explorer.text.tokens import visible
from explorer.unit_analysis import shipped
from explorer.unit_analysis.matching import marking
from explorer.unit_analysis.series import Place
from explorer.web.components.series import Row, series
from explorer.web.kit.errors import sentence
from explorer.web.kit.field import type_text
from explorer.web.kit.file_field import choose_file
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.session_jobs import session_jobs, watch
from explorer.web.kit.widgets import choose, slide
from explorer.web.pages.gates.match_job import QUANTITY, Context, Found, Sought
from explorer.web.pages.gates.parameters import ABOVE, SELECTED, SOUGHT, SOUGHT_IN
from explorer.web.pages.gates.selection import selected
from explorer.web.pages.gates.stretch import longest_word
from explorer.web.shared.layer_values import layer_values
from explorer.web.shared.models import pretrained
from explorer.web.shared.reading import Case
from explorer.web.shared.reading_controls import readable
from explorer.web.shared.unit_words import what
from explorer.web.shared.units.measured import measured
from explorer.web.shared.units.unit_rows import open_unit

_MEGABYTES = MOST_BYTES // 2**20
_THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))
"""Above zero: a value below it is no high one to a reader."""
_HIGH = 0.9
"""A value is high that so many of all values of a text are below: where the threshold begins."""
_UNITS = 12


def show_match(frame: Frame, case: Case) -> None:
    """What is selected, the threshold, where to look, and what was found."""
    stretch = selected(frame, len(case.reading.tokens))
    if stretch is None:
        st.info(
            _(
                "Select a stretch of the text above: drag across it with the mouse, hold Shift and "
                "press the arrow keys from the chosen character, or press “Select a stretch” and "
                "choose its two ends."
            ),
            icon=":material/info:",
        )
        _offer_word(frame, case)
        return
    span = (stretch.first, stretch.last + 1)
    st.markdown(
        _("Selected: {text}").format(
            text=plain(case.reading.vocabulary.join(case.reading.tokens[slice(*span)]))
        )
    )
    values = _all_values(case.reading)
    above = slide(
        frame,
        _("A unit counts as high from"),
        ABOVE.starting(_first_threshold(values, span)),
        step=0.05,
    )
    st.caption(
        _("{share} of all values of all units over this text are lower.").format(
            share=percent(float(np.mean(values < above)))
        )
    )
    texts = _choose_texts(frame, case)
    if texts:
        _show_found(frame, case, Sought(case.text.text, span, round(above, 3), texts))


def _offer_word(frame: Frame, case: Case) -> None:
    """Selects the longest word of the text, so that nobody has to begin with an empty view."""
    word = longest_word(case.reading.tokens)
    if word is None:
        return
    st.button(
        _("Select the longest word"),
        key=frame.address.key("match.word"),
        on_click=frame.address.put,
        args=({SELECTED: word},),
    )


def _all_values(reading: Reading) -> np.ndarray:
    """What every unit of every layer is at every step, (units, T)."""
    layers = range(reading.trace.sizes["layer"])
    return np.concatenate([layer_values(reading, layer, QUANTITY).T for layer in layers])


def _first_threshold(values: np.ndarray, span: tuple[int, int]) -> float:
    """Where few values are so high, or as near to that as some unit marks the stretch."""
    few = float(np.quantile(values, _HIGH))
    nearest = sorted(_THRESHOLDS, key=lambda above: abs(above - few))
    return next((above for above in nearest if marking(values >= above, *span).any()), nearest[0])


def _choose_texts(frame: Frame, case: Case) -> tuple[str, ...]:
    """Where to look: in the project's texts, or in the reader's own, typed or in a file.

    The project's were written for the shipped models.
    """
    own = own_folder.is_own(case.text.model)
    if not own and choose(frame, _("Look in"), SOUGHT_IN) == "story":
        return shipped.context_texts(case.text.model)
    card = catalogue.card(case.text.model)
    text = type_text(
        frame,
        _("Your text, up to {most} characters").format(most=f"{SOUGHT.most:,}"),
        SOUGHT.starting(case.text.text),
        read=readable(card),
        area=True,
        height=120,
    )
    file = choose_file(
        _("Or a text file, up to {most} MB, used instead of the text"),
        key=frame.address.key("corpus.file"),
        most=_MEGABYTES,
    )
    if file is None:
        return (text,)
    try:
        return (readable(card)(decode(file.getvalue())),)
    except ExplorerError as error:
        st.error(sentence(error), icon=":material/error:")
        return ()


def _show_found(frame: Frame, case: Case, sought: Sought) -> None:
    model, card = pretrained(case.text.model)
    key = (case.text.model, sought)
    job = session_jobs().ask("match", key, Found, sought.work(model, card))
    if not job.ended:
        length = sum(map(len, sought.texts))
        watch(job, partial(_say_progress, length), stop=_("Stop"))
        return
    found = job.outcome()
    if job.stopped and not found.contexts:
        st.info(_("Stopped before anything was found."), icon=":material/info:")
        return
    _show_units(frame, case, found)
    st.header(_("Where they are high again"))
    rows = [_row(one, len(found.units)) for one in found.contexts]
    series(rows, key=frame.address.key("match.rows"))
    st.caption(
        _(
            "The colour is the mean of these units; framed is where at least half of them are "
            "high. The likest come first."
        )
    )


def _say_progress(length: int, found: Found) -> None:
    said = _("{read} of {all} characters read")
    share = min(1.0, found.read / max(1, length))
    st.progress(share, said.format(read=f"{found.read:,}", all=f"{length:,}"))


def _show_units(frame: Frame, case: Case, found: Found) -> None:
    """The units that mark the stretch: what each is known for, and a click opens it."""
    st.header(_("High throughout the stretch, and low just outside"))
    known = measured(case.text.model)
    with st.container(horizontal=True, gap="small"):
        for place in found.units[:_UNITS]:
            names = known.names_of(place.layer, place.unit) if known else ()
            st.button(
                _title(place, names[0].label if names else None),
                key=frame.address.key(f"match.unit.{place.layer}.{place.unit}"),
                on_click=open_unit,
                args=(frame, place.unit, place.layer),
            )
    if len(found.units) > _UNITS:
        st.caption(_("and {more} more").format(more=len(found.units) - _UNITS))


def _title(place: Place, label: str | None) -> str:
    title = _("Unit {unit}").format(unit=place.unit)
    return f"{title}: {what(label)}" if label else title


def _row(one: Context, units: int) -> Row:
    said = _("{some} of {all} units throughout").format(some=one.units, all=units)
    return Row(
        title="",
        note=said,
        unit=0,
        layer=0,
        tokens=[visible(token) for token in one.tokens],
        word_ends=[token.isspace() for token in one.tokens],
        values=one.values,
        reach=reach(QUANTITY, np.array(one.values)),
        colour=COLOURS[QUANTITY],
        negative=NEGATIVE,
        marked=one.marked,
    )
