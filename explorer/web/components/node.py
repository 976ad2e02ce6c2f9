"""The chosen node of the search trees. It draws nothing, and is sent without them."""

from collections.abc import Callable

from explorer.web.kit.component import component


def node(chosen: tuple[int, int], *, key: str, on_pick: Callable[[], None]) -> None:
    """Marks a node on the trees of the page, and hears which the reader chooses.

    Args:
        chosen: Its panel and its number in the whole tree.
        key: The component's key; ``st.session_state[key]["pick"]`` holds ``[panel, number]`` when
            ``on_pick`` runs.
        on_pick: Called when the reader has chosen a node.
    """
    _component(key=key, data=chosen, on_pick_change=on_pick)


_component = component("node", beside=__file__, css=())
