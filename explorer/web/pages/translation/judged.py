"""What one reader found in a model's translations, and how far it holds for others."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from explorer.locale import N_
from explorer.models.reading import Fault, Reader, Reading, Verdict, wilson
from explorer.text.numbers import percent
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table

_VERDICTS: Mapping[Verdict, str] = {
    "right": N_("right: says what the sentence says, in correct language"),
    "understandable": N_("understandable: keeps the meaning, with a fault of grammar or wording"),
    "partly wrong": N_("partly wrong: a part of the meaning is lost or changed"),
    "wrong": N_("wrong: says something else, or makes no sense"),
}
_FAULTS: Mapping[Fault, str] = {
    "word": N_("a word becomes another word"),
    "omitted": N_("something is left out"),
    "repeated": N_("a word comes twice in the place of another"),
    "invented": N_("the translation has little to do with the sentence"),
    "name": N_("a name becomes another name or word"),
    "number": N_("a number becomes another"),
    "person": N_("another person does it"),
    "grammar": N_("faulty grammar"),
}
_READERS: Mapping[Reader, str] = {
    "person": N_("a person"),
    "language model": N_("a large language model"),
}


def show_judged(reading: Reading) -> None:
    """One plain sentence, the verdicts with their intervals, and who judged."""
    st.markdown(
        _(
            "**About {tenths} of 10 translations keep the meaning.** Most frequent faults: "
            "{faults}."
        ).format(tenths=round(10 * reading.kept / reading.sentences), faults=_faults(reading))
    )
    show_table(pd.DataFrame(_row(reading, one) for one in _VERDICTS))
    st.caption(
        _(
            "{count} test sentences drawn at random, judged by one reader, {reader}, before "
            "looking at the reference, on {day}. 95% intervals (Wilson) say where the share may "
            "lie over all sentences of this kind."
        ).format(count=reading.sentences, reader=_(_READERS[reading.reader]), day=reading.day)
    )


def _faults(reading: Reading) -> str:
    """The two most frequent faults, with how many translations had them first of all."""
    named = [
        _("{name} ({count})").format(name=_(_FAULTS[fault]), count=reading.faults[fault])
        for fault in reading.commonest[:2]
    ]
    return _(", ").join(named) or _("none")


def _row(reading: Reading, verdict: Verdict) -> dict[str, str | int]:
    count = reading.verdicts[verdict]
    low, high = wilson(count, reading.sentences)
    return {
        _("judgement"): _(_VERDICTS[verdict]),
        _("sentences"): count,
        _("share"): percent(count / reading.sentences),
        _("95% interval"): f"{percent(low)}–{percent(high)}",
    }
