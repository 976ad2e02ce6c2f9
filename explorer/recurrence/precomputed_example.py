"""One reading kept as a file, so that the start page shows a real result before torch is there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import ExplorerError
from explorer.stored import document
from explorer.stored.typed import record
from explorer.stored.whole import write_whole

if TYPE_CHECKING:
    from explorer.recurrence.reading import Reading

#: The project's own sentence.
TEXT = "The Time Traveller looked at the lamp, and for a moment nobody spoke."
MODEL = "gru-timemachine"
_QUANTITY = "update"
_UNITS = 48
_DECIMALS = 3
_GUESSES = 5


@dataclass(frozen=True)
class PrecomputedExample:
    """A reading in short, T steps.

    Attributes:
        model: The name of the model.
        sha256: Of the weights that it was computed with.
        tokens: The text's tokens, T of them.
        quantity: The quantity whose values follow.
        units: The numbers of the units that vary most, U of them.
        values: Their values, (U, T).
        surprise: Of each token, bits; None at the first.
        guesses: The likeliest next tokens after each step with their probabilities.
    """

    model: str
    sha256: str
    tokens: tuple[str, ...]
    quantity: str
    units: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]
    surprise: tuple[float | None, ...]
    guesses: tuple[tuple[tuple[str, float], ...], ...]

    @classmethod
    def of(cls, reading: Reading, *, model: str, sha256: str) -> PrecomputedExample:
        """The update gates of a GRU's reading, those of the units that vary most."""
        values = reading.trace[_QUANTITY].values[-1, 0, 0]  # (T, H)
        units = np.argsort(-values.std(0), kind="stable")[:_UNITS]
        return cls(
            model=model,
            sha256=sha256,
            tokens=reading.tokens,
            quantity=_QUANTITY,
            units=tuple(units.tolist()),
            values=tuple(_rounded(row) for row in values.T[units]),
            surprise=(None, *_rounded(reading.surprise[1:])),
            guesses=tuple(
                tuple((token, round(p, _DECIMALS)) for token, p in likeliest)
                for likeliest in reading.guesses(_GUESSES)
            ),
        )

    @classmethod
    def read(cls, path: Path) -> PrecomputedExample:
        """The example in the file ``path``.

        Raises:
            ExplorerError: The file is missing or damaged.
        """
        try:
            return record(cls, document.read(path))
        except (OSError, ValueError):
            raise ExplorerError(
                "The start page's example {path} is missing or damaged; restore it with: {command}",
                path=path,
                command=f"git checkout -- pretrained/{path.name}",
            ) from None

    def write(self, path: Path) -> None:
        """Writes the example to ``path``, one field a line."""
        fields = (f'"{name}": {json.dumps(value)}' for name, value in asdict(self).items())
        write_whole(path, "{\n" + ",\n".join(fields) + "\n}\n")


def _rounded(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(value), _DECIMALS) for value in values)
