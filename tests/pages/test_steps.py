"""A step of a reader costs what it changes: nothing else is built, and nothing else is sent."""

from functools import partial

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import local_script_runner

from benchmarks.load_table import KB_LIMIT
from explorer.web.kit.views import NEEDED
from explorer.web.shared.strip import STEP_PART
from explorer.web.shared.units import chosen_units, moving_units

from .conftest import given, opened

KEPT = 4000
"""Bytes from which a browser keeps a message, and is sent a reference to it."""
REFERENCE = 90
MOVED = 4
"""Units that moved most, and are others at every step."""


@pytest.fixture
def run_part(monkeypatch):
    """Runs a part of a page alone; gives the messages that its run sends."""

    def run(app, name) -> list[ForwardMsg]:
        sent: list[ForwardMsg] = []
        enqueue = ForwardMsgQueue.enqueue
        ids = app._fragment_storage.resolve_target(name)
        part = partial(RerunData, fragment_id_queue=ids)
        with monkeypatch.context() as patch:
            patch.setattr(local_script_runner, "RerunData", part)
            patch.setattr(
                ForwardMsgQueue, "enqueue", lambda self, one: sent.append(one) or enqueue(self, one)
            )
            app.run()
        assert not app.exception
        return sent

    return run


@pytest.fixture
def rows_built(monkeypatch):
    """The units whose rows were built so far."""
    built: list[int] = []
    build = chosen_units.row_of

    def counted(*args, **of):
        built.append(of["unit"])
        return build(*args, **of)

    for module in (chosen_units, moving_units):
        monkeypatch.setattr(module, "row_of", counted)
    return built


def components(messages: list[ForwardMsg]) -> list[str]:
    elements = (m.delta.new_element for m in messages if m.WhichOneof("type") == "delta")
    return [
        one.bidi_component.component_name or one.WhichOneof("type")
        for one in elements
        if one.WhichOneof("type")
    ]


def size(message: ForwardMsg) -> int:
    """Bytes for a browser that has kept what it was sent."""
    whole = message.ByteSize()
    return whole if whole < KEPT else REFERENCE


@pytest.mark.parametrize("page", ["gru", "lstm"])
def test_a_step_sends_the_choice_and_what_follows_it(page, run_part, rows_built):
    app = opened(page, lang="en")
    rows_built.clear()
    app.session_state[f"{page}.step"] = 30
    sent = run_part(app, STEP_PART)
    assert components(sent) == ["gatescope_strip", "gatescope_declared"]
    assert app.query_params["step"] == "30"
    declared = given(app, f"{page}.strip.chosen")
    assert set(declared) == {
        "chosen",
        f"rows of {page}.units.moved",
        f"text of {page}.convention.state",
    }
    assert declared["chosen"]["step"] == 30
    assert [row["unit"] for row in declared[f"rows of {page}.units.moved"]["rows"]] == rows_built
    assert len(rows_built) == MOVED
    assert sum(map(size, sent)) <= KB_LIMIT * 1e3


def test_another_unit_runs_what_is_around_the_strip(run_part, rows_built):
    app = opened("gru", lang="en", step="30")
    rows_built.clear()
    app.session_state["gru.unit"] = 7
    sent = run_part(app, NEEDED)
    assert {"gatescope_strip", "gatescope_cell", "gatescope_series"} < set(components(sent))
    assert given(app, "gru.strip.chosen")["chosen"]["unit"] == 7
    (cell,) = given(app, "gru.cell.content").values()
    assert cell["title"] == "Unit 7"
    assert len(rows_built) > MOVED
