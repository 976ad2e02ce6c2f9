"""How many characters stand in a text field, counted while the reader types."""

import re

import streamlit as st

from explorer.locale import Translate
from explorer.web.components.files import script, style


def count(field: str, *, length: int, most: int, translate: Translate) -> None:
    """Draws the count.

    Args:
        field: The key of the text field.
        length: Characters that stand in it.
        most: Characters that it may have.
        translate: Into the reader's language.
    """
    data = {
        # Streamlit's name for what is drawn under a key.
        "field": "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", field),
        "length": length,
        "most": most,
        "said": translate("{length} of {most} characters"),
    }
    _component(key=f"{field}.count", data=data, height="content")


_component = st.components.v2.component("gatescope_count", css=style("count"), js=script("count"))
