from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from torch import nn

from explorer.recurrence.layouts import Layouts
from explorer.recurrence.trace import trace

MATRIX = 4 * 6 * 5  # bytes of one made by `matrix`


class Counted:
    """Lays nothing out, but counts how often it was asked to."""

    def __init__(self):
        self.asked = 0

    def __call__(self, weight):
        self.asked += 1
        return torch.from_numpy(weight.copy())


def matrix():
    return np.random.default_rng(5).normal(size=(6, 5)).astype(np.float32)


def halve(module):
    with torch.no_grad():
        module.weight_hh_l0.mul_(0.5)


def halve_through_data(module):
    module.weight_hh_l0.data *= 0.5


def halve_in_numpy(module):
    module.weight_hh_l0.detach().numpy()[...] *= 0.5


def take_a_step(module):
    module.zero_grad()
    module(torch.ones(3, 2, 4))[0].sum().backward()
    torch.optim.SGD(module.parameters(), lr=0.5).step()


@pytest.mark.parametrize("change", [halve, halve_through_data, halve_in_numpy, take_a_step])
def test_a_trace_uses_the_weights_as_they_are_now(change):
    torch.manual_seed(1)
    module, inputs = nn.LSTM(4, 6), torch.randn(9, 2, 4)
    before = trace(module, inputs)["hidden"]
    change(module)
    after = trace(module, inputs)["hidden"]
    expected = module(inputs)[0].detach().numpy()  # (T, B, H)
    np.testing.assert_allclose(after[0, 0].transpose("step", "batch", "unit"), expected, atol=1e-6)
    assert abs(after - before).max() > 1e-3


def test_equal_weights_are_laid_out_once():
    lay_out, weight = Counted(), matrix()
    layouts = Layouts(lay_out)
    assert layouts.of(weight) is layouts.of(weight)
    assert lay_out.asked == 1


@pytest.mark.parametrize("value", [7.0, np.nan, -0.0])
def test_one_number_changed_is_laid_out_anew(value):
    lay_out, weight = Counted(), matrix()
    weight[2, 3] = 0.0
    layouts = Layouts(lay_out)
    layouts.of(weight)
    weight[2, 3] = value
    found = layouts.of(weight).numpy()
    np.testing.assert_array_equal(found.view(np.int32), weight.view(np.int32))
    assert lay_out.asked == 2
    layouts.of(weight)
    assert lay_out.asked == 2  # not a number is the same as itself here


def test_a_layout_is_of_the_weights_that_were_compared():
    """What is laid out is the copy, so that a change in between shows the next time."""
    weight = matrix()

    def change_meanwhile(given):
        weight[...] = 1
        return torch.from_numpy(given.copy())

    layouts = Layouts(change_meanwhile)
    layouts.of(weight)
    np.testing.assert_array_equal(layouts.of(weight), weight)


def test_the_one_not_used_for_longest_leaves():
    lay_out, weights = Counted(), [matrix() for _ in range(9)]
    layouts = Layouts(lay_out, room=8 * MATRIX)
    for weight in weights[:8]:
        layouts.of(weight)
    layouts.of(weights[0])
    layouts.of(weights[8])
    assert lay_out.asked == 9
    layouts.of(weights[0])
    assert lay_out.asked == 9
    layouts.of(weights[1])
    assert lay_out.asked == 10


def test_a_large_matrix_is_laid_out_every_time():
    lay_out, weight = Counted(), matrix()
    layouts = Layouts(lay_out, room=8 * MATRIX - 1)
    layouts.of(weight)
    layouts.of(weight)
    assert lay_out.asked == 2


def test_threads_may_share_layouts():
    weights = [matrix() * n for n in range(1, 13)]
    layouts = Layouts(Counted(), room=8 * MATRIX)

    def ask(n):
        return np.array_equal(layouts.of(weights[n % 12]), weights[n % 12])

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(2_000)))
