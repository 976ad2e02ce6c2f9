"""What the chosen model is, and how good it was on sentences that it had not seen."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer.figures.curve import curve_plot
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table
from explorer.web.shared.translators import ALL, search_names, span_names

#: What the shipped cards say in words, for the catalogues.
_SAID = (
    N_(
        "English–French sentence pairs; 2,000 English sentences held out for validation and "
        "2,000 for the test (split seed 0)"
    ),
    N_(
        "As large as 16 MB of weights allow; the weights are those with the lowest "
        "validation perplexity among the epochs and the means of the last ones. The test "
        "sentences were not used to choose them."
    ),
)


def show_card(frame: Frame, model: str) -> None:
    """The model's card: sizes, data, BLEU and chrF by beam width and length, the curve."""
    card = catalogue.card(model)
    sizes = card.architecture
    st.markdown(
        _(
            "{cell}, {layers} layers of {units} units in both encoder and decoder, "
            "{parameters} parameters, trained on: {data}. Licence: {licence}. From: "
            "{attribution}."
        ).format(
            cell=sizes.cell.upper(),
            layers=sizes.layers,
            units=sizes.hidden_size,
            parameters=f"{card.parameters:,}",
            data=_(card.data.name),
            licence=card.data.licence,
            attribution=plain(card.data.attribution),
        )
    )
    st.caption(_("Selection: {chosen}").format(chosen=_(card.chosen)))
    st.code(card.command, language=None, wrap_lines=True)
    _show_scores(card)
    st.markdown(
        _("Validation perplexity after each epoch; on the test sentences it is {test}.").format(
            test=f"{card.figures['test perplexity']:.2f}"
        )
    )
    scores = [point.score for point in card.curve]
    show_altair(
        frame, curve_plot(scores, epoch=_("epoch"), score=_("validation perplexity")), "curve"
    )


def _show_scores(card: Card) -> None:
    figures: Any = card.figures
    counts = figures["test sentences"]
    st.markdown(
        _(
            "On {count} test sentences, with up to {references} French translations each: "
            "BLEU measures shared word sequences, chrF shared character sequences; 100 means "
            "identical to a reference. By the number of source words:"
        ).format(count=f"{counts[ALL]:,}", references=figures["references of a sentence, at most"])
    )
    searches, spans = search_names(figures["BLEU"]), span_names(counts)
    rows = [
        {_("source words"): spans[span], _("sentences"): count}
        | {
            _("{what}, {how}").format(what=measure, how=name): figures[measure][search][span]
            for measure in ("BLEU", "chrF")
            for search, name in searches.items()
        }
        for span, count in counts.items()
    ]
    table = pd.DataFrame(rows)
    show_table(table, digits=dict.fromkeys(table.columns[2:], 2))
    st.caption(
        _(
            "Searched with α = {alpha}; the beams stopped once k hypotheses were finished. "
            "sacreBLEU: {signature}"
        ).format(alpha=figures["alpha"], signature=plain(figures["signature"]))
    )
