"""Two readings kept as a file, so that the start page shows a real result before torch is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import ExplorerError
from explorer.shipped_files import restore_command
from explorer.stored import document
from explorer.stored.typed import record
from explorer.stored.whole import write_whole
from explorer.text.tokens import characters

if TYPE_CHECKING:
    from explorer.recurrence.reading import Reading

MODEL = "gru-recall"
#: Two texts that differ in the symbol that is to be recalled.
TEXTS = ("!Adahbfegcadhbfcagehdbacfhge?", "!Cdahbfegcadhbfcagehdbacfhge?")
_GATE, _STATE = "update", "hidden"
_UNITS = 3
_DECIMALS = 3


@dataclass(frozen=True)
class PrecomputedExample:
    """What a GRU makes of two texts of T characters that differ in one, in short.

    Attributes:
        model: The name of the model.
        sha256: Of the weights that it was computed with.
        texts: The two texts.
        units: The units that hold the difference, U of them, the furthest apart first.
        states: Their hidden states, (U, 2, T).
        gates: The update gate of the first of them, (2, T).
        guesses: The likeliest next token after each step with its probability, (2, T).
    """

    model: str
    sha256: str
    texts: tuple[str, ...]
    units: tuple[int, ...]
    states: tuple[tuple[tuple[float, ...], ...], ...]
    gates: tuple[tuple[float, ...], ...]
    guesses: tuple[tuple[tuple[str, float], ...], ...]

    @property
    def written(self) -> int:
        """The step at which the texts differ."""
        return _differing(self.texts)

    @property
    def asked(self) -> int:
        """The last step, which asks for what was written."""
        return len(self.texts[0]) - 1

    @property
    def held(self) -> int:
        """How many steps lie between."""
        return self.asked - self.written - 1

    @classmethod
    def of(cls, readings: Sequence[Reading], *, model: str, sha256: str) -> PrecomputedExample:
        """The two readings, and the units that hold what their texts differ in."""
        states = np.stack([one.trace[_STATE].values[-1, 0, 0] for one in readings])  # (2, T, H)
        gates = np.stack([one.trace[_GATE].values[-1, 0, 0] for one in readings])  # (2, T, H)
        texts = tuple("".join(one.tokens) for one in readings)
        units = holding(states, written=_differing(texts))[:_UNITS]
        return cls(
            model=model,
            sha256=sha256,
            texts=texts,
            units=tuple(units.tolist()),
            states=tuple(_rounded(states[..., unit]) for unit in units),
            gates=_rounded(gates[..., units[0]]),
            guesses=tuple(
                tuple((token, round(p, 6)) for ((token, p),) in one.guesses(1)) for one in readings
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
                command=restore_command(f"pretrained/{path.name}"),
            ) from None

    def write(self, path: Path) -> None:
        """Writes the example to ``path``, one field a line."""
        fields = (f'"{name}": {json.dumps(value)}' for name, value in asdict(self).items())
        write_whole(path, "{\n" + ",\n".join(fields) + "\n}\n")


def holding(states: np.ndarray, *, written: int) -> np.ndarray:
    """The units that hold the difference between two texts best, the best first, (H,).

    A unit holds as much of it as its states are apart at all steps from the one at which it was
    written to the last but one: what counts is where they are nearest.

    Args:
        states: Of both texts, (2, T, H).
        written: The step at which the texts differ.
    """
    apart = np.abs(states[0] - states[1])[written:-1].min(axis=0)  # (H,)
    return np.argsort(-apart, kind="stable")


def _differing(texts: Sequence[str]) -> int:
    pairs = zip(*map(characters, texts), strict=True)
    return next(step for step, (one, two) in enumerate(pairs) if one != two)


def _rounded(series: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in series.astype(float).round(_DECIMALS).tolist())
