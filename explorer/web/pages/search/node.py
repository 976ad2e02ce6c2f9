"""Which prefix of which tree the reader looks at, in the address as ``beam.17``."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from explorer.decoding.tree import SearchTree, Strategy
from explorer.text.numbers import read_whole
from explorer.web.components.node import node
from explorer.web.kit.frame import Frame
from explorer.web.pages.search.parameters import NODE
from explorer.web.pages.search.result import Case


def chosen_node(frame: Frame, trees: Mapping[Strategy, SearchTree]) -> tuple[Strategy, int]:
    """The search and the number of the node; the empty prefix of the last tree at first."""
    name, _dot, number = frame.address.value(NODE).partition(".")
    for search, tree in trees.items():
        if search == name and read_whole(number) < len(tree):
            return search, read_whole(number)
    return tuple(trees)[-1], 0


def follow_node(frame: Frame, case: Case) -> Case:
    """The case with the node that is chosen now, which is marked on the trees; a click chooses."""
    names = tuple(case.trees)
    search, number = chosen_node(frame, case.trees)
    key = frame.address.key("node in trees")

    def choose() -> None:
        panel, picked = st.session_state[key]["pick"]
        frame.address.put({NODE: f"{names[int(panel)]}.{int(picked)}"})

    node((names.index(search), number), key=key, on_pick=choose)
    return replace(case, chosen=(search, number))
