"""Trains readers on sequences drawn from a hidden Markov model, and measures them by its truth."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.markov.forward_backward import Posterior, divergence
from explorer.markov.model import HiddenMarkovModel
from explorer.markov.networks import Reader
from explorer.markov.sampling import Sample, sample
from explorer.models.architecture import Reads

Watch = Callable[[float], None]
"""Told the share that is done, from 0 to 1."""
Stop = Callable[[], bool]

READS: tuple[Reads, ...] = ("both", "forward", "backward")
EXAMINATION = 1_000_000  # the seed of the sequences that readers are measured on


@dataclass(frozen=True)
class Plan:
    """How readers are trained.

    Args:
        updates: How many updates, each on sequences drawn anew.
        sequences: B, sequences an update.
        length: T, steps of a sequence.
        units: H, units a direction.
        rate: Adam's learning rate at first; it falls to nothing along a cosine.
        examined: Sequences that they are measured on.
    """

    updates: int = 300
    sequences: int = 128
    length: int = 24
    units: int = 24
    rate: float = 0.02
    examined: int = 200


@dataclass(frozen=True)
class Lesson:
    """Readers after their training, and how much of it they had.

    Attributes:
        readers: By what they read.
        updates: Updates made; fewer than planned where it was stopped.
    """

    readers: Mapping[Reads, Reader]
    updates: int


def learn(
    model: HiddenMarkovModel,
    *,
    plan: Plan,
    seed: int,
    watch: Watch = lambda share: None,
    stop: Stop = lambda: False,
) -> Lesson:
    """Train a reader of each kind on the same sequences.

    What each learns is the cross-entropy of the state that was drawn at each place, and of the
    symbol there; the least of that is reached by the posterior. torch's generators are left as
    they were found.

    Args:
        model: What draws.
        plan: How to train.
        seed: Decides weights and sequences.
        watch: Told of progress.
        stop: Asked before every update whether to end.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        readers = {reads: _reader(model, plan, reads) for reads in READS}
    optimisers = [
        torch.optim.Adam(reader.parameters(), lr=plan.rate) for reader in readers.values()
    ]
    chance = np.random.default_rng(seed)
    done = 0
    while done < plan.updates and not stop():
        drawn = sample(model, sequences=plan.sequences, length=plan.length, chance=chance)
        rate = plan.rate * (1 + math.cos(math.pi * done / plan.updates)) / 2
        for reader, optimiser in zip(readers.values(), optimisers, strict=True):
            optimiser.param_groups[0]["lr"] = rate
            _update(reader, optimiser, drawn)
        done += 1
        watch(done / plan.updates)
    return Lesson({reads: reader.eval() for reads, reader in readers.items()}, done)


def said(reader: Reader, symbols: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a reader makes of sequences (B, T): shares of states (B, T, N), of symbols (B, T, M)."""
    with torch.inference_mode():
        guesses = reader(torch.from_numpy(symbols))
    return _softmax(guesses.states), _softmax(guesses.symbols)


def distances(model: HiddenMarkovModel, lesson: Lesson, *, plan: Plan) -> dict[str, float]:
    """How far readers are from the truth: mean KL(exact ‖ reader) a place, nats.

    Returns:
        By name, such as ``forward, smoothing``; and of the exact posteriors among themselves,
        ``exact filtering, smoothing``: less than that no reader can reach on average that sees
        the symbols up to a place alone, for that distance is what the others still tell.
    """
    chance = np.random.default_rng(EXAMINATION)
    drawn = sample(model, sequences=plan.examined, length=plan.length, chance=chance)
    exact = Posterior(model, drawn.symbols)
    found = {}
    for reads, reader in lesson.readers.items():
        states, symbols = said(reader, drawn.symbols)
        for name, p, q in (
            ("smoothing", exact.smoothing, states),
            ("filtering", exact.filtering, states),
            ("from the right", exact.from_the_right, states),
            ("interpolation", exact.interpolation, symbols),
            ("prediction", exact.prediction, symbols),
        ):
            found[f"{reads}, {name}"] = float(divergence(p, q).mean())
    found["exact filtering, smoothing"] = float(divergence(exact.smoothing, exact.filtering).mean())
    found["exact prediction, interpolation"] = float(
        divergence(exact.interpolation, exact.prediction).mean()
    )
    return found


def _reader(model: HiddenMarkovModel, plan: Plan, reads: Reads) -> Reader:
    sizes = {"states": len(model.states), "symbols": len(model.symbols)}
    return Reader(**sizes, units=plan.units, reads=reads)


def _update(reader: Reader, optimiser: torch.optim.Optimizer, drawn: Sample) -> None:
    symbols, states = torch.from_numpy(drawn.symbols), torch.from_numpy(drawn.states)
    guesses = reader(symbols)
    loss = cross_entropy(guesses.states.flatten(0, 1), states.flatten()) + cross_entropy(
        guesses.symbols.flatten(0, 1), symbols.flatten()
    )
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimiser.step()


def _softmax(scores: Tensor) -> np.ndarray:
    shares: np.ndarray = scores.double().softmax(-1).numpy()
    return shares
