"""One unit: what it does, where, how closely, and what it is worth to the model."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
import streamlit as st

from explorer.locale import paragraph
from explorer.recurrence.intervention import Intervention
from explorer.text.numbers import decimal
from explorer.web.components.series import series
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import bold
from explorer.web.kit.table import show_table
from explorer.web.shared.layer_values import half_lives, layer_values
from explorer.web.shared.quantity_names import quantity_names
from explorer.web.shared.reading import Case
from explorer.web.shared.unit_words import effect, follows, of_name
from explorer.web.shared.units.measured import Measured, measured, state_of
from explorer.web.shared.units.unit_contexts import show_contexts
from explorer.web.shared.units.unit_rows import open_unit, row_of, title_of

_NEIGHBOURS = 5


#: Offers what becomes of the text with an intervention, under a title.
Offer: TypeAlias = Callable[[Frame, Case, Intervention, str], None]


def show_unit(frame: Frame, case: Case, *, offer: Offer) -> None:
    """A unit's view: a sentence first, then what it rests on.

    Args:
        frame: The page's frame.
        case: The text, and the unit.
        offer: Offers to hold the unit at its mean.
    """
    known, focus = measured(case.text.model), case.focus
    cell = str(case.reading.trace.attrs["cell"])
    names = known.names_of(focus.layer, focus.unit) if known else ()
    quantity = names[0].quantity if names else state_of(cell)
    _show_sentences(case, known, quantity)
    row = row_of(
        case.reading,
        layer=focus.layer,
        unit=focus.unit,
        quantity=quantity,
        note=quantity_names(cell)[quantity],
    )
    series([row], key=frame.address.key("unit.row"), of_the_strip=True)
    mean = round(mean_of(case, known, quantity), 2)
    layer = focus.layer if case.reading.trace.sizes["layer"] > 1 else None
    held = Intervention(quantity, mean, layer=layer, units=focus.unit)
    said = _("What if it is held at its mean, {mean}?")
    offer(frame, case, held, said.format(mean=decimal(mean, 2)))
    if known:
        show_contexts(frame, case, known, quantity)
        _show_distribution(case, known, quantity)
        _offer_neighbours(frame, case, known, quantity)


def _show_sentences(case: Case, known: Measured | None, quantity: str) -> None:
    focus = case.focus
    if known is None:
        st.markdown(_("This model comes without measurements of its units."))
        return
    names = [one for one in known.names_of(focus.layer, focus.unit) if one.quantity == quantity]
    if not names:
        st.markdown(_closest(known, focus.layer, focus.unit, quantity))
        return
    first, *others = names
    st.markdown(paragraph(bold(of_name(first, known.binary)), effect(first)))
    for other in others:
        st.markdown(of_name(other, known.binary))
    st.caption(
        _(
            "95% interval of the first score: {low} to {high}; p = {p}, from circular shifts of "
            "the label, corrected for all {tested} pairs tested."
        ).format(
            low=decimal(first.low, 2),
            high=decimal(first.high, 2),
            p=f"{first.p:.2g}",
            tested=int(known.found.attrs["tested"]),
        )
    )


def _closest(known: Measured, layer: int, unit: int, quantity: str) -> str:
    """That a unit follows nothing, and what comes closest."""
    one = known.of(layer, unit, quantity)
    said = follows(
        str(one["follows"].values),
        score=float(one["score"]),
        baseline=float(one["baseline"]),
        sense=float(one["sense"]),
        binary=known.binary,
    )
    return _(
        "**This unit follows none of the labels tested** more closely than chance or the last two "
        "characters would. The closest: {said}"
    ).format(said=said)


def mean_of(case: Case, known: Measured | None, quantity: str) -> float:
    """A unit's mean on the text that it was measured on, or else on this one."""
    focus = case.focus
    if known:
        return float(known.of(focus.layer, focus.unit, quantity)["mean"])
    return float(np.mean(layer_values(case.reading, focus.layer, quantity)[:, focus.unit]))


def _show_distribution(case: Case, known: Measured, quantity: str) -> None:
    focus = case.focus
    one = known.of(focus.layer, focus.unit, quantity)
    st.header(_("Distribution of its values"))
    ends = {0.0: _("lowest"), 0.5: _("median"), 1.0: _("highest")}
    names = [ends.get(share, f"{share:.0%}") for share in known.found["quantile"].values.tolist()]
    values = [decimal(value, 2) for value in one["quantiles"].values.tolist()]
    show_table(pd.DataFrame([values], columns=names))
    life = float(half_lives(case.reading, focus.layer)[focus.unit])
    measured_life = float(known.found["half_life"].values[focus.layer, 0, focus.unit])
    st.caption(
        _(
            "Under each percentage, the value below which that share of all characters lies. "
            "Half of what the unit holds is left after {steps} steps, on the text above after "
            "{here}."
        ).format(steps=decimal(measured_life, 1), here=decimal(life, 1))
    )


def _offer_neighbours(frame: Frame, case: Case, known: Measured, quantity: str) -> None:
    st.header(_("Units that behave most alike"))
    focus = case.focus
    with st.container(horizontal=True, gap="small"):
        for layer, unit in neighbours(known, focus.layer, focus.unit, quantity):
            st.button(
                title_of(case.reading, layer, unit),
                key=frame.address.key(f"unit.neighbour.{layer}.{unit}"),
                on_click=open_unit,
                args=(frame, unit, layer),
            )
    st.caption(_("Those whose scores over all labels are nearest to this unit's."))


def neighbours(
    known: Measured, layer: int, unit: int, quantity: str
) -> tuple[tuple[int, int], ...]:
    """The layers and numbers of the units whose scores over all labels are nearest, nearest first.

    Args:
        known: What was measured.
        layer: Of the unit.
        unit: Its number.
        quantity: Of which the scores are.
    """
    scores = known.found["scores"].sel(quantity=quantity).isel(direction=0).values  # (L, H, labels)
    far = np.nansum((scores - scores[layer, unit]) ** 2, axis=-1)  # (L, H)
    order = np.argsort(far, axis=None, kind="stable")
    places = [divmod(int(place), far.shape[1]) for place in order]
    return tuple(place for place in places if place != (layer, unit))[:_NEIGHBOURS]
