"""Any model with a recurrent layer in it, as an analysis reads with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
import xarray as xr
from torch import nn

from explorer.errors import ExplorerError
from explorer.recurrence.intervening import intervening
from explorer.recurrence.record import record
from explorer.text.tokens import characters
from explorer.unit_analysis.language_reader import alone
from explorer.unit_analysis.reader import Array, Cost, Held, Read, held_alone

Tokenise = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class ModuleReader:
    """A model of the user's own, for ``explorer.units`` and ``explorer.match``.

    For example::

        reader = ModuleReader(model, inputs=lambda tokens: encode(tokens)[None], loss=bits)
        explorer.units(reader, texts)

    Attributes:
        model: In eval mode.
        inputs: What the model is called with for some tokens; a tuple is its arguments.
        module: The name of the recurrent module inside it that is looked at, "" for the model
            itself; may be left out where there is one only.
        tokens: The tokens of a text; its characters unless given.
        loss: What each of the tokens costs in bits, as a function of (model, tokens); it calls the
            model, and is called with units held too. Without it there are no effects.
    """

    model: nn.Module
    inputs: Callable[[Sequence[str]], Any]
    module: str | None = None
    tokens: Tokenise = field(default=characters)
    loss: Callable[[nn.Module, Sequence[str]], Any] | None = None

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Each text in one call of the model.

        Raises:
            ExplorerError: Several recurrent modules were called and none was chosen, or there are
                not as many tokens as steps.
        """
        return [self._read(tuple(self.tokens(text))) for text in texts]

    def _read(self, tokens: tuple[str, ...]) -> Read:
        given = self.inputs(tokens)
        with torch.inference_mode(), record(self.model, module=self.module) as recording:
            self.model(*(given if isinstance(given, tuple) else (given,)))
        called = [name for name in recording if recording[name]]
        if len(called) != 1:
            raise ExplorerError(
                "One recurrent module is looked at at a time: choose one of {names} by its name.",
                names=", ".join(map(repr, called or recording)),
            )
        return Read(tokens, recording.joined(called[0], tokens=tokens))

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> list[Cost] | None:
        """What each token costs, by the user's own function."""
        if self.loss is None:
            return None
        return [self._cost(tuple(self.tokens(text)), held) for text in texts]

    def _cost(self, tokens: tuple[str, ...], held: Sequence[Held]) -> Cost:
        rows = [self._bits(tokens)]
        for one in held:
            with intervening(self.model, held_alone(one), module=self.module):
                rows.append(self._bits(tokens))
        return Cost(tokens, np.stack(rows))

    def _bits(self, tokens: tuple[str, ...]) -> Array:
        if self.loss is None:
            raise TypeError("without a loss nothing has a cost")
        with torch.inference_mode():
            bits = np.asarray(self.loss(self.model, tokens), dtype=np.float64)
        if bits.shape != (len(tokens),):
            raise ExplorerError(
                "The loss must be a number for each of {count} tokens, NaN where there is none; "
                "it has shape {shape}.",
                count=len(tokens),
                shape=bits.shape,
            )
        return bits


@dataclass(frozen=True)
class TraceReader:
    """Traces that are there already, with their tokens: a text is the number of a sequence.

    Attributes:
        traces: One or several of one module, with tokens, as from ``explorer.trace``.
    """

    traces: Sequence[xr.Dataset]

    def texts(self) -> tuple[str, ...]:
        """A text for every sequence."""
        return tuple(map(str, range(sum(trace.sizes["batch"] for trace in self.traces))))

    def read(self, texts: Sequence[str]) -> list[Read]:
        """The sequences of these numbers.

        Raises:
            ExplorerError: A trace has no tokens.
        """
        whole = [(trace, row) for trace in self.traces for row in range(trace.sizes["batch"])]
        return [_with_tokens(alone(*whole[int(text)])) for text in texts]

    def costs(self, texts: Sequence[str], held: Sequence[Held]) -> None:
        """Unknown: nothing is run."""
        return


def _with_tokens(trace: xr.Dataset) -> Read:
    if "token" not in trace.coords:
        raise ExplorerError("A trace that units are looked for in needs its tokens: tokens=….")
    return Read(tuple(map(str, trace["token"].values[0])), trace)
