"""The mask: what a loss counts that counts padding, and what padding does to the encoder."""

import pandas as pd
import streamlit as st

from explorer.seq2seq.padding_mask import Masking, masking
from explorer.text.numbers import decimal, percent
from explorer.text.pieces import joined
from explorer.text.sentences import sentences
from explorer.text.tokens import visible
from explorer.text.vocabulary import PAD
from explorer.web.components.rows import Cell, Row, rows
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import number
from explorer.web.pages.translation.parameters import FIRST_PAIR, PAIRS
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator


def show_padding(frame: Frame, case: Case) -> None:
    """A minibatch of the project's own pairs, its loss with and without the mask, and the leak."""
    st.markdown(
        _(
            "A minibatch is as long as its longest sentence; the others are padded with "
            "`<pad>`. The mask excludes these positions from the loss, and packing keeps the "
            "encoder from reading them. Here is what happens without either, on this "
            "project's own sentence pairs."
        )
    )
    with st.container(horizontal=True, gap="medium"):
        size = number(frame, _("Pairs"), PAIRS)
        said = _("First pair (1 to {last})").format(last=FIRST_PAIR.highest)
        first = number(frame, said, FIRST_PAIR)
    found = _masking(case.asked.model, first, size)
    _show_losses(found)
    _show_batch(frame, found, first)
    _show_leak(found)


def _show_losses(found: Masking) -> None:
    padding = 1 - float(found.counted.mean())
    columns = st.columns(3)
    columns[0].metric(_("Loss, padding masked"), decimal(found.masked, 3))
    columns[1].metric(_("Loss, padding counted"), decimal(found.unmasked, 3))
    columns[2].metric(_("Share of padding"), percent(padding))
    st.caption(
        _(
            "In nats per position. Trained with the mask, the model never learned to predict "
            "`<pad>`, so counting it raises the loss; trained without, it would learn "
            "`<pad>` after `<pad>`, and the loss would fall without a better translation."
        )
    )


def _show_batch(frame: Frame, found: Masking, first: int) -> None:
    made = [
        Row(
            _("Pair {number}: target tokens").format(number=place),
            [
                Cell(visible(token), shade=0.0 if token == PAD else 0.35, note=decimal(loss, 1))
                for token, loss in zip(row, losses, strict=True)
            ],
        )
        for place, (row, losses) in enumerate(
            zip(found.targets, found.losses, strict=True), start=first
        )
    ]
    rows(made, key=frame.address.key("batch"))
    st.caption(
        _("Below each token: its loss in nats. Coloured tokens count when the mask is used.")
    )


def _show_leak(found: Masking) -> None:
    st.header(_("Effect of padding on the encoder's state"))
    table = pd.DataFrame(
        {
            _("source"): [
                " ".join(joined(token for token in row if token != PAD)) for row in found.sources
            ],
            _("padding read"): [row.count(PAD) for row in found.sources],
            _("distance moved"): [decimal(moved, 3) for moved in found.distance],
            _("cosine similarity"): [decimal(cosine, 3) for cosine in found.cosine],
        }
    )
    show_table(table)
    st.markdown(
        _(
            "Without packing, the encoder reads on past the end of the sentence and hands "
            "over a different state. The masked loss is then {with_leak} instead of {masked} "
            "nats."
        ).format(with_leak=decimal(found.with_leak, 3), masked=decimal(found.masked, 3))
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _masking(model: str, first: int, size: int) -> Masking:
    found = translator(model)
    some = sentences()[first - 1 : first - 1 + size]
    pairs = [(pair.english, pair.translation(found.language)) for pair in some]
    return masking(found, pairs)
