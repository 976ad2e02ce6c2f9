"""Saves a model as float16 safetensors beside its card, and reads it back with care.

Nothing is allocated before the header has been compared with the card, and nothing is ever
unpickled. Knows nothing of which models there are.
"""

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from safetensors import SafetensorError
from safetensors.torch import load, save_file
from torch import Tensor, nn

from explorer.models import header
from explorer.models.card import FILE, WEIGHTS, Card, CheckpointError, restore
from explorer.models.network import Network, skeleton

M = TypeVar("M", bound=nn.Module)
M_co = TypeVar("M_co", bound=nn.Module, covariant=True)


class Pretrained(NamedTuple, Generic[M_co]):
    """A model ready to run and the card that describes it."""

    model: M_co
    card: Card


def save(folder: Path, model: Network, card: Card) -> Card:
    """Write ``model`` and ``card`` into ``folder``, which is made if it is not there.

    Returns:
        The card as written: with the checksum of the weights filled in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, folder / WEIGHTS)
    card = replace(card, sha256=digest(folder / WEIGHTS))
    card.write(folder / FILE)
    return card


def read(folder: Path) -> Pretrained[Network]:
    """The model and card in ``folder``: float32, eval mode, no gradients.

    Raises:
        CheckpointError: A file is missing, or the weights are not those that the card describes.
    """
    card = Card.read(folder / FILE)
    path = folder / WEIGHTS
    try:
        _check_header(path, card)
        content = path.read_bytes()
        _check_content(content, card)
        weights = load(content)
    except FileNotFoundError:
        raise CheckpointError(
            "The weights file {path} is missing; restore it with: {command}",
            path=path,
            command=restore(path),
        ) from None
    except (OSError, ValueError, RecursionError, SafetensorError):
        raise CheckpointError(
            "The weights file {path} is damaged or is not the one that its card describes; "
            "restore it with: {command}",
            path=path,
            command=restore(path),
        ) from None
    return Pretrained(_filled(skeleton(card.architecture), weights), card)


def digest(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_header(path: Path, card: Card) -> None:
    """Compare the names and shapes that a file announces with the card's architecture."""
    expected = {
        name: tuple(w.shape) for name, w in skeleton(card.architecture).state_dict().items()
    }
    entries = header.read(path)
    if {name: entry.shape for name, entry in entries.items()} != expected:
        raise ValueError("other tensors than the card's architecture has")
    if any(entry.dtype != "F16" for entry in entries.values()):
        raise ValueError("weights that are not float16")


def _check_content(content: bytes, card: Card) -> None:
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ValueError("another checksum than the card's")


def rounded(model: M) -> M:
    """A copy of ``model`` as it will be read back: rounded to float16, in eval mode."""
    weights = {name: w.half().cpu() for name, w in model.state_dict().items()}
    return _filled(copy.deepcopy(model), weights)


def _filled(model: M, weights: Mapping[str, Tensor]) -> M:
    """``model`` with given weights in the place of its own, ready to run."""
    model.load_state_dict({name: w.detach().float() for name, w in weights.items()}, assign=True)
    for module in model.modules():
        if isinstance(module, nn.RNNBase):
            module.flatten_parameters()
    return model.eval().requires_grad_(False)
