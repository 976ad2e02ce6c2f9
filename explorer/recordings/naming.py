"""What a recurrent module is called in a script that says nothing of its models."""

import gc
from collections.abc import Callable, Iterator, Mapping

from torch import nn


class EveryModule(Mapping[nn.Module, str]):
    """Every module that is looked up, with a name of its own from then on.

    Args:
        wants: Whether a module of such a name is in it.
    """

    def __init__(self, wants: Callable[[str], bool]) -> None:
        self._wants = wants
        self._names: dict[nn.Module, str] = {}

    def __contains__(self, module: object) -> bool:
        return isinstance(module, nn.Module) and self._wants(self[module])

    def __getitem__(self, module: nn.Module) -> str:
        if module not in self._names:
            self._names[module] = _unlike(_qualified(module), [*self._names.values()])
        return self._names[module]

    def __iter__(self) -> Iterator[nn.Module]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _qualified(module: nn.Module) -> str:
    """The module's name in the outermost model that has it; that of its class if none has."""
    models = [one for one in gc.get_objects() if issubclass(type(one), nn.Module)]
    names = [
        name for one in models for name, inside in one.named_modules() if name and inside is module
    ]
    longest = max(names, key=lambda name: name.count("."), default=type(module).__name__)
    return ".".join(part for part in longest.split(".") if part != "_orig_mod")


def _unlike(name: str, others: list[str]) -> str:
    """The name, with a number if another model has it too."""
    free = (f"{name}-{number}" for number in range(2, len(others) + 3))
    return name if name not in others else next(one for one in free if one not in others)
