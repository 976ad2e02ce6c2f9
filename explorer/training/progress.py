"""Puts a training run on disk between two epochs and takes it up again.

One safetensors file holds weights, optimiser and sources of chance, with the curve in its metadata:
nothing is ever unpickled.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as serialised
from torch import Tensor

from explorer.errors import ExplorerError
from explorer.models.card import Point
from explorer.models.network import MOST
from explorer.stored.regular import opened
from explorer.stored.whole import write_whole
from explorer.training.trainer import Trainer

FILE = "progress.safetensors"
_MOST = 32 * MOST  # bytes: weights three times over and two moments make twenty a parameter


def save(path: Path, trainer: Trainer[Any], *, settings: str) -> None:
    """Write where ``trainer`` stands, all at once or not at all.

    Args:
        path: The file.
        trainer: A run between two epochs.
        settings: What decides the run; only a run with the same may take it up.
    """
    tensors = {f"model.{name}": w for name, w in trainer.model.state_dict().items()}
    tensors |= {f"best.{name}": w for name, w in trainer.best.items()}
    tensors |= {f"mean.{name}": w.clone() for name, w in trainer.mean.items()}
    for number, values in trainer.optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{number}.{k}": v for k, v in values.items() if v is not None}
    tensors |= _chance(trainer.device)
    curve = json.dumps([asdict(point) for point in trainer.curve])
    write_whole(path, serialised(tensors, metadata={"settings": settings, "curve": curve}))


def resume(path: Path, trainer: Trainer[Any], *, settings: str) -> None:
    """Bring a fresh ``trainer`` to where the one written to ``path`` stood.

    Raises:
        ExplorerError: The file is damaged, no plain file or too large, or belongs to a run with
            other settings.
    """
    try:
        with opened(path, most=_MOST), safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if metadata["settings"] == settings:
            _restore(trainer, tensors, curve=metadata["curve"])
            return
    except ExplorerError:  # a ValueError too, and it says more
        raise
    except (OSError, SafetensorError, LookupError, ValueError, TypeError, RuntimeError):
        raise ExplorerError(
            "The training progress in {path} cannot be read; start again without --resume.",
            path=path,
        ) from None
    raise ExplorerError(
        "The training progress in {path} was made with other settings; start again without "
        "--resume.",
        path=path,
    )


def _restore(trainer: Trainer[Any], tensors: dict[str, Tensor], *, curve: str) -> None:
    """Put everything that the next epoch depends on into its place.

    Raises:
        LookupError, ValueError, TypeError, RuntimeError: The file holds something else.
    """
    trainer.curve = [Point(**point) for point in json.loads(curve)]
    trainer.step = trainer.curve[-1].step
    trainer.model.load_state_dict(_under("model.", tensors))
    trainer.best = {n: w.to(trainer.device) for n, w in _under("best.", tensors).items()}
    trainer.mean = {n: w.to(trainer.device) for n, w in _under("mean.", tensors).items()}
    _restore_optimiser(trainer, _under("optimiser.", tensors))
    torch.set_rng_state(tensors["chance.cpu"])
    if "chance.cuda" in tensors:
        torch.cuda.set_rng_state(tensors["chance.cuda"], trainer.device)


def _chance(device: str) -> dict[str, Tensor]:
    """The states of torch's generators that a run on ``device`` draws from."""
    states = {"chance.cpu": torch.get_rng_state()}
    if device != "cpu":
        states["chance.cuda"] = torch.cuda.get_rng_state(device)
    return states


def _restore_optimiser(trainer: Trainer[Any], tensors: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        number, key = name.split(".")
        state.setdefault(int(number), {})[key] = value
    groups = trainer.optimiser.state_dict()["param_groups"]
    trainer.optimiser.load_state_dict({"state": state, "param_groups": groups})


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}
