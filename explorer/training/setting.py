"""What a short training run trains, and how. Only values: brings in no torch."""

from dataclasses import dataclass
from typing import Literal

from explorer.models.architecture import Cell

Start = Literal["torch", "text", "memory"]
"""Where weights start: PyTorch's own, or one of `explorer.training.initialise`."""

Optimiser = Literal["sgd", "adamw"]


@dataclass(frozen=True)
class Setting:
    """What one run trains, and how.

    Args:
        cell: The kind of recurrent cell.
        layers: Recurrent layers, one above the other.
        units: Units in each.
        optimiser: Plain stochastic gradient descent at a constant rate, as in the book, or AdamW
            with a warm-up and a cosine down to nothing.
        rate: The learning rate, at its highest.
        clip: Largest norm of a gradient; None leaves every gradient as it is.
        start: Where the weights start.
    """

    cell: Cell
    layers: int
    units: int
    optimiser: Optimiser
    rate: float
    clip: float | None
    start: Start
