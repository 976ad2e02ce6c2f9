"""What a wider beam is worth over a test set: the figures that come with a model."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from explorer.figures.widths import width_lines
from explorer.locale import N_, paragraph
from explorer.models import catalogue
from explorer.search.stored_widths import FILE, StoredWidths
from explorer.search.width_figures import LONGEST, SHORTEST, Proofs, Row, WidthFigures
from explorer.text.numbers import decimal, percent
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table

_USUAL = 5
"""The width that exact search is held against."""
_MOST = {"fr": "1.25 n + 6", "zh": "1.5 n + 8"}
"""What `explorer.seq2seq.translator.longest` is, by the language that is written."""
_MEASURES: Mapping[str, tuple[Callable[[Row], float], str]] = MappingProxyType(
    {
        "BLEU": (lambda row: row.bleu, ".1f"),
        N_("search errors"): (lambda row: row.errors, ".0%"),
        N_("empty outputs"): (lambda row: row.empty, ".0%"),
        N_("length relative to the references"): (lambda row: row.length_ratio, ".2f"),
    }
)


def show_test_set(frame: Frame, model: str) -> None:
    """Charts over the width, a line an α, what they say, and how far proofs reached."""
    path = catalogue.folder(model) / FILE
    st.header(_("On a test set"))
    if not path.exists():
        st.info(_("This was not measured for this model."))
        return
    shipped = StoredWidths.read(path)
    found = shipped.widths
    st.markdown(
        _(
            "{sentences} test sentences of {shortest} to {longest} words that the model had "
            "not seen, each searched with every method. The beams stopped once k hypotheses "
            "were finished."
        ).format(sentences=found.sentences, shortest=SHORTEST, longest=LONGEST)
    )
    _say_exact(found)
    _show_charts(frame, found)
    with st.expander(_("All figures")):
        show_table(_table(found))
    for proofs in found.proofs:
        st.caption(_proved(found, proofs, _MOST[catalogue.card(model).target_language or "fr"]))
    st.caption(paragraph(_("Measured by:"), plain(shipped.command)))
    st.caption(_("sacreBLEU's signature: {signature}").format(signature=plain(found.signature)))


def _say_exact(found: WidthFigures) -> None:
    """What the likeliest sequence is worth beside what a beam finds, without normalisation."""
    beam, exact = _row(found, _USUAL, 0.0), _row(found, None, 0.0)
    if beam is None or exact is None:
        return
    said = _(
        "Ranked by log p alone (α = 0), a beam of width {width} misses a more likely "
        "sequence for {errors} of the sentences; its BLEU is {bleu}, that of exact "
        "search {exact_bleu}. Of exact search's outputs, {empty} are empty, and together "
        "they are {ratio} times as long as the references."
    ).format(
        width=_USUAL,
        errors=percent(beam.errors),
        bleu=decimal(beam.bleu, 1),
        exact_bleu=decimal(exact.bleu, 1),
        empty=percent(exact.empty),
        ratio=decimal(exact.length_ratio, 2),
    )
    if exact.bleu < beam.bleu:
        said = paragraph(
            said,
            _("The most likely translation is not the best one: search errors hide model errors."),
        )
    st.markdown(said)


def _row(found: WidthFigures, width: int | None, alpha: float) -> Row | None:
    return next((r for r in found.rows if (r.width, r.alpha) == (width, alpha)), None)


def _show_charts(frame: Frame, found: WidthFigures) -> None:
    """Two beside each other; one below the other on a phone."""
    alphas = dict.fromkeys(row.alpha for row in found.rows)
    columns = st.columns(2)
    for number, (title, (value, shape)) in enumerate(_MEASURES.items()):
        series = {
            f"α = {alpha:g}": [
                (place(row.width), value(row)) for row in found.rows if row.alpha == alpha
            ]
            for alpha in alphas
        }
        chart = width_lines(series, title=_(title), shape=shape, translate=_)
        with columns[number % 2]:
            show_altair(frame, chart, f"test-set-{number}")


def place(width: int | None) -> str:
    """A width as an axis has it."""
    return _("exact") if width is None else str(width)


def _table(found: WidthFigures) -> pd.DataFrame:
    rows = found.rows
    return pd.DataFrame(
        {
            "α": [f"{row.alpha:g}" for row in rows],
            _("beam width"): [place(row.width) for row in rows],
            "BLEU": [decimal(row.bleu, 2) for row in rows],
            _("mean log p"): [decimal(row.log_prob, 3) for row in rows],
            _("mean score"): [decimal(row.score, 4) for row in rows],
            _("search errors"): [percent(row.errors) for row in rows],
            _("empty outputs"): [percent(row.empty) for row in rows],
            _("truncated at the maximum length"): [percent(row.cut) for row in rows],
            _("length relative to the references"): [decimal(row.length_ratio, 3) for row in rows],
            _("decoder calls"): [decimal(row.calls, 1) for row in rows],
            _("continuations scored"): [f"{row.continuations:,.0f}" for row in rows],
        }
    )


def _proved(found: WidthFigures, proofs: Proofs, most: str) -> str:
    """How far exact search came in its time; of its cost what no busy machine changes."""
    return _(
        "Exact search with α = {alpha} had {budget} s per sentence; on a faster machine it might "
        "prove more. It proved {proved} of its outputs optimal among all of up to {most} tokens, "
        "where n is the source length: {references} of the references are no longer. Prefixes "
        "read per sentence: median {prefixes}, nine of ten at most {many}."
    ).format(
        alpha=f"{proofs.alpha:g}",
        budget=f"{found.budget:g}",
        proved=percent(proofs.proved),
        most=most,
        references=percent(found.references_within),
        prefixes=f"{proofs.prefixes[0]:,.0f}",
        many=f"{proofs.prefixes[1]:,.0f}",
    )
