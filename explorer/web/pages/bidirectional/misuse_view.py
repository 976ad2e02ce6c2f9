"""The misuse: a bidirectional model asked for the next word."""

import pandas as pd
import streamlit as st

from explorer.cloze.next_word_misuse import write
from explorer.errors import ExplorerError
from explorer.experiments import catalogue
from explorer.experiments.experiment import Result, Value
from explorer.models.architecture import Reads
from explorer.text.words import detokenise, tokenise
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.field import type_text
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.kit.table import show_table
from explorer.web.pages.bidirectional.infill_models import filler
from explorer.web.pages.bidirectional.parameters import BEGINNING
from explorer.web.pages.bidirectional.reads import READS, name_of
from explorer.web.shared.claims.bidirectional import WAYS
from explorer.web.shared.claims.verdict import show_verdict

_MOST = 20
_WRITTEN = 12  # words that a model may add


def show_misuse(frame: Frame) -> None:
    """What both models write behind a beginning, and what it costs over many sentences."""
    st.markdown(
        _(
            "In training, a bidirectional model sees the words after every blank. When "
            "generating, no later words exist: after the next word, it finds the end of the "
            "sentence."
        )
    )
    with readable_errors(), st.container(key=frame.address.key("misuse.written")):
        _show_writing(frame)
    result = catalogue.shipped("next-word")
    show_verdict(result)
    _show_table(result)


def _show_writing(frame: Frame) -> None:
    beginning = type_text(frame, _("Beginning of a sentence"), BEGINNING, read=_read_beginning)
    sides: tuple[Reads, ...] = ("forward", "both")
    for column, reads in zip(st.columns(2), sides, strict=True):
        written = write(filler(name_of(reads)), beginning, most=len(beginning) + _WRITTEN)
        with column.container(border=True):
            st.markdown(f"**{_(READS[reads])}**")
            st.markdown(quoted(detokenise(written.tokens, "en")))
    st.caption(
        _(
            "The most likely next word, again and again, until the sentence ends, or {most} words "
            "were added."
        ).format(most=_WRITTEN)
    )


def _read_beginning(text: str) -> tuple[str, ...]:
    beginning = tokenise(text, "en")
    if not 1 <= len(beginning) <= _MOST:
        raise ExplorerError("Type a beginning of 1 to {most} words.", most=_MOST)
    return beginning


def _show_table(result: Result) -> None:
    table = result.numbers["perplexity"]
    show_table(
        pd.DataFrame(
            {
                _("model"): table["model"],
                _("word predicted"): [_(WAYS[str(way)]) for way in table["way"]],
                _("perplexity"): [_perplexity(value) for value in table["perplexity"]],
                _("nats per word"): _spread(table["mean"], table["sd"]),
                _("sentences"): table["count"],
            }
        )
    )
    writing = result.numbers["writing"]
    show_table(
        pd.DataFrame(
            {
                _("model"): writing["model"],
                _("words written"): _spread(writing["mean"], writing["sd"]),
                _("perplexity of the text written (by the forward model)"): [
                    _perplexity(value) for value in writing["perplexity"]
                ],
                _("for example"): writing["an example"],
            }
        )
    )


def _perplexity(value: Value) -> str:
    """With a decimal where it is small."""
    perplexity = float(value or 0)
    return f"{perplexity:,.{1 if perplexity < 1000 else 0}f}"


def _spread(means: object, sds: object) -> list[str]:
    assert isinstance(means, list)
    assert isinstance(sds, list)
    return [f"{mean:.2f} ± {sd:.2f}" for mean, sd in zip(means, sds, strict=True)]
