"""What the chosen model is, and how good it was on sentences that it had not seen."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer.figures.curve import curve_plot
from explorer.locale import N_
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.models.own_folder import is_own
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table
from explorer.web.pages.translation.judged import show_judged
from explorer.web.shared.own_card import show_own_card
from explorer.web.shared.translators import ALL, search_names, span_names

#: What the shipped cards say in words, for the catalogues.
_SAID = (
    N_(
        "English–French sentence pairs; 2,000 English sentences held out for validation and "
        "2,000 for the test (split seed 0), none of which shares a sentence or translation with "
        "the others"
    ),
    N_(
        "English–Chinese sentence pairs in simplified characters; 1,000 English sentences held "
        "out for validation and 1,000 for the test (split seed 0), none of which shares a sentence "
        "or translation with the others"
    ),
    N_(
        "As large as 16 MB of weights allow. It learned from the pairs, and from what four larger "
        "models (two GRUs and two LSTMs, which were not kept) wrote together for the training "
        "sentences. The weights are those with the lowest validation perplexity among the epochs "
        "and the means of the last ones. The test sentences were not used to choose them."
    ),
    N_(
        "One layer, as wide as the encoder that it starts from: its source words, their embeddings "
        "and its first layer are those of the English–French model over whole words that stands in "
        "this project's history at commit b74b82d. That model had read about half of the test "
        "sentences, with French translations, but never Chinese. Besides the pairs it learned from "
        "120,538 English sentences of this and the English–French corpus, as three earlier models, "
        "which were not kept, wrote them in Chinese. The weights with the lowest validation "
        "perplexity among the epochs and the means of the last ones. The test sentences chose "
        "nothing."
    ),
)
_SPREAD = "beam 5, 95 % of resampled scores within"
_RARE = "beam 5, sentences with a word seen less than 3 times"


def show_card(frame: Frame, model: str) -> None:
    """The model's card: sizes, data, BLEU and chrF by beam width and length, the curve."""
    card = catalogue.card(model)
    if is_own(model):
        show_own_card(model, card)
    if card.reading:
        show_judged(card.reading)
    if is_own(model):
        return
    sizes = card.architecture
    st.markdown(
        _(
            "{cell}, layers: {layers}, of {units} units each, in both encoder and decoder, "
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
            "On {count} test sentences, with up to {references} reference translations each: "
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
    if card.target_language == "zh":
        st.markdown(_("Of Chinese, BLEU counts characters, not words."))
    table = pd.DataFrame(rows)
    show_table(table, digits=dict.fromkeys(table.columns[2:], 2))
    st.caption(
        _(
            "Searched with α = {alpha}; the beams stopped once k hypotheses were finished. "
            "sacreBLEU: {signature}"
        ).format(alpha=figures["alpha"], signature=plain(figures["signature"]))
    )
    _say_spread(card)


def _say_spread(card: Card) -> None:
    """How far the scores may lie off, and what rare words cost."""
    figures: Any = card.figures
    if _SPREAD not in figures or _RARE not in figures:
        return
    spread, rare = figures[_SPREAD], figures[_RARE]
    st.markdown(
        _(
            "With beam width 5, the 95% interval is BLEU {bleu}, chrF {chrf}. The {count} "
            "sentences with a word that training saw fewer than three times score BLEU "
            "{rare_bleu}, chrF {rare_chrf}."
        ).format(
            bleu=spread["BLEU"],
            chrf=spread["chrF"],
            count=rare["sentences"],
            rare_bleu=decimal(rare["BLEU"], 1),
            rare_chrf=decimal(rare["chrF"], 1),
        )
    )
