"""The benchmark's peers must do the same work as the trace, or its ratios say nothing."""

import json

import numpy as np
import pytest
import torch
from torch import nn

from benchmarks.timing import Difference, Timing, interleave, report
from benchmarks.trace import gru_loop, lstm_loop
from explorer.recurrence.trace import trace


@pytest.mark.parametrize(("build", "loop"), [(nn.GRU, gru_loop), (nn.LSTM, lstm_loop)])
def test_the_loop_of_cells_collects_what_the_trace_holds(build, loop):
    module, inputs = build(5, 7), torch.randn(6, 3, 5)
    with torch.inference_mode():
        by_hand = loop(module, inputs)
    traced = trace(module, inputs).squeeze(["layer", "direction"]).transpose("step", ...)
    for number, name in enumerate(traced.data_vars):
        steps = np.stack([row[number].numpy() for row in by_hand])
        np.testing.assert_allclose(traced[name], steps, rtol=0, atol=1e-6)


def test_calls_take_turns_and_the_first_round_is_not_counted():
    calls = []
    taken = interleave({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=2)
    assert [sorted(calls[turn : turn + 2]) for turn in (0, 2, 4)] == [["a", "b"]] * 3
    assert len(calls) == 6
    assert taken.keys() == {"a", "b"}


def test_json_is_one_object_per_line(capsys):
    report([Timing("one", 1.0, 2.0, 0.85), Difference("two", 1e-7, 1e-6)], as_json=True)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"name": "one", "ours_ms": 1.0, "peer_ms": 2.0, "ratio": 0.5, "limit": 0.85}
    untimed = dict.fromkeys(("ours_ms", "peer_ms", "ratio"))
    assert second == {"name": "two", **untimed, "difference": 1e-7, "limit": 1e-6}
