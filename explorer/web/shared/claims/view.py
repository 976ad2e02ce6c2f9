"""The claims of a section, one at a time: verdict, figure, method, command. Brings in no torch."""

from collections.abc import Mapping

import streamlit as st

from explorer.experiments import catalogue
from explorer.experiments.experiment import Result
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.figure import show_altair, show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.shared.chapter import BY_PAGE
from explorer.web.shared.claims.figures import SHOWN
from explorer.web.shared.claims.parameters import CLAIM
from explorer.web.shared.claims.shown import Shown, filled
from explorer.web.shared.claims.verdict import ICONS, say_icons, show_verdict


def show_claims(frame: Frame) -> None:
    """The claims of the page's section, of which the address says which one is open."""
    results = _results(BY_PAGE[frame.address.page].number)
    if not results:
        return
    titles = {
        name: f"{ICONS[result.judgement.verdict]} {_(SHOWN[name].title)}"
        for name, result in results.items()
    }
    say_icons()
    name = choose(frame, _("Claim"), CLAIM, titles)
    with st.container(key=frame.address.key("verdict")):
        values = results[name].judgement.values
        texts = (SHOWN[name].method, SHOWN[name].rule)
        how = "\n\n".join(filled(_(text), values) for text in texts)
        show_verdict(results[name], method=how)
    _show_figure(frame, name, SHOWN[name], results[name])
    more = SHOWN[name].more
    if more is not None:
        more(frame, results[name].numbers)


def _results(section: str) -> Mapping[str, Result]:
    """What was measured, by name; of a result that cannot be read the page says so."""
    found = {}
    for name in catalogue.names():
        if name in SHOWN and section in (catalogue.section(name), *SHOWN[name].also):
            with readable_errors():
                found[name] = catalogue.shipped(name)
    return found


def _show_figure(frame: Frame, name: str, shown: Shown, result: Result) -> None:
    import plotly.graph_objects as go

    drawing = shown.figure(result.numbers)
    if isinstance(drawing, go.Figure):
        show_plotly(frame, drawing, name)
    else:
        show_altair(frame, drawing, name)
