"""A component is mounted with what it is given, and called back as long as it is there."""

import pytest
import streamlit as st

from explorer.web.kit import count
from explorer.web.kit.component import component

COUNT = count.__file__


@pytest.fixture
def mounted(monkeypatch):
    """What Streamlit is told when a component is drawn, as keywords."""
    told = {}

    def register(*_name, **_scripts):
        return lambda **of: told.update(of)

    monkeypatch.setattr(st.components.v2, "component", register)
    return told


def test_what_a_component_is_given_beside_its_data_is_streamlits(mounted):
    draw = component("count", beside=COUNT, css=())
    draw(key="k", data={"a": 1}, height="content", on_pick_change=None)
    assert mounted["height"] == "content"
    assert mounted["data"] == b'{"a": 1}'
    assert callable(mounted["on_pick_change"])


def test_a_component_of_a_page_that_was_left_is_not_called_back(mounted, monkeypatch):
    called = []
    draw = component("count", beside=COUNT, css=())
    draw(key="gru.strip", data={}, on_pick_change=lambda: called.append(1))
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    mounted["on_pick_change"]()
    assert called == []
    state["gru.strip"] = {"pick": {"step": 3}}
    mounted["on_pick_change"]()
    assert called == [1]
