"""The readers of a class, counted right, and options that are held to their bounds."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.load import CORES, MORE_VIEWERS, MOST_VIEWERS, filling, options, why_not
from benchmarks.load_table import HEADER, Load, Setting, load_of
from benchmarks.readers import Class, Round, percentile
from benchmarks.timing import in_turns, report
from benchmarks.viewer import STRIP

OPENING = 3
"""Runs until a reader stands ready: the page, and a step by each control."""


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values, per_cent):
    found, enough = percentile(values, per_cent), per_cent / 100 * len(values) - 1e-9
    assert found in values
    assert sum(value <= found for value in values) >= enough
    assert sum(value < found for value in values) < enough + 1e-6


def test_of_nothing_there_is_no_percentile():
    assert percentile([], 95) is None


@pytest.mark.parametrize(
    "asked",
    [
        ["--viewers", "0"],
        ["--viewers", "1", str(MOST_VIEWERS + 1)],
        ["--viewers", "1.5"],
        ["--seconds", "nan"],
        ["--seconds", "301"],
        ["--thought", "-1"],
        ["--thought", "inf"],
        ["--pages", "elsewhere"],
        ["--beside", "no/such/folder"],
        ["--processes", "3"],
    ],
)
def test_what_is_out_of_bounds_is_refused(asked, capsys):
    with pytest.raises(SystemExit):
        options().parse_args(asked)
    assert asked[0] in capsys.readouterr().err


def test_help_says_what_the_figures_mean(capsys):
    with pytest.raises(SystemExit):
        options().parse_args(["--help"])
    said = capsys.readouterr().out
    for figure in ("kB", "processor ms", "median", "95 %", "broken", "cores"):
        assert figure in said


def messages(steps: int) -> Iterator[bytes]:
    """What a page sends for a run: a strip of so many steps."""
    began, strip, ended = ForwardMsg(), ForwardMsg(), ForwardMsg(script_finished=0)
    began.new_session.page_script_hash = "page"
    component = strip.delta.new_element.bidi_component
    component.id, component.component_name = "page.strip", STRIP
    component.bytes = json.dumps({"tokens": ["a"] * steps}).encode()
    return (message.SerializeToString() for message in (began, strip, ended))


@asynccontextmanager
async def app(*, raises_at: int | None = None, leaves_at: int | None = None):
    """A page on 127.0.0.1; at a step a run raises, or the connection of one reader is lost."""
    raised = ForwardMsg()
    raised.delta.new_element.exception.message = "out of range"

    async def answer(socket: ServerConnection) -> None:
        first = "reader-0" in socket.request.headers["Cookie"]
        runs = 0
        async for data in socket:
            assert BackMsg.FromString(data).WhichOneof("type") == "rerun_script"
            runs += 1
            if first and runs - OPENING == leaves_at:
                return
            if first and runs - OPENING == raises_at:
                await socket.send(raised.SerializeToString())
            for message in messages(5):
                await socket.send(message)

    async with serve(answer, "127.0.0.1", 0, subprotocols=["streamlit"]) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"


def read(*, viewers: int = 3, rounds: int = 1, **happens: int) -> list[Round]:
    async def all_rounds() -> list[Round]:
        async with app(**happens) as address:
            some = Class(address, [os.getpid()], "page", viewers=viewers)
            await some.open()
            found = [await some.round(seconds=0.1, thought=0.02) for _each in range(rounds)]
            await some.close()
            return found

    return asyncio.run(all_rounds())


def test_bytes_and_steps_of_all_readers_are_counted():
    (one,) = read()
    assert not one.troubles
    assert one.received == len(one.waits_s) * sum(map(len, messages(5)))
    assert one.processor_s >= 0


def test_who_loses_the_connection_is_named_and_the_others_read_on():
    first, second = read(leaves_at=1, rounds=2)
    (trouble,) = first.troubles
    assert "ConnectionClosed" in trouble
    assert len(first.waits_s) > 0
    assert not second.troubles


def test_a_run_that_raises_is_named_once():
    first, second = read(raises_at=1, rounds=2)
    assert [trouble for one in (first, second) for trouble in one.troubles] == [": out of range"]


def test_a_page_without_a_strip_is_no_page_to_measure(monkeypatch):
    monkeypatch.setattr("benchmarks.viewer.STRIP", "gatescope_other")
    with pytest.raises(LookupError, match="strip of tokens"):
        read()


SETTING = Setting("gru", viewers=30, seconds=5, thought_s=2)


def a_load(*rounds: Round) -> Load:
    return load_of(rounds, SETTING, name=SETTING.name, promised=True)


def test_rounds_are_taken_together():
    one = Round((0.1, 0.2), received=30_000, processor_s=0.1, troubles=("lost",))
    other = Round((0.3, 0.4), received=10_000, processor_s=0.3, troubles=("lost",))
    load = a_load(one, other)
    assert (load.steps, load.kb, load.processor_ms) == (4, 10, pytest.approx(100))
    assert (load.median_ms, load.p95_ms) == pytest.approx((200, 400))
    assert (load.broken, load.troubles) == (2, {"lost": 2})
    assert load.p95_limit_ms


def test_without_an_answer_there_are_no_figures_but_the_reason(capsys):
    nothing = a_load(Round((), received=0, processor_s=0.0, troubles=("lost",)))
    report([nothing], as_json=True)
    report([nothing], as_json=False, header=HEADER)
    as_json, _header, row, reason = capsys.readouterr().out.splitlines()
    assert json.loads(as_json)["p95_ms"] is None
    assert len(row) == len(HEADER)
    assert "1 × lost" in reason


def test_versions_take_turns():
    calls = []
    found = in_turns(
        {name: lambda name=name: calls.append(name) or name for name in "ab"}, rounds=3
    )
    assert found == {"a": ["a"] * 3, "b": ["b"] * 3}
    assert [set(calls[turn : turn + 2]) for turn in (0, 2, 4)] == [{"a", "b"}] * 3


def test_two_processes_are_not_measured_on_few_cores():
    assert f"{CORES - 1}." in why_not(CORES - 1)


def test_a_process_is_filled_within_the_bounds():
    assert filling(0.1) == 16
    assert filling(1e-6) * MORE_VIEWERS <= MOST_VIEWERS
    assert filling(60.0) == 1
