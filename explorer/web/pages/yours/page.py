"""The page from top to bottom: the file, which part of it, and the views."""

from html import escape

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import imported, show_views
from explorer.web.pages.yours.chosen_part import choose_part
from explorer.web.pages.yours.parameters import SHOW
from explorer.web.pages.yours.source import Source, choose_source, example
from explorer.web.pages.yours.views import PART, VIEWS

_LOOK = "explorer.web.pages.yours.part_views:look_at"
_NOTEBOOK = """with explorer.record(model) as recording:
    model(inputs)
explorer.write(recording, "mine.nc")"""
_SHELL = "gatescope record script.py --out mine.nc"
_MODELS = "gatescope run --models FOLDER"
# Streamlit's block of code would bring 1.5 MB of scripts, ahead of the first picture.
_PROGRAM = """<pre style="margin: 0; padding: 1rem; border-radius: 0.5rem; white-space: pre-wrap;
background: color-mix(in srgb, currentColor 4%, transparent);
font: 0.8rem/1.6 'Source Code Pro', monospace">{}</pre>"""


def show(frame: Frame) -> None:
    """How a reader gets a file, the file, and what it holds."""
    with readable_errors():
        with folded(_("The recording"), ":material/upload_file:"):
            source = _open(frame)
            recorded = choose_part(frame, source)
        needs = {PART: lambda frame, page: imported(_LOOK)(frame, page, recorded)}
        show_views(frame, SHOW, VIEWS, needs, alone={PART}, buttons_first=True)


def _open(frame: Frame) -> Source:
    """The file that is open.

    Raises:
        ExplorerError: No file was given, and the example's is missing.
    """
    _explain()
    left, right = st.columns([3, 2], gap="large")
    with left:
        label = _("A recording (.nc), up to {most} MB; nothing in it is run")
        source = choose_source(frame, label, name="file", none=None)
        source = source or example()
    with right:
        if source.is_example:
            st.caption(
                _(
                    "Until you choose a file, this example is shown: a GRU and an LSTM that "
                    "learned to recall a symbol, each on two texts that differ in that symbol."
                )
            )
        st.page_link(
            "pages/search.py",
            label=_("A saved search or an n-best list opens here"),
            icon=":material/arrow_forward:",
            query_params={"show": "open"},
        )
    return source


def _explain() -> None:
    """The three ways to what is one's own."""
    ways = (
        (_("In a notebook, around any model with recurrent layers:"), _NOTEBOOK),
        (_("From the shell, around an unchanged script:"), _SHELL),
        (_("A whole model, with texts of your own:"), _MODELS),
    )
    for column, (said, code) in zip(st.columns([38, 37, 28]), ways, strict=True):
        with column:
            st.markdown(said)
            st.html(_PROGRAM.format(escape(code)))
