"""Some units of a recurrent module over many texts, read side by side, a stretch at a time.

A trace keeps everything; where few units are wanted, laying it all out costs more than the reading.
Here a short stretch of many texts is read, what is wanted is taken out, and the state goes on to
the next stretch. The last layer's hidden states are what the module itself returns; for all else
the engine of the trace runs.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.recurrence.hooks import computed
from explorer.recurrence.modules import Recurrent, structure_of
from explorer.recurrence.sequences import InitialState
from explorer.unit_analysis.passages import in_batches
from explorer.unit_analysis.series import Place

Array = npt.NDArray[Any]

TOGETHER = 64
"""Texts read side by side: with more a product of a step is hardly faster."""
STRETCH = 64
"""Steps of a stretch: so short that its buffers stay in the cache."""


@torch.inference_mode()
def series(
    module: Recurrent,
    embed: Callable[[Tensor], Tensor],
    texts: Sequence[Tensor],
    places: Sequence[Place],
) -> list[Array]:
    """What some units do on each text, read from a state of zeros, (P, T) each.

    Args:
        module: Its layers read forward only; it is ``batch_first``.
        embed: From token numbers (B, T) to what the module reads, (B, T, I).
        texts: Token numbers, (T,) each.
        places: P of them.
    """
    found: list[Array] = [np.empty((len(places), 0), np.float32)] * len(texts)
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    for some in in_batches(order, TOGETHER):
        read = _read(module, embed, [texts[number] for number in some], places)
        for number, values in zip(some, read, strict=True):
            found[number] = values
    return found


def _read(
    module: Recurrent,
    embed: Callable[[Tensor], Tensor],
    texts: Sequence[Tensor],
    places: Sequence[Place],
) -> Iterator[Array]:
    """The same of texts that are read side by side, the longest first."""
    lengths = [len(text) for text in texts]
    ids = pad_sequence(list(texts), batch_first=True)  # (n, T)
    values = np.empty((len(places), *ids.shape), np.float32)  # (P, n, T)
    state, read = None, _by_itself if _is_output(module, places) else _by_the_engine
    for start in range(0, ids.shape[1], STRETCH):
        going_on = sum(length > start for length in lengths)
        stretch = ids[:going_on, start : start + STRETCH]
        out = values[:, :going_on, start : start + STRETCH]
        state = read(module, embed(stretch), _first(state, going_on), places, out)
    return (values[:, row, :length] for row, length in enumerate(lengths))


def _is_output(module: Recurrent, places: Sequence[Place]) -> bool:
    last = structure_of(module).layers - 1
    return all((place.quantity, place.layer) == ("hidden", last) for place in places)


def _by_itself(
    module: Recurrent,
    inputs: Tensor,
    state: InitialState | None,
    places: Sequence[Place],
    out: Array,
) -> InitialState:
    """Reads (n, t, I), writes what some units did to ``out``, (P, n, t), and returns the state."""
    hidden, after = module(inputs, state)
    units = [place.unit for place in places]
    out[:] = hidden[:, :, units].permute(2, 0, 1).numpy()
    end: InitialState = after
    return end


def _by_the_engine(
    module: Recurrent,
    inputs: Tensor,
    state: InitialState | None,
    places: Sequence[Place],
    out: Array,
) -> InitialState:
    """The same of any layer and quantity."""
    done = computed(module, inputs, state)
    for row, place in zip(out, places, strict=True):
        whole = done.values[place.quantity][0]  # (L, 1, t, n, H)
        row[:] = whole[place.layer, 0, :, :, place.unit].T
    ends = (done.values[name][0][:, 0, -1] for name in done.stack.cell.states)  # (L, n, H) each
    return _state([torch.from_numpy(np.ascontiguousarray(end)) for end in ends])


def _state(parts: Sequence[Tensor]) -> InitialState:
    return (parts[0], parts[1]) if len(parts) == 2 else parts[0]


def _first(state: InitialState | None, count: int) -> InitialState | None:
    """The state of the first texts, which go on."""
    if state is None:
        return None
    parts = (state,) if isinstance(state, Tensor) else state
    return _state([part[:, :count].contiguous() for part in parts])
