"""Which prefix of which tree the reader looks at, in the address as ``beam.17``."""

from collections.abc import Callable, Mapping

import streamlit as st

from explorer.decoding.tree import SearchTree, Strategy
from explorer.text.numbers import read_whole
from explorer.web.kit.frame import Frame
from explorer.web.pages.search.parameters import NODE


def chosen_node(frame: Frame, trees: Mapping[Strategy, SearchTree]) -> tuple[Strategy, int]:
    """The search and the number of the node; the empty prefix of the last tree at first."""
    name, _dot, number = frame.address.value(NODE).partition(".")
    for search, tree in trees.items():
        if search == name and read_whole(number) < len(tree):
            return search, read_whole(number)
    return tuple(trees)[-1], 0


def choosing(frame: Frame, key: str, names: tuple[Strategy, ...]) -> Callable[[], None]:
    """The callback of the trees: a click chooses a node.

    Args:
        frame: The page's frame.
        key: Of the component.
        names: The searches, in the order of their panels.
    """

    def choose() -> None:
        picked = st.session_state[key]["select"]
        if picked is not None:
            panel, number = picked
            frame.address.put({NODE: f"{names[int(panel)]}.{int(number)}"})

    return choose
