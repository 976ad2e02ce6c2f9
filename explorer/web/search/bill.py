"""What every search found and what it cost, in one table."""

import pandas as pd
import streamlit as st

from explorer.web.frame import Frame
from explorer.web.search.ask import search_titles
from explorer.web.search.case import Case
from explorer.web.search.panels import answer


def show_bill(frame: Frame, case: Case) -> None:
    """A row a search."""
    _, titles = frame.translate, search_titles(frame.translate)
    rows = [
        {
            _("search"): titles[name],
            _("best"): answer(frame, case, tree),
            "log p": tree.n_best[0].log_prob,
            _("score"): tree.n_best[0].score,
            _("decoder calls"): tree.bill.decoder_calls,
            _("continuations scored"): tree.bill.continuations_scored,
            _("seconds"): tree.bill.seconds,
        }
        for name, tree in case.trees.items()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
