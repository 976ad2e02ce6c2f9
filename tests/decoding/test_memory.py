"""What a scorer's state holds is counted, whatever it is made of."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from explorer.decoding.frontier_states import FrontierStates
from explorer.decoding.memory import state_bytes
from explorer.decoding.prefixes import Prefixed, Prefixes


@dataclass(frozen=True)
class State:
    layers: tuple[Tensor, ...]
    more: object = None

    def select(self, rows: Tensor) -> "State":
        return State(tuple(part[rows] for part in self.layers), self.more)

    def joined(self, others: "list[State]") -> "State":
        parts = zip(self.layers, *(other.layers for other in others), strict=True)
        return State(tuple(map(torch.cat, parts)), self.more)


def state(rows: int, more: object = None) -> State:
    return State((torch.zeros(rows, 100), torch.zeros(rows, 100)), more)


def test_tensors_are_counted_wherever_they_are():
    bytes_of_one = 2 * 10 * 100 * 4
    for value in (
        state(10),
        [state(10)],
        {"a": (state(10),)},
        Prefixed(state(10), Prefixes.empty(10)),
    ):
        assert bytes_of_one <= state_bytes(value) < bytes_of_one + 2000
    assert state_bytes(np.zeros(1000)) == 8000


def test_weights_belong_to_the_model_and_circles_end():
    assert state_bytes(state(10, nn.Linear(1000, 1000))) < 2 * state_bytes(state(10))
    circle = {"rows": torch.zeros(1000)}
    circle["circle"] = circle
    assert state_bytes(circle) < 100_000


def test_a_place_a_prefix_is_estimated():
    pairs = tuple((None, number) for number in range(100_000))
    assert 3_000_000 < state_bytes(pairs) < 30_000_000


def test_a_cache_of_transformers_is_counted():
    from transformers import DynamicCache

    cache = DynamicCache()
    for layer in range(3):
        cache.update(torch.zeros(5, 2, 7, 8), torch.zeros(5, 2, 7, 8), layer)
    assert 3 * 2 * 5 * 2 * 7 * 8 * 4 <= state_bytes(cache) < 3 * 2 * 5 * 2 * 7 * 8 * 4 + 20_000


def test_the_states_of_a_frontier_are_those_that_wait():
    states = FrontierStates(state(1))
    waiting = np.array([0])
    for _ in range(100):
        waiting = states.add(state(10), np.arange(10), waiting=waiting)
    assert states.memory < 40 * state_bytes(state(10))
