"""The reader's own text: pasted or as a file, and which rules cut each side into words."""

import streamlit as st

from explorer.corpus.parallel import TOKENISERS, Tokeniser
from explorer.corpus.reading import MOST_BYTES, decode
from explorer.locale import N_
from explorer.web.frame import Frame

#: To begin with: the project's own, in two scripts.
EXAMPLE = """The lamp is on the table.\t灯在桌子上。
Who wrote this letter?\t这封信是谁写的？
She reads the letter by the lamp.\t她在灯下读这封信。
I do not know who she is.\t我不知道她是谁。
The table stands by the window.\t桌子在窗边。
We will read it tomorrow.\t我们明天读它。
"""

_RULES: dict[Tokeniser, str] = {
    "any": N_("any language"),
    "en": N_("English"),
    "fr": N_("French"),
}
_MEGABYTES = MOST_BYTES // 2**20


def choose_text(frame: Frame) -> tuple[str, Tokeniser, Tokeniser]:
    """The reader's text, and the rules for its two sides.

    Raises:
        ExplorerError: The file is too large or is no text.
    """
    _, address = frame.translate, frame.address
    left, right = st.columns([3, 2], gap="large")
    with left:
        text = st.text_area(
            _("Sentence, tab (or three bars, |||), translation: one pair a line"),
            key=address.seed("text", EXAMPLE, str),
            height=180,
        )
        st.button(_("Read this text"), key=address.key("read"), icon=":material/play_arrow:")
    with right:
        file = st.file_uploader(
            _("Or a TSV file, up to {most} MB; it is read instead of the text").format(
                most=_MEGABYTES
            ),
            key=address.key("file"),
        )
        source = _choose_rules(frame, "source_rules", _("Words of the source, by the rules of"))
        target = _choose_rules(frame, "target_rules", _("Words of the target, by the rules of"))
    st.caption(
        _(
            "The rules for any language cut at spaces and marks, and scripts without spaces, such "
            "as Chinese, into single characters. Links carry texts of up to 2,000 characters, and "
            "no files."
        )
    )
    return decode(file.getvalue()) if file else text, source, target


def _choose_rules(frame: Frame, name: str, label: str) -> Tokeniser:
    rules: list[Tokeniser] = list(_RULES)
    assert set(rules) == set(TOKENISERS)
    chosen: Tokeniser = st.selectbox(
        label,
        rules,
        key=frame.address.choice(name, "any", rules),
        format_func=lambda rule: frame.translate(_RULES[rule]),
    )
    return chosen
