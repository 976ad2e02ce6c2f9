"""One spectral radius for every gate's recurrent matrix, and what then comes through time.

The spectral radius, the greatest absolute value of an eigenvalue, decides in a linear network
whether what comes back grows or fades (*Dive into Deep Learning*, section 8.7).
"""

from collections.abc import Callable, Iterator

import torch
from torch import nn

from explorer.experiments.long_texts import of_recall
from explorer.experiments.tables import Row
from explorer.models.architecture import Architecture, Cell
from explorer.models.language_model import LanguageModel
from explorer.recurrence.gradient import through_time
from explorer.text.recall import VOCABULARY

RADII = (0.5, 0.7, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0)
UNITS = 64
SEEDS = 5


def rescale(rnn: nn.RNNBase, radius: float) -> None:
    """Give the recurrent matrix of every gate of every layer this spectral radius; in place."""
    for name, parameter in rnn.named_parameters():
        if name.startswith("weight_hh"):
            for matrix in torch.split(parameter.data, rnn.hidden_size):  # (H, H)
                matrix *= radius / torch.linalg.eigvals(matrix).abs().max()


def sweep(
    cells: tuple[Cell, ...], lags: tuple[int, ...], *, tick: Callable[[], None]
) -> Iterator[Row]:
    """log₁₀ ‖∂S_T/∂S_t‖ of untrained networks, started as PyTorch does and then rescaled.

    Args:
        cells: The kinds of network.
        lags: The T − t; the longest is the length of the texts, which are of the recall language.
        tick: Called after every network.
    """
    for cell in cells:
        for radius in RADII:
            for seed in range(SEEDS):
                yield from _followed(cell, radius, seed, lags)
                tick()


def _followed(cell: Cell, radius: float, seed: int, lags: tuple[int, ...]) -> Iterator[Row]:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = LanguageModel(Architecture(cell, len(VOCABULARY), UNITS)).double().eval()
    rescale(model.rnn, radius)
    ids = torch.tensor([VOCABULARY.encode(tuple(of_recall(seed, lags[-1])))])
    for found in through_time(model.rnn, model.inputs(ids), lags=lags):
        power = float(found.norms()["state"][0])
        yield {"cell": cell, "radius": radius, "lag": found.lag, "norm": power}
