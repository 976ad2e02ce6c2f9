"""The matrix products of a decoder's step, bare: what no way of taking it can do without."""

from collections.abc import Callable

from benchmarks.timing import interleave  # first: it sets the threads

# isort: split
import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.models.seq2seq import Seq2Seq

Product = Callable[[Tensor], Tensor]


def matrices(model: Seq2Seq) -> list[Tensor]:
    """What each step's inputs are multiplied with: W of every X Wᵀ, (O, I) each, the head last."""
    weights, E = dict(model.decoder.named_parameters()), model.architecture.embedding_size
    layers = [weight for name, weight in weights.items() if name.startswith("weight")]
    first, *upper = layers  # what the context adds to the first is computed once a sentence
    return [first[:, :E], *upper, model.projection.weight, model.target_embedding.weight]


def fastest(x: Tensor, weight: Tensor) -> Product:
    """The way to X Wᵀ that takes least time."""
    transposed, ordinary = weight.T.contiguous(), weight.contiguous()
    rows, columns = ordinary.numpy(), transposed.numpy()
    laid_out = torch.ops.mkldnn._reorder_linear_weight(ordinary, len(x))
    onednn = torch.ops.mkldnn._linear_pointwise.default
    ways: dict[str, Product] = {
        "linear": lambda x: linear(x, ordinary),
        "mm": lambda x: x @ transposed,
        "oneDNN": lambda x: onednn(x, laid_out, None, "none", [], ""),
        "NumPy": lambda x: torch.from_numpy(np.dot(x.numpy(), rows.T)),
        "NumPy, transposed": lambda x: torch.from_numpy(np.dot(x.numpy(), columns)),
    }
    taken = interleave({name: lambda way=way: way(x) for name, way in ways.items()}, rounds=30)
    return ways[min(taken, key=taken.__getitem__)]


def transposed(weight: Tensor) -> Product:
    """X Wᵀ for any number of rows, by the transpose laid out as such."""
    matrix = weight.T.contiguous()
    return lambda x: x @ matrix
