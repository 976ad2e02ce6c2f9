"""Search trees that play in step, drawn in the browser from one payload."""

from collections.abc import Sequence

from explorer.saving.tree_payload import SCRIPTS, Panel, payload
from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


def trees(panels: Sequence[Panel], *, key: str) -> None:
    """Draws the trees; which node is chosen, ``node`` says.

    Args:
        panels: One to four.
        key: The component's key.
    """
    _component(key=key, data=payload(panels, _))


_component = component(
    "tree",
    beside=__file__,
    css=("toolbar", "tree"),
    js=SCRIPTS,
)
