"""The map of the chapter: its sections, their claims with the verdicts, and ways to all of them.

Brings in no torch: it reads what was measured beforehand.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.errors import ExplorerError
from explorer.experiments import catalogue
from explorer.experiments.experiment import VERDICTS, Result
from explorer.web.kit.carried import carried, to_tour
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.shared.chapter import SECTIONS, Section
from explorer.web.shared.claims.addresses import place
from explorer.web.shared.claims.verdict import COLOURS, ICONS, say_icons

_COLUMNS = 4
_ARROW = ":material/arrow_forward:"


def show_map() -> None:
    """The eight sections, each with its claims and a link to its page, if that is there."""
    results = _results()
    say_icons()
    st.caption(
        _("The chapter’s claims, each tested:")
        + "".join(f" :{COLOURS[verdict]}[{ICONS[verdict]}] {_(verdict)}" for verdict in VERDICTS)
    )
    for row in range(0, len(SECTIONS), _COLUMNS):
        columns = st.columns(_COLUMNS)
        for column, section in zip(columns, SECTIONS[row : row + _COLUMNS], strict=True):
            with column.container(border=True, height="stretch"):
                _show_section(section, results.get(section.number, ()))


def _results() -> Mapping[str, Sequence[Result]]:
    """What was measured, by section; of a result that cannot be read the page says so."""
    found: dict[str, list[Result]] = {}
    for name in catalogue.names():
        try:
            result = catalogue.shipped(name)
        except ExplorerError as problem:
            st.warning(sentence(problem), icon=":material/warning:")
        else:
            found.setdefault(result.section, []).append(result)
    return found


def _show_section(section: Section, results: Sequence[Result]) -> None:
    st.markdown(f"**{section.number} · {_(section.title)}**")
    st.caption(_(section.shows))
    if section.page:
        page = f"pages/{section.page}.py"
        with st.container(horizontal=True, gap="small"):
            st.page_link(page, label=_("Open"), icon=_ARROW)
            tour = to_tour(section.page)
            st.page_link(page, label=_("Tour"), icon=":material/signpost:", query_params=tour)
    else:
        st.badge(_("still to come"), color="gray")
    if results:
        with st.container(gap=None):
            for result in results:
                _show_claim(result)


def _show_claim(result: Result) -> None:
    """A claim on one line: its verdict's sign, its title, and the way to what was measured."""
    from explorer.web.shared.claims.figures import (
        SHOWN,  # brings in altair, after the first picture
    )

    verdict = result.judgement.verdict
    title = _(SHOWN[result.name].title if result.name in SHOWN else result.claim)
    label = f":{COLOURS[verdict]}[{ICONS[verdict]}] {title}"
    where = place(result)
    if where is None:
        st.markdown(label)
        return
    page, parameters = where
    st.page_link(
        f"pages/{page}.py",
        label=label,
        help=_("{name}: {value}").format(name=_(verdict), value=_(result.claim)),
        query_params={**carried(), **parameters},
    )
