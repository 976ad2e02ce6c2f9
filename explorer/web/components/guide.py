"""The bar of a tour, and the outline around what it says to look at.

Texts reach the browser as data and enter the page as text, never as markup.
"""

from collections.abc import Callable, Mapping

from explorer.web.kit.component import component


def guide(content: Mapping[str, object], *, key: str, on_act: Callable[[], None]) -> None:
    """Draws the bar.

    Args:
        content: What it shows, plain values.
        key: The component's key; ``st.session_state[key]["act"]`` holds what was pressed and its
            value when ``on_act`` runs.
        on_act: Called when the reader has pressed something.
    """
    _component(key=key, data=content, on_act_change=on_act)


_component = component("guide", beside=__file__, js=("guide", "guide_asking", "guide_mark"))
