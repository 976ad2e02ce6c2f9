"""The teacher's own tour, as the start page offers it."""

import streamlit as st

from explorer.errors import ExplorerError
from explorer.web.kit.carried import to_tour
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal
from explorer.web.tours.own import own_tour


def offer_own_tour() -> None:
    """A link to it, or why it cannot be taken; nothing where the server was given none."""
    try:
        tour = own_tour()
    except ExplorerError as problem:
        st.warning(sentence(problem), icon=":material/signpost:")
        return
    if tour is None:
        return
    with st.container(border=True):
        st.markdown(f"**{literal(tour.title)}**")
        st.caption(_("A tour by your teacher, stops: {count}").format(count=len(tour.stops)))
        st.page_link(
            f"pages/{tour.stops[0].page}.py",
            label=_("Tour"),
            icon=":material/signpost:",
            query_params=to_tour(tour.name),
        )
