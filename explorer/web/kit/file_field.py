"""A field for a file, whose every word is the reader's.

Streamlit writes three things on its own field in English: on the button, where a file is dragged to
and why one is too large, which stands in a hint alone. Style sheets put ours in their place. What a
screen reader is told of the buttons, a script puts right.
"""

import json
from string import Template

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _
from explorer.web.kit.sight import class_of

_STYLE = Template("""<style>
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] [kind="secondary"] [data-testid="stMarkdownContainer"] {
  p { font-size: 0; }
  &::after { content: $choose; }
}
[data-testid="stFileUploaderDropzone"] > input + div:not(:has([data-testid])) > * {
  font-size: 0;
  &::after { content: $drop; font-size: 1rem; }
}
[data-testid="stFileUploader"]:has([data-testid="stFileChip"][aria-invalid="true"])::after {
  content: $large; color: light-dark(#B3261E, #FF8A80);
}
[data-testid="stFileChip"] [role="alert"], [data-testid="stTooltipErrorContent"] { display: none; }
</style>""")


def choose_file(label: str, *, key: str, most: int) -> UploadedFile | None:
    """The file that the reader chose.

    Args:
        label: Above the field, in the reader's language; ``{most}`` stands for the limit.
        key: The field's key.
        most: Megabytes. Slightly larger files come in, so that the page can say how large they are.
    """
    words = {
        "choose": _("Choose a file"),
        "drop": _("Drop the file here"),
        "large": _("This file has more than {most} MB and was not read.").format(most=most),
    }
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in words.items()}
    st.html(_STYLE.substitute(quoted))
    beyond = 1 + most // 20  # the browser counts megabytes of 10⁶ bytes
    with st.container(gap=None):
        file = st.file_uploader(label.format(most=most), key=key, max_upload_size=most + beyond)
        names = {"remove": _("Remove {name}"), "another": _("Choose another file")}
        data = {"field": class_of(key), "choose": words["choose"], **names}
        _component(key=f"{key}.names", data=data)
    return file


_component = component("file_field", beside=__file__, css=())
