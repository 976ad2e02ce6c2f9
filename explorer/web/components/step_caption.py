"""A caption that is another at every step: it stands where it is, and is told its text.

The text reaches the browser as data and enters the page as text, never as markup.
"""

from collections.abc import Mapping

from explorer.web.kit.component import component


def step_caption(*, key: str) -> None:
    """The place of the caption: it shows what `declared_caption` declares.

    Args:
        key: The component's key.
    """
    _component(key=key, data={"hears": _name(key)}, height="content")


def declared_caption(text: str, *, key: str) -> Mapping[str, object]:
    """What is declared to the caption of that key; a letter with an index is written ``H_t``."""
    return {_name(key): text}


def _name(key: str) -> str:
    return f"text of {key}"


_component = component("step_caption", beside=__file__)
