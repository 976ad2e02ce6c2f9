"""The navigation that every page stands in, and the language."""

import threading
from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from explorer.locale import LANGUAGES, N_
from explorer.web.kit import table
from explorer.web.kit.address import Address
from explorer.web.kit.carried import LANGUAGE, THEME, Carried, follow_address
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.kit.parameters import Parameters
from explorer.web.kit.presentation import offer_presentation, present, presented
from explorer.web.kit.session_jobs import session_jobs
from explorer.web.shared.chapter import BY_PAGE, OTHERS, page_title
from explorer.web.tours.bar import settle_tour, show_tour

_NAVIGATED = "navigated"

PATHS = ("", *BY_PAGE, "exercises", "yours")
"""The paths of the pages."""
TITLES = {
    path: OTHERS[path or "start"] if (path or "start") in OTHERS else BY_PAGE[path].title
    for path in PATHS
}
"""Their titles, to be translated."""
_THEMES = {"system": N_("System"), "light": N_("Light"), "dark": N_("Dark")}
_declared = threading.Event()

# Streamlit leaves a hand's breadth above a page, of which a projector has none to spare, and which
# is needed only where the sidebar is closed, for the button that opens it; its hints to press
# Ctrl+Enter and on the size of files are in English only, and say nothing that the labels do not.
# Rows of buttons lose an edge where they break. On a phone columns stand above each other with the
# gap that was meant for side by side, a formula runs out of the page, and a text field is narrower
# than the text that its height was meant for. There, too, a heatmap's buttons stand below it, where
# they cover neither title nor legend, and the views' buttons stand at the lower edge until one has
# come down to their place. On every other screen a formula's last sign overhangs by a pixel or two,
# which makes the whole formula a thing to scroll. The buttons of a heatmap are two pixels too low
# for a finger, and where nothing hovers those of a table are always there, above it. Captions are
# pale by being see-through, and so are links and code in them; in the light theme what stands along
# the axes of charts has a contrast of 3.3 : 1, and the numbers in a heatmap keep the ink of the
# theme in which they were drawn. The focus on a link of the sidebar is a grey like its ground's.
# Primary buttons are written on in white, on the dark theme's pale blue, too. Where the views'
# buttons are more than a phone is wide, the chosen one is in sight at first. What is drawn again
# every second while a bar shows how far long work is would fade each time.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] {
  padding: 2rem clamp(1rem, 2.8vw, 4rem) calc(3rem + var(--tour-height, 0px));
}
[data-testid="stMain"] { scroll-padding-bottom: var(--tour-height, 0px); }
[data-testid="stApp"]:has([data-testid="stExpandSidebarButton"])
  [data-testid="stMainBlockContainer"] {
  padding-top: 3.5rem;
}
[data-testid="stApp"] { bottom: var(--gatescope-class, 0px) !important; }
[data-testid="InputInstructions"] { display: none; }
[data-testid="stBaseButton-primary"] { color: light-dark(#FFFFFF, #0E1117) !important; }
[data-variant="segmented_control"]:not([data-selected]) {
  border-color: color-mix(in srgb, currentColor 25%, transparent) !important;
}
[data-testid="stCaptionContainer"] { color: color-mix(in srgb, currentColor 70%, transparent); }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] > * { opacity: 1; }
.js-plotly-plot:has(.heatmaplayer image) .textpoint text { fill: currentColor !important; }
:is(.xtick, .ytick, .cbaxis) text, :is(.xtitle, .ytitle, .legendtext),
:is(.role-axis-label, .role-axis-title, .role-legend-label, .role-legend-title) text {
  fill: color-mix(in srgb, currentColor 75%, transparent) !important;
}
[data-testid="stSidebarNavLink"]:focus-visible {
  outline: 3px solid light-dark(#1F5FA8, #6FB1F2); outline-offset: -1px;
}
.katex-display { padding-inline: 2px; }
.js-plotly-plot .modebar-btn { height: 24px !important; padding-block: 4px !important; }
[data-testid="stMain"]:has([data-testid="stProgress"]) [data-stale="true"] {
  opacity: 1 !important; transition: none !important;
}
h1 { text-wrap: balance; padding-block: 0.25rem 0 !important; }
@media (hover: none) {
  .stElementContainer:has([data-testid="stDataFrame"]) { margin-top: 2rem; }
}
@media (max-width: 640px) {
  [data-testid="stTextAreaRootElement"], [data-testid="stTextAreaRootElement"] * {
    height: auto !important;
  }
  [data-testid="stTextArea"] textarea { field-sizing: content; max-height: 50vh; }
  h1 { font-size: 2rem !important; }
  [data-testid="stHorizontalBlock"] { row-gap: 1rem; }
  .stElementContainer[class*="-show "] {
    position: sticky; bottom: var(--tour-height, 0px); z-index: 9; padding-block: 0.4rem;
    background: light-dark(#FFFFFF, #171614);
  }
  .stElementContainer[class*="-show "] [role="radiogroup"] { flex-wrap: nowrap; overflow-x: auto; }
  .stElementContainer[class*="-show "] [role="radiogroup"] > * { flex: none; }
  .stElementContainer[class*="-show "] [data-selected] { scroll-initial-target: nearest; }
  [data-testid="stMain"] { scroll-padding-bottom: calc(6rem + var(--tour-height, 0px)); }
  .katex-display > .katex { font-size: min(1.21em, 3.6vw); }
  .katex-display { overflow-x: auto; }
  .js-plotly-plot .modebar-container { top: 100% !important; }
  .js-plotly-plot, .stElementContainer:has(.js-plotly-plot) { overflow: visible !important; }
}
:is([data-testid="stMetricValue"], [data-testid="stPageLink"]) * { white-space: normal !important; }
</style>"""
# Chinese is never slanted: what is emphasised is set bolder. A title breaks between its parts.
_CHINESE_STYLE = """<style>
[data-testid="stMarkdownContainer"] em { font-style: normal; font-weight: 600; }
h1 { word-break: keep-all; overflow-wrap: anywhere; }
</style>"""


def navigate() -> None:
    """Draws the navigation and runs the chosen page; all that app.py does.

    The first run of a server still stands in streamlit's own discovery of pages, where the browser
    is not told of a changed address; it is left for one that stands in the navigation.
    """
    follow_address()
    page = _navigation()
    if not _declared.is_set():
        _declared.set()
        st.rerun()
    name = page.url_path or "start"
    show_tour(name)
    st.session_state[_NAVIGATED] = True  # in this run; the page takes it away again
    page.run()
    settle_tour(name)


def open_page(name: str, parameters: Parameters) -> Frame:
    """Opens a page, with all that its address may say; its first call.

    Until app.py has run once in a server, streamlit discovers the pages by itself and runs a page
    opened by its address without app.py. Then the navigation is declared here and the page run
    again, this time through app.py.
    """
    follow_address()
    if not st.session_state.pop(_NAVIGATED, False):
        _navigation()
        st.rerun()
    session_jobs().look_away()
    st.set_page_config(page_title=f"{page_title(name)} · Gatescope", page_icon="🚪", layout="wide")
    st.html(_STYLE + table.STYLE)
    if language() == "zh":
        st.html(_CHINESE_STYLE)
    if presented():
        present()
    # What is wrong with the address is known at the end of the page and said at its top.
    return Frame(address=Address(name, parameters), notices=st.container())


def _navigation() -> Page:
    with st.sidebar:
        _switch("Language · 语言", LANGUAGE, LANGUAGES, language())
        themes = {theme: _(name) for theme, name in _THEMES.items()}
        _switch(_("Theme"), THEME, themes, THEME.chosen or "system")
        offer_presentation()
    start = st.Page("pages/start.py", title=page_title("start"), url_path="", default=True)
    sections = [
        st.Page(f"pages/{name}.py", title=f"{section.number}  {_(section.title)}")
        for name, section in BY_PAGE.items()
    ]
    others = [
        st.Page(f"pages/{name}.py", title=page_title(name)) for name in ("exercises", "yours")
    ]
    return st.navigation([start, *sections, *others])


def _switch(label: str, carried: Carried, options: Mapping[str, str], now: str) -> None:
    """The buttons of what every page's address carries."""
    key = f"switch {carried.name}"
    st.session_state[key] = now
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=lambda: carried.choose(st.session_state[key]),
        required=True,
    )
