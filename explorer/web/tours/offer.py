"""The teacher's own tour, as the start page offers it."""

import streamlit as st

from explorer.errors import ExplorerError
from explorer.web.kit.carried import TOUR, to_tour
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal
from explorer.web.tours.own import own_tour


def offer_own_tour() -> None:
    """A link to it, unless one is being taken, or why not; nothing if the server has none."""
    try:
        tour = own_tour()
    except ExplorerError as problem:
        st.warning(sentence(problem), icon=":material/signpost:")
        return
    if tour is None or TOUR.chosen is not None:
        return
    said = _("**{title}**: a tour by your teacher, {count} stops")
    st.page_link(
        f"pages/{tour.stops[0].page}.py",
        label=said.format(title=literal(tour.title), count=len(tour.stops)),
        icon=":material/signpost:",
        query_params=to_tour(tour.name),
    )
