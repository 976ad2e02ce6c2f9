"""Saves a model as safetensors beside its card, and reads it back with care.

A folder may be a stranger's. Nothing is allocated before the header has been compared with the
card, what was compared is what is read, and nothing is ever unpickled.
"""

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from safetensors.torch import save as serialised
from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.models import header
from explorer.models.card import FILE, WEIGHTS, Card, CheckpointError, restore
from explorer.models.network import MOST_BYTES, Network, parameters, skeleton
from explorer.stored.regular import opened
from explorer.stored.whole import write_whole

_MOST = MOST_BYTES + (1 << 20)  # room for the header
_PART = 1 << 20  # weights looked at in one go, so that checking them needs no memory to speak of

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

    Raises:
        ExplorerError: The folder cannot be made, or the files cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExplorerError(
            "The folder {folder} cannot be made: {reason}.", folder=folder, reason=reason
        ) from None
    dtype = torch.float32 if card.stored == "float32" else torch.float16
    weights = {name: tensor.to(dtype).contiguous() for name, tensor in model.state_dict().items()}
    content = serialised(weights)
    write_whole(folder / WEIGHTS, content)
    card = replace(card, sha256=hashlib.sha256(content).hexdigest())
    card.write(folder / FILE)
    return card


def read(folder: Path) -> Pretrained[Network]:
    """The model and card in ``folder``, which may be a stranger's.

    The folder may be a link, its files may not. The weights are float32, the model in eval mode,
    without gradients.

    Raises:
        CheckpointError: A file is missing, or is not a plain file, the weights are not those that
            the card describes, or not all of them finite numbers.
    """
    card = Card.read(folder / FILE)
    path = folder / WEIGHTS
    try:
        model = skeleton(card.architecture)
        weights = load(_content(path, model, card))
        _check_finite(weights, path)
    except FileNotFoundError:
        raise _missing(path) from None
    except ExplorerError as error:
        raise CheckpointError(error.template, **error.values) from None
    except (OSError, ValueError, SafetensorError):
        raise _damaged(path) from None
    return Pretrained(_filled(model, weights), card)


def _content(path: Path, model: Network, card: Card) -> bytes:
    """The bytes of a weights file that has the tensors of ``model`` and the checksum of ``card``.

    Raises:
        OSError: It cannot be opened.
        ValueError: It has others.
    """
    expected = {name: tuple(w.shape) for name, w in model.state_dict().items()}
    if card.parameters != parameters(model):
        raise ValueError("another number of parameters than the card says")
    with opened(path, most=_MOST) as file:
        head = header.read(file, kinds=header.WIDE if card.stored else header.OURS)
        if head.shapes != expected:
            raise ValueError("other tensors than the card's architecture has")
        content = head.content + file.read(head.announced)
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ValueError("another checksum than the card's")
    return content


def _check_finite(weights: Mapping[str, Tensor], path: Path) -> None:
    for values in weights.values():
        if not all(part.isfinite().all() for part in torch.split(values.flatten(), _PART)):
            raise CheckpointError(
                "The weights in {path} contain values that are not finite, so nothing can be "
                "computed with them.",
                path=path,
            )


def _missing(path: Path) -> CheckpointError:
    if command := restore(path):
        return CheckpointError(
            "The weights file {path} is missing; restore it with: {command}",
            path=path,
            command=command,
        )
    return CheckpointError("There is no file {path} next to the model card.", path=path)


def _damaged(path: Path) -> CheckpointError:
    if command := restore(path):
        return CheckpointError(
            "The weights file {path} is damaged or does not match its card; restore it with: "
            "{command}",
            path=path,
            command=command,
        )
    return CheckpointError(
        "The weights file {path} is damaged or does not match its card.", path=path
    )


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
