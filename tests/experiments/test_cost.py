"""What networks cost: verdicts each way, exact counts, and turns that are taken fairly."""

import pytest
import torch

from explorer.experiments import cost
from explorer.experiments.timing import taken_in_turns


def numbers(sd, **ratios):
    """Made-up ratios, the same for every size and phase, with their spread over the blocks."""
    rows = [
        (units, phase, cell, ratio, sd, 7)
        for units in cost.UNITS
        for phase in cost.PHASES
        for cell, ratio in {"rnn": 1.0, **ratios}.items()
    ]
    names = ("units", "phase", "cell", "mean", "sd", "count")
    return {"ratio": dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))}


@pytest.mark.parametrize(
    ("gru", "lstm", "sd", "verdict", "near"),
    [
        (3.0, 4.0, 0.01, "holds", 8),
        (2.1, 5.9, 0.01, "holds", 8),
        (3.0, 1.2, 0.01, "holds in part", 4),
        (1.5, 6.5, 0.01, "does not hold here", 0),
        (2.1, 5.9, 0.2, "does not hold here", 0),  # the intervals reach past 2 and 6
    ],
)
def test_the_verdict_is_of_the_ratios_whole_intervals(gru, lstm, sd, verdict, near):
    judged = cost.judge(numbers(sd, gru=gru, lstm=lstm))
    assert judged.verdict == verdict
    assert f"Of 8 ratios at 2 sizes, {near} are within a factor of 1.5" in str(judged)


@pytest.mark.parametrize("units", [4, 32])
def test_sizes_are_those_of_the_equations(units):
    rows = {cell: cost.size(cell, units) for cell in ("rnn", "gru", "lstm")}
    plain = rows["rnn"]
    # X W_xh, H W_hh and two biases, which PyTorch keeps apart
    assert plain["parameters"] == 2 * units * units + 2 * units
    assert plain["multiplications"] == 2 * units * units
    assert rows["gru"]["parameters"] == 3 * plain["parameters"]
    assert rows["lstm"]["parameters"] == 4 * plain["parameters"]
    assert rows["gru"]["multiplications"] == 3 * plain["multiplications"] + 3 * units
    assert rows["lstm"]["state bytes"] == 2 * plain["state bytes"] == 8 * units
    for row in rows.values():
        assert row["kept bytes"] >= row["needed bytes"]


def test_what_pytorch_keeps_is_counted_once_and_without_the_parameters():
    layer = cost._layer("rnn", 8)
    inputs = torch.randn(cost.BATCH, cost.STEPS, 8)
    kept = cost.kept_bytes(layer, inputs)
    states = cost.STEPS * cost.BATCH * 8 * cost.BYTES  # of the inputs, and of the hidden states
    assert 2 * states <= kept <= 2 * states + 4 * cost.BATCH * 8 * cost.BYTES
    parameters = sum(p.numel() for p in layer.parameters()) * cost.BYTES
    assert parameters > 0
    assert cost.kept_bytes(layer, inputs) == kept  # measured alike again


def test_training_leaves_a_gradient_of_every_parameter_and_a_forward_pass_none():
    layer = cost._layer("gru", 4)
    inputs = torch.randn(cost.BATCH, cost.STEPS, 4)
    cost._forward(layer, inputs)
    assert all(parameter.grad is None for parameter in layer.parameters())
    cost._train(layer, inputs)
    first = [parameter.grad.clone() for parameter in layer.parameters()]
    cost._train(layer, inputs)  # anew, not on top
    for parameter, gradient in zip(layer.parameters(), first, strict=True):
        assert torch.allclose(parameter.grad, gradient)


def test_a_block_gives_ratios_to_the_plain_network():
    rows = list(cost._timed(cost._calls(4, "training"), 4, "training"))
    assert [row["cell"] for row in rows] == ["rnn", "gru", "lstm"]
    assert rows[0]["ratio"] == 1
    for row in rows:
        assert row["ratio"] == pytest.approx(row["seconds"] / rows[0]["seconds"])


def test_calls_take_turns_and_the_first_round_is_not_counted():
    order = []
    calls = {name: lambda name=name: order.append(name) for name in "abc"}
    taken = taken_in_turns(calls, rounds=4)
    assert {name: len(times) for name, times in taken.items()} == {"a": 4, "b": 4, "c": 4}
    for start in range(0, 15, 3):
        assert sorted(order[start : start + 3]) == ["a", "b", "c"]
    assert len({tuple(order[start : start + 3]) for start in range(0, 15, 3)}) > 1
