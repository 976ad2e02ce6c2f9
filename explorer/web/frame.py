"""The frame that every page stands in: navigation, language, address, and how errors are shown."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from explorer.errors import ExplorerError
from explorer.locale import LANGUAGES, Translate, preferred, translator
from explorer.web.address import Address
from explorer.web.chapter import BY_PAGE, page_title
from explorer.web.kit.session_jobs import session_jobs

_NAVIGATED = "navigated"
_LANGUAGE = "language"
_ASKED = "language asked for"
_SWITCH = "language switch"
_declared = threading.Event()

# Streamlit leaves a hand's breadth above a page, of which a projector has none to spare; its hints
# to press Ctrl+Enter and on the size of files are in English only, and say nothing that the labels
# do not. On a phone columns stand one above the other with the gap that was meant for side by side,
# rows of buttons lose an edge where they break, and a formula runs out of the page.
# On every other screen a formula's last sign overhangs by a pixel or two, which makes the whole
# formula a thing to scroll. Captions are pale by being see-through, and so are links and code in
# them; primary buttons are written on in white, on the dark theme's pale blue, too.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 3rem; padding-bottom: 3rem; }
[data-testid="InputInstructions"] { display: none; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stBaseButton-primary"] { color: light-dark(#FFFFFF, #0E1117) !important; }
[data-testid="stCaptionContainer"] { color: color-mix(in srgb, currentColor 70%, transparent); }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] > * { opacity: 1; }
.katex-display { padding-inline: 2px; }
h1 { text-wrap: balance; }
@media (max-width: 640px) {
  h1 { font-size: 2.25rem !important; }
  [data-testid="stHorizontalBlock"] { row-gap: 1rem; }
  [data-variant="segmented_control"]:not([data-selected]) {
    border-color: color-mix(in srgb, currentColor 25%, transparent) !important;
  }
  .katex-display > .katex { font-size: min(1.21em, 3.6vw); }
  .katex-display { overflow-x: auto; }
}
</style>"""
# Chinese is never slanted: what is emphasised is set bolder. A title breaks between its parts.
_CHINESE_STYLE = """<style>
[data-testid="stMarkdownContainer"] em { font-style: normal; font-weight: 600; }
h1 { word-break: keep-all; overflow-wrap: anywhere; }
</style>"""


@dataclass(frozen=True)
class Frame:
    """What a page is given: its translator, its address and its language."""

    translate: Translate
    address: Address
    lang: str
    notices: DeltaGenerator

    def close(self) -> None:
        """Writes the page's state into its address; the page's last call."""
        for problem in self.address.problems:
            self.notices.warning(sentence(problem, self.translate), icon=":material/warning:")
        self.address.publish(self.lang)
        st.session_state[_ASKED] = self.lang


def navigate() -> None:
    """Draws the navigation and runs the chosen page; all that app.py does.

    The first run of a server still stands in streamlit's own discovery of pages, where the browser
    is not told of a changed address; it is left for one that stands in the navigation.
    """
    page = _navigation(translator(_language()))
    if not _declared.is_set():
        _declared.set()
        st.rerun()
    st.session_state[_NAVIGATED] = True  # in this run; the page takes it away again
    page.run()


def open_page(name: str) -> Frame:
    """Opens a page in the frame; its first call.

    Until app.py has run once in a server, streamlit discovers the pages by itself and runs a page
    opened by its address without app.py. Then the navigation is declared here and the page run
    again, this time through app.py.
    """
    lang = _language()
    _ = translator(lang)
    if not st.session_state.pop(_NAVIGATED, False):
        _navigation(_)
        st.rerun()
    session_jobs().look_away()
    st.set_page_config(
        page_title=f"{page_title(name, _)} · Gatescope", page_icon="🚪", layout="wide"
    )
    st.html(_STYLE)
    if lang == "zh":
        st.html(_CHINESE_STYLE)
    # What is wrong with the address is known at the end of the page and said at its top.
    return Frame(translate=_, address=Address(name), lang=lang, notices=st.container())


def sentence(error: ExplorerError, _: Translate) -> str:
    """An error's sentence in the reader's language; its values are shown as they are."""
    values = {
        name: value if isinstance(value, int) else plain(str(value))
        for name, value in error.values.items()
    }
    return _(error.template).format(**values)


def plain(text: str) -> str:
    """Text as a Markdown code span, in which nothing is markup, neither a link nor a formula.

    The fence is longer than any run of backticks in the text (CommonMark, section 6.1).
    """
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    line = " ".join(text.splitlines())
    return f"{fence} {line} {fence}" if line.strip() else f"{fence}{line or ' '}{fence}"


def literal(text: str) -> str:
    """Text of which nothing is markup, in the letters of the page around it.

    Every mark of punctuation is escaped (CommonMark, section 2.4). Addresses, ``:emoji:`` and
    ``->`` are looked for behind the escapes, so word joiners, which are not seen, part them.
    """
    line = re.sub(
        rf"(?<={_MARK})(?={_MARK})|(?<=[:@])|(?<=www)(?=\.)",
        "\u2060",
        " ".join(text.splitlines()),
        flags=re.IGNORECASE,
    )
    return re.sub(_MARK, r"\\\g<0>", line)


_MARK = r"[!-/:-@\[-`{-~]"


def quoted(text: str) -> str:
    """A sentence from a reader or a model, in quotation marks; nothing in it is markup."""
    return f"“{literal(text)}”"


@contextmanager
def readable_errors(_: Translate) -> Iterator[None]:
    """Shows an ExplorerError as its sentence; what was drawn before it stays."""
    try:
        yield
    except ExplorerError as error:
        st.error(sentence(error, _), icon=":material/error:")


def _navigation(_: Translate) -> Page:
    _language_switch()
    start = st.Page("pages/start.py", title=page_title("start", _), url_path="", default=True)
    sections = [
        st.Page(f"pages/{name}.py", title=f"{section.number}  {_(section.title)}")
        for name, section in BY_PAGE.items()
    ]
    exercises = st.Page("pages/exercises.py", title=page_title("exercises", _))
    return st.navigation([start, *sections, exercises])


def _language_switch() -> None:
    st.session_state[_SWITCH] = st.session_state[_LANGUAGE]
    with st.sidebar:
        st.segmented_control(
            "Language · 语言",
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key=_SWITCH,
            on_change=_switch_language,
            required=True,
        )
        _say_language(st.session_state[_LANGUAGE])


def _say_language(lang: str) -> None:
    """Tells the browser: by the language it chooses glyphs, and a screen reader its voice."""
    script = f"<script>document.documentElement.lang = {json.dumps(lang)}</script>"
    st.html(script, unsafe_allow_javascript=True)


def _switch_language() -> None:
    st.session_state[_LANGUAGE] = st.session_state[_SWITCH]


def _language() -> str:
    """The language of the address where that is new, else of this session, else of the browser."""
    asked = st.query_params.get("lang")
    if asked != st.session_state.get(_ASKED) and asked in LANGUAGES:
        st.session_state[_LANGUAGE] = asked
    st.session_state[_ASKED] = asked
    return str(st.session_state.setdefault(_LANGUAGE, preferred(st.context.locale)))
