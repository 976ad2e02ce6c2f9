"""BLEU of one sentence by the book's formula and by sacreBLEU, part by part."""

import pandas as pd
import streamlit as st

from explorer.evaluation.book import BookBleu
from explorer.evaluation.sentence import SentenceBleu
from explorer.seq2seq.reference import LONGEST, Comparison
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.table import show_table


def show_bleu(compared: Comparison) -> None:
    """Both formulas in parts, side by side, and what separates them.

    The book's knows one reference: it is given the one that it likes best.
    """
    books = [judged.book for judged in compared.references]
    best = max(range(len(books)), key=lambda place: books[place].bleu)
    left, right = st.columns(2)
    left.metric(_("BLEU by the book's formula"), decimal(100 * books[best].bleu, 1))
    right.metric("sacreBLEU", decimal(compared.sacrebleu.bleu, 1))
    show_table(_table(books[best], compared.sacrebleu))
    st.markdown(
        _(
            "The book multiplies pₙ^(1/2ⁿ): the same precision pₙ costs less the longer the "
            "n-gram is, and a single 0 makes the product 0. sacreBLEU takes the geometric "
            "mean of the precisions and smooths a precision of 0 (marked *); it tokenizes in "
            "its own way and uses all references at once, where the book uses one (here "
            "number {number}). Brevity penalty: {book} in the book, {sacre} in sacreBLEU."
        ).format(
            number=best + 1,
            book=decimal(books[best].brevity, 2),
            sacre=decimal(compared.sacrebleu.brevity, 2),
        )
    )
    signature = plain(compared.sacrebleu.signature)
    st.caption(_("sacreBLEU's signature: {signature}").format(signature=signature))


def _table(book: BookBleu, sacre: SentenceBleu) -> pd.DataFrame:
    """A row for each n; what a short sentence does not have is a dash."""
    columns = {
        _("book: precision pₙ"): [decimal(p, 2) for p in book.precisions],
        _("book: exponent 1/2ⁿ"): [f"{e:g}" for e in book.exponents],
        _("book: factor"): [decimal(f, 3) for f in book.factors],
        _("sacreBLEU: matches"): [
            f"{matched}/{total}" for matched, total in zip(sacre.matched, sacre.totals, strict=True)
        ],
        _("sacreBLEU: precision"): [
            f"{p / 100:.2f}{' *' if smoothed else ''}"
            for p, smoothed in zip(sacre.precisions, sacre.smoothed, strict=True)
        ],
    }
    padded = {name: [*cells, *["–"] * (LONGEST - len(cells))] for name, cells in columns.items()}
    return pd.DataFrame({"n": range(1, LONGEST + 1), **padded})
