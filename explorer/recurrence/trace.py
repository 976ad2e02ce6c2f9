"""The trace: what every gate of a recurrent module does on given inputs, as a labelled dataset."""

from collections.abc import Sequence
from pathlib import Path

import torch
import xarray as xr
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.forward import Forward
from explorer.recurrence.hooks import computed
from explorer.recurrence.intervention import Intervention, as_interventions
from explorer.recurrence.labels import Tokens, label
from explorer.recurrence.modules import Recurrent, Structure
from explorer.recurrence.quantities import QUANTITIES
from explorer.recurrence.sequences import InitialState

# By PyTorch's name for the kind, ``module.mode``, where it has its own, else by the cell.
_CONVENTIONS = {
    "GRU_BOOK": "the book: the reset gate acts before the matrix product; "
    "the update gate weighs the old hidden state",
    "rnn": "PyTorch",
    "gru": "PyTorch: the reset gate acts after the matrix product; "
    "the update gate weighs the old hidden state",
    "lstm": "PyTorch: no peepholes",
}


def trace(
    module: Recurrent | str | Path,
    inputs: torch.Tensor | PackedSequence | str,
    state: InitialState | None = None,
    *,
    tokens: Tokens | None = None,
    interventions: Intervention | Sequence[Intervention] = (),
) -> xr.Dataset:
    """Every gate and state of a recurrent module on the given inputs.

    The module is read as it is and left as it was; several threads may trace one module at once.
    No gradient is recorded. Equations: *Dive into Deep Learning* (9.1.1) to (9.1.3) for a GRU,
    (9.2.1) to (9.2.4) for an LSTM, in PyTorch's convention.

    Args:
        module: An ``nn.RNN``, ``nn.GRU`` or ``nn.LSTM``: any layers, one or both directions, with
            or without bias; one of their cells, which reads all steps here, (T, B, I) too; or a
            module of a class that ``traceable`` described. It is computed in float64 if it is
            float64, else in float32. Or the name or folder of a language model, as `load` takes
            it, which reads a text from a state of zeros.
        inputs: What the module takes: (T, B, I), or (B, T, I) if it is ``batch_first``, or (T, I)
            for one sequence, or a ``PackedSequence``; of a language model the text.
        state: What the module takes: h0, or (h0, c0) for an LSTM, (L D, B, H) each, or (L D, H)
            for inputs without a batch dimension. Zero if not given.
        tokens: What stands at each step: T strings for a batch of one, else as many per sequence
            as it is long.
        interventions: What is changed on the way, one or several in this order; everything after
            it follows. One that changes no value leaves the trace as it is, bit for bit.

    Returns:
        A dataset over (layer, direction, batch, step, unit) with one variable per quantity:
        ``hidden`` for an RNN; ``reset``, ``update``, ``candidate``, ``hidden`` for a GRU;
        ``input``, ``forget``, ``output``, ``candidate``, ``memory``, ``hidden`` for an LSTM; what
        its `Cell` names for another.
        A value of the backward direction stands at the step whose token it has just read.
        Coordinates besides the dimensions: ``length`` over batch, and ``token`` over (batch,
        step) if tokens were given. Steps beyond a sequence's length are NaN. The attribute
        ``interventions`` says what was changed, if anything was to be.

    Raises:
        ExplorerError: The module, inputs, state or tokens cannot be traced, or not with these
            interventions; the sentence says why.
    """
    if isinstance(module, str | Path):
        return _of_text(module, inputs, as_interventions(interventions))
    if isinstance(inputs, str):
        raise ExplorerError("A text is read by the name or the folder of a model, not by a module.")
    return labelled(computed(module, inputs, state, as_interventions(interventions)), tokens=tokens)


def _of_text(
    model: str | Path, text: object, interventions: tuple[Intervention, ...]
) -> xr.Dataset:
    from explorer.models.catalogue import load_as
    from explorer.models.language_model import LanguageModel
    from explorer.recurrence.reading import read

    if not isinstance(text, str):
        raise ExplorerError(
            "A model that is named reads a text, not a {kind}.", kind=type(text).__name__
        )
    network, card = load_as(LanguageModel, model)
    return read(network, card.words, text, interventions=interventions).trace


def labelled(done: Forward, *, tokens: Tokens | None = None) -> xr.Dataset:
    """What a pass computed, as the dataset that ``trace`` returns.

    Raises:
        ExplorerError: There are not as many tokens as steps.
    """
    cell, rows = done.structure.cell.name, done.rows
    laid_out = {name: rows.lay_out(done.values[name]) for name in QUANTITIES[cell]}
    dataset = label(cell, laid_out, rows, tokens=tokens)
    dataset.attrs = _attributes(done.structure, cell)
    if done.interventions:
        dataset.attrs["interventions"] = "; ".join(map(str, done.interventions))
    return dataset


def _attributes(structure: Structure, cell: str) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        "cell": cell,
        "convention": _CONVENTIONS.get(structure.mode) or _CONVENTIONS.get(cell, structure.kind),
        "input_size": structure.input_size,
        "hidden_size": structure.hidden_size,
        "bias": "yes" if structure.bias else "no",
    }
    if structure.state_size != structure.hidden_size:
        attributes["proj_size"] = structure.state_size
    if cell == "rnn":
        attributes["nonlinearity"] = "tanh" if structure.mode == "RNN_TANH" else "relu"
    return attributes
