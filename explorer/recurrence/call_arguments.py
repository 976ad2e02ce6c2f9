"""What a recurrent module is called with: inputs and state, under whatever names."""

from collections.abc import Callable
from inspect import signature
from typing import Any

from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from explorer.errors import ExplorerError
from explorer.recurrence.modules import Recurrent, state_argument
from explorer.recurrence.sequences import InitialState


def named(
    module: Recurrent, inputs: Tensor | PackedSequence, state: InitialState | None
) -> dict[str, InitialState]:
    """What a call is given beside the inputs: the state by its name, so that nothing else takes it.

    Raises:
        ExplorerError: The module's forward takes no state of that name, or asks for more.
    """
    name = state_argument(module)
    given = {} if state is None else {name: state}
    try:
        signature(module.forward).bind(inputs, **given)
    except TypeError:
        raise ExplorerError(
            "This {kind} has a forward of its own, which cannot be called with only the "
            "inputs and a state named {name}: run it inside explorer.record(…).",
            kind=type(module).__name__,
            name=name,
        ) from None
    return given


def arguments(
    own_forward: Callable[..., Any], module: Recurrent, args: Any, kwargs: Any
) -> tuple[Any, Any]:
    """The inputs and the initial state of a call, the first two arguments."""
    if not kwargs:
        return args[0], args[1] if len(args) > 1 else None
    bound = signature(own_forward).bind(module, *args, **kwargs)
    bound.apply_defaults()
    values = [*bound.arguments.values(), None]
    return values[1], values[2]
