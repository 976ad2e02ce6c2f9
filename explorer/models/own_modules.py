"""A reader's own modules of torch as one of our language models, held against them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import torch
from torch import Tensor, nn

from explorer.errors import ExplorerError
from explorer.models.architecture import Architecture, Cell
from explorer.models.book_gru import BookGRU
from explorer.models.language_model import LanguageModel
from explorer.models.network import MOST_BYTES, parameters, skeleton
from explorer.models.recurrent import CELLS

_STEPS = 12  # of the text on which the two are compared
_APART = 1e-4  # nats that two log-probabilities may differ by, both rounded


class _Modules(NamedTuple):
    embedding: nn.Embedding | None
    rnn: nn.RNN | nn.GRU | nn.LSTM | BookGRU
    head: nn.Linear


def model_of(modules: Mapping[str, nn.Module | None], vocabulary_size: int) -> LanguageModel:
    """The modules' weights in a model of ours, in float32 and eval mode.

    Raises:
        ExplorerError: One is missing or of another kind, they do not fit each other or the
            vocabulary, are too large, compute something else than the same weights in plain
            layers, or have weights that are not finite.
    """
    parts = _parts(modules)
    model = _built(parts, vocabulary_size)
    _check_same(parts, model, vocabulary_size)
    return model


def _parts(modules: Mapping[str, nn.Module | None]) -> _Modules:
    """The modules by their places, each of its kind.

    Raises:
        ExplorerError: One is missing, is of another kind, or of a kind that computes otherwise.
    """
    if strange := {*modules} - {"embedding", "rnn", "head"}:
        raise ExplorerError(
            "The modules are called embedding, rnn and head; not {name}.",
            name=min(map(str, strange)),
        )
    embedding, rnn, head = (modules.get(name) for name in ("embedding", "rnn", "head"))
    if embedding is not None and not isinstance(embedding, nn.Embedding):
        raise _kind("embedding", "nn.Embedding", embedding)
    if not isinstance(rnn, nn.RNN | nn.GRU | nn.LSTM | BookGRU):
        raise _kind("rnn", "nn.RNN, nn.GRU, nn.LSTM or BookGRU", rnn)
    if not isinstance(head, nn.Linear):
        raise _kind("head", "nn.Linear", head)
    other = (
        "bidirectional" if rnn.bidirectional
        else "proj_size" if rnn.proj_size
        else "nonlinearity='relu'" if rnn.mode == "RNN_RELU"
        else None
    )  # fmt: skip
    if other:
        raise ExplorerError(
            "A language model's recurrent layers read forward, with tanh and without projections; "
            "these have {other}.",
            other=other,
        )
    return _Modules(embedding, rnn, head)


def _kind(name: str, wanted: str, given: object) -> ExplorerError:
    return ExplorerError(
        "The module {name} must be an {wanted}, not a {kind}.",
        name=name,
        wanted=wanted,
        kind=type(given).__name__,
    )


def _built(parts: _Modules, vocabulary_size: int) -> LanguageModel:
    """The same weights in a model of ours.

    Raises:
        ExplorerError: The sizes do not agree, are too large, or weights are not finite.
    """
    sizes = _sizes(parts, vocabulary_size)
    model = skeleton(sizes)
    assert isinstance(model, LanguageModel)
    count = parameters(model)
    if 4 * count > MOST_BYTES:
        raise ExplorerError(
            "A model of this size would have {count} parameters; at most {most} are allowed.",
            count=count,
            most=MOST_BYTES // 4,
        )
    weights = dict(_weights(parts, model))
    for name, tensor in weights.items():
        if not tensor.isfinite().all():
            raise ExplorerError("The weights {name} contain values that are not finite.", name=name)
    model.load_state_dict(weights, assign=True)
    return model.eval().requires_grad_(False)


def _sizes(parts: _Modules, vocabulary_size: int) -> Architecture:
    embedding, rnn, head = parts
    cells: dict[type, Cell] = {kind: cell for cell, kind in CELLS.items()}
    cell: Cell = next((cells[kind] for kind in cells if isinstance(rnn, kind)), "gru-book")
    if embedding is not None:
        _agree("embedding", embedding.num_embeddings, "the vocabulary", vocabulary_size)
    _agree("head", head.out_features, "the vocabulary", vocabulary_size)
    _agree("head", head.in_features, "rnn", rnn.hidden_size)
    read = embedding.embedding_dim if embedding else vocabulary_size
    _agree("rnn", rnn.input_size, "embedding" if embedding else "the vocabulary", read)
    return Architecture(
        cell,
        vocabulary_size,
        rnn.hidden_size,
        rnn.num_layers,
        embedding.embedding_dim if embedding else None,
        "linear" if embedding else None,
    )


def _agree(name: str, given: int, other: str, wanted: int) -> None:
    if given != wanted:
        raise ExplorerError(
            "The module {name} has the size {given} where {other} has {wanted}.",
            name=name,
            given=given,
            other=other,
            wanted=wanted,
        )


def _weights(parts: _Modules, model: LanguageModel) -> Iterator[tuple[str, Tensor]]:
    """Our names with their weights; a bias that there is not is zero.

    Asked of the modules by name, since what torch computes before each pass is no parameter.
    """
    for name, shape in ((n, w.shape) for n, w in model.state_dict().items()):
        place, _dot, inner = name.partition(".")
        found = getattr(getattr(parts, place), inner, None)
        weights = found if isinstance(found, Tensor) else torch.zeros(shape)
        yield name, weights.detach().to("cpu", torch.float32, copy=True).contiguous()


def _check_same(parts: _Modules, model: LanguageModel, vocabulary_size: int) -> None:
    """Both give the same log-probabilities on a text of random tokens.

    Raises:
        ExplorerError: They do not: the modules do something more, as with a maximum norm or a hook.
    """
    ids = torch.randint(vocabulary_size, (_STEPS,), generator=torch.Generator().manual_seed(0))
    with torch.no_grad(), _evaluating(parts):
        theirs = _log_probs(parts, ids, vocabulary_size)
        ours = model(ids[None])[0][0].log_softmax(-1)
    apart = (theirs - ours).abs().max().item()
    if not apart <= _APART:
        raise ExplorerError(
            "The modules give other log-probabilities than their weights in plain layers, by up to "
            "{apart} nats: what else they compute cannot be saved.",
            apart=f"{apart:.2g}",
        )


def _log_probs(parts: _Modules, ids: Tensor, vocabulary_size: int) -> Tensor:
    """What the modules give after every token, (T, V)."""
    weights = parts.head.weight
    ids = ids.to(weights.device)
    if parts.embedding is not None:
        read = parts.embedding(ids)  # (T, E)
    else:
        read = nn.functional.one_hot(ids, vocabulary_size).to(weights.dtype)
    hidden, _state = parts.rnn(read)  # (T, H)
    found: Tensor = parts.head(hidden).double().log_softmax(-1).cpu()
    return found


@contextmanager
def _evaluating(parts: _Modules) -> Iterator[None]:
    """The modules without dropout, and afterwards as they were."""
    training = [module for part in parts if part for module in part.modules() if module.training]
    try:
        for part in parts:
            if part is not None:
                part.eval()
        yield
    finally:
        for module in training:
            module.training = True
