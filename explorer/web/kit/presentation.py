"""The presentation: a view on one screen for a class, in large type, with little around it.

Keys step and play what is on the page, since a teacher stands beside the machine; a presenter's
remote control sends two of them.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import streamlit as st

from explorer.web.kit.carried import PRESENT
from explorer.web.kit.component import component
from explorer.web.kit.i18n import _

_STYLE = Path(__file__).with_name("presented_page.css").read_text(encoding="utf-8")


def presented() -> bool:
    """Whether the page is shown to a class."""
    return PRESENT.chosen == "1"


def offer_presentation() -> None:
    """The button that begins it; browser.js presses it at Alt+P."""
    st.button(
        _("Present"),
        key="present",
        icon=":material/slideshow:",
        help=_("For a projector: large type, keys to play, nothing around the view. Alt+P"),
        on_click=PRESENT.choose,
        args=("1",),
    )


def present() -> None:
    """What a presented page has besides its own: its look, its keys, a way out."""
    st.html(f"<style>{_STYLE}</style>")
    labels = {
        "keys": _("Keys"),
        "leave": _("Leave the presentation"),
        "close": _("Close"),
        "pressed": [
            ["→ · Page Down", _("next")],
            ["← · Page Up", _("back")],
            [_("Space"), _("play, pause")],
            ["S", _("speed")],
            ["Alt+P", _("leave the presentation")],
            ["?", _("these keys")],
        ],
    }
    _component(key="presentation", data=labels, on_leave_change=lambda: PRESENT.choose("0"))


@contextmanager
def folded(label: str, icon: str, *, expanded: bool | None = None) -> Iterator[None]:
    """Controls of a view, which stand behind a button where it is presented.

    Args:
        label: On the button, in the reader's language.
        icon: There, too.
        expanded: Whether they are open elsewhere; None where they cannot be closed there.
    """
    with ExitStack() as around:
        if presented():
            key = f"folded {icon}"
            around.enter_context(st.popover(label, icon=icon, key=key, type="tertiary"))
        elif expanded is not None:
            around.enter_context(st.expander(label, expanded=expanded, icon=icon))
        yield


_component = component("presentation", beside=__file__)
