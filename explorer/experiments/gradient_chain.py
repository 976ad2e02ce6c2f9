"""The longest chain of steps that a gradient goes through, one after the other.

Counted on the graph that autograd builds of networks written step by step, so that no layer's own
implementation hides it.
"""

import torch
from torch import Tensor, nn
from torch.autograd.graph import Node

UNITS = 2


def longest_chain(steps: int, layers: int, *, both: bool) -> int:
    """Recurrent steps on the longest way from a loss that counts every output to the inputs.

    Args:
        steps: T, of the sequence.
        layers: One above the other.
        both: Whether every layer reads in both directions.
    """
    found: list[Tensor] = [torch.ones(1, UNITS) for _ in range(steps)]
    for _ in range(layers):
        ways = [_read(found)]
        if both:
            ways.append(_read(found[::-1])[::-1])
        found = [torch.cat(at, -1) for at in zip(*ways, strict=True)]
    loss = torch.stack(found).sum()
    assert loss.grad_fn is not None
    return _deepest(loss.grad_fn)


def _read(inputs: list[Tensor]) -> list[Tensor]:
    """The hidden states of a plain recurrent layer, step by step."""
    cell = nn.RNNCell(inputs[0].shape[-1], UNITS)
    states = [torch.zeros(1, UNITS)]
    for each in inputs:
        states.append(cell(each, states[-1]))
    return states[1:]


def _deepest(last: Node) -> int:
    """The most hyperbolic tangents on a way back from a node: one stands for a step."""
    order: list[Node] = []
    seen: set[Node] = set()
    waiting = [(last, False)]
    while waiting:  # an own stack, since chains are longer than Python's
        node, done = waiting.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting += [(each, False) for each, _ in node.next_functions if each is not None]
    depth: dict[Node, int] = {}
    for node in order:  # what lies further back comes first
        below = (depth[each] for each, _ in node.next_functions if each is not None)
        depth[node] = max(below, default=0) + (node.name() == "TanhBackward0")
    return depth[last]
