"""What modules are that are recurrent and not torch's own, and what to do about each.

It goes by what a module is called and where its class comes from.
"""

from collections.abc import Sequence

import torch
from torch import nn

from explorer.errors import ExplorerError
from explorer.models.book_gru import BookGRU

_TRACEABLE = (nn.RNN, nn.GRU, nn.LSTM, BookGRU, nn.RNNCell, nn.GRUCell, nn.LSTMCell)
#: What recurrent modules are called, in torch and elsewhere.
_NAMES = {"SimpleRNN", "SimpleRNNCell", *(kind.__name__ for kind in _TRACEABLE)}


def looks_recurrent(module: nn.Module) -> bool:
    """Whether a module is recurrent, of another kind than torch's, with none of torch's inside."""
    if isinstance(module, _TRACEABLE):
        return False
    if isinstance(module, nn.RNNBase | nn.RNNCellBase):
        return True
    return _name(module) in _NAMES and not any(isinstance(m, _TRACEABLE) for m in module.modules())


def not_traceable(module: object, inside: Sequence[str]) -> ExplorerError:
    """What a thing is that is no recurrent module of torch's, and the way out.

    Args:
        module: The thing.
        inside: The names of the recurrent modules in it; "" if it looks like one itself.
    """
    kind, home = _name(module), type(module).__module__
    if isinstance(module, torch.jit.ScriptModule):
        return ExplorerError(
            "This is a scripted {kind} (torch.jit.ScriptModule), whose steps cannot be "
            "traced: use the module that was scripted.",
            kind=kind,
        )
    if ".quant" in home:
        return ExplorerError(
            "This is a quantized {kind} ({home}), but a trace computes with floating-point "
            "weights: use the module that was quantized.",
            kind=kind,
            home=home,
        )
    if "keras" in home.split("."):
        return ExplorerError(
            "Only torch's own modules can be traced, not the {kind} of Keras ({home}): copy "
            "its weights into a torch module.",
            kind=kind,
            home=home,
        )
    if home.split(".")[0] == "torchrecurrent":
        return ExplorerError(
            "The {kind} of torchrecurrent is not described yet: call "
            "explorer.cells.torchrecurrent_cells.describe(), or describe its class with "
            "explorer.traceable. A layer is recorded by its cells.",
            kind=kind,
        )
    return _other(module, kind, home, inside)


def _other(module: object, kind: str, home: str, inside: Sequence[str]) -> ExplorerError:
    if "" in inside or kind in _NAMES:
        return ExplorerError(
            "Only torch's own modules can be traced, not the {kind} of {home}: describe its class "
            "with explorer.traceable, or copy its weights into a torch module.",
            kind=kind,
            home=home,
        )
    if inside:
        return ExplorerError(
            "Only one recurrent module can be traced at a time, but this {kind} contains "
            "{names}: trace one of them, or run the whole model inside explorer.record(…).",
            kind=kind,
            names=", ".join(map(repr, inside)),
        )
    return ExplorerError(
        "Only an nn.RNN, an nn.GRU, an nn.LSTM or one of their cells can be traced, not a {kind}. "
        "Any other recurrent module can, once explorer.traceable has described its class.",
        kind=kind,
    )


def _name(module: object) -> str:
    return str(getattr(module, "original_name", type(module).__name__))  # a scripted one's
