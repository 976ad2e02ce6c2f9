"""Where in the project's own story a unit is highest and lowest."""

from collections.abc import Sequence

import streamlit as st

from explorer.unit_analysis import shipped
from explorer.unit_analysis.language_reader import LanguageReader
from explorer.unit_analysis.reader import Read
from explorer.web.components.series import Row, series
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.models import pretrained
from explorer.web.shared.reading import Case
from explorer.web.shared.units.measured import Measured
from explorer.web.shared.units.unit_rows import row_of

_BEFORE, _AFTER = 60, 20


def show_contexts(frame: Frame, case: Case, known: Measured, quantity: str) -> None:
    """The contexts beside each other; the character at which the unit is extreme is framed."""
    titles = {"highest": _("Where it is highest"), "lowest": _("Where it is lowest")}
    for column, (end, title) in zip(st.columns(2), titles.items(), strict=True):
        with column:
            st.header(title)
            rows = _rows(case, known, quantity, end)
            series(rows, key=frame.address.key(f"unit.{end}"))
    st.caption(_("From the project's own texts. The framed character is the extreme one."))


def _rows(case: Case, known: Measured, quantity: str, end: str) -> list[Row]:
    layer, unit = case.focus.layer, case.focus.unit
    one = known.of(layer, unit, quantity)
    texts = one[f"{end}_text"].values.tolist()
    starts = one[f"{end}_start"].values.tolist()
    steps = one[f"{end}_step"].values.tolist()
    places = tuple(zip(texts, starts, steps, strict=True))
    reads = _read(case.text.model, places)
    return [
        row_of(
            read,
            layer=layer,
            unit=unit,
            quantity=quantity,
            title="",
            window=(max(0, step - _BEFORE), min(len(read.tokens), step + _AFTER)),
            marked=(step, step + 1),
        )
        for read, step in zip(reads, steps, strict=True)
    ]


@st.cache_resource(max_entries=16, show_spinner=False)
def _read(model: str, places: tuple[tuple[int, int, int], ...]) -> Sequence[Read]:
    """The passages, each from its beginning to a little beyond its place."""
    loaded, card = pretrained(model)
    texts = shipped.context_texts(model)
    pieces = [texts[text][start : start + step + _AFTER] for text, start, step in places]
    return LanguageReader(loaded, card.words).read(pieces)
