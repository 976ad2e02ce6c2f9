"""Makes values of ours from what JSON gave, by their types; what is not of its type is refused."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

_LONGEST = 10_000  # characters of a text
_LARGEST = 1 << 63  # of a whole number; Python's own have no end
_SHOWN = 60  # characters of a name in a sentence
_SCALARS = (str, int, float, NoneType)


class UnfitError(ValueError):
    """A value is not what its type says.

    Args:
        place: Where it stands, such as ``curve[3].loss``.
    """

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is missing, or is not what it should be")
        self.place = place


def record(kind: type[T], value: object, place: str = "", **built: object) -> T:
    """The dataclass ``kind`` whose fields an object of JSON gives.

    Args:
        kind: A dataclass of texts, numbers, literals, tuples, sequences, mappings and dataclasses.
        value: What JSON gave.
        place: Where it stands in the file.
        **built: Fields that are values of ours already, whatever the object says of them.

    Raises:
        UnfitError: A field is missing, unknown, or not of its type; a text is too long or no
            Unicode; a number is not finite or has no bound.
    """
    if not isinstance(value, dict):
        raise UnfitError(place)
    _check_texts(value, place)
    cls: Any = kind
    types = _types(cls)
    wrong = [*(value.keys() - types), *(_required(cls) - value.keys() - built.keys())]
    if wrong:
        raise UnfitError(_inside(place, min(wrong)))
    given = {n: typed(types[n], v, _inside(place, n)) for n, v in value.items() if n not in built}
    return kind(**given, **built)


def typed(kind: Any, value: object, place: str) -> Any:
    """``value`` as a value of the type ``kind``; lists become tuples where the type says so.

    Raises:
        UnfitError: As for `record`.
    """
    scalars = _scalars(kind)
    if scalars:
        _check_scalars((value,), scalars, place)
        return value
    if dataclasses.is_dataclass(kind):
        return record(cast(type, kind), value, place)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # one kind, or nothing
        (only,) = (one for one in inner if one is not NoneType)
        return None if value is None else typed(only, value, place)
    if origin is Literal:
        if value not in inner or not isinstance(value, str):
            raise UnfitError(place)
        return value
    if origin is Mapping:
        return _mapping(inner[1], value, place)
    if not isinstance(value, list):
        raise UnfitError(place)
    return _list(inner, value, place) if origin is Sequence else tuple(_list(inner, value, place))


def _mapping(kind: Any, value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnfitError(place)
    _check_texts(value, place)
    if scalars := _scalars(kind):
        _check_scalars([*value.values()], scalars, place)
        return value
    return {name: typed(kind, inner, _inside(place, name)) for name, inner in value.items()}


def _list(kinds: tuple[Any, ...], values: list[Any], place: str) -> list[Any]:
    """The items: of one type, or, in a tuple of a fixed length, each of its own."""
    kind, *others = kinds
    if others and others != [...]:
        if len(values) != len(kinds):
            raise UnfitError(place)
        return [
            typed(k, v, f"{place}[{n}]") for n, (k, v) in enumerate(zip(kinds, values, strict=True))
        ]
    if scalars := _scalars(kind):
        _check_scalars(values, scalars, place)  # all at once: a vocabulary has thousands
        return values
    return [typed(kind, item, f"{place}[{number}]") for number, item in enumerate(values)]


@cache
def _scalars(kind: Any) -> frozenset[type]:
    """The types of JSON that a type without parts may be; none if it has parts."""
    kinds = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    if not all(one in _SCALARS for one in kinds):
        return frozenset()
    return frozenset(kinds) | ({int} if float in kinds else frozenset())


def _check_scalars(values: Sequence[Any], kinds: frozenset[type], place: str) -> None:
    found = {*map(type, values)}
    if not found <= kinds:
        raise UnfitError(place)
    _check_texts([value for value in values if type(value) is str], place)
    if found & {int, float} and not all(map(_bounded, values)):
        raise UnfitError(place)


def _bounded(value: object) -> bool:
    """Whether a number is finite and can be computed with; of other values, True."""
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < _LARGEST


def _check_texts(texts: Sequence[str] | Mapping[str, Any], place: str) -> None:
    """Short enough, and without halves of characters, which no UTF-8 has."""
    if max(map(len, texts), default=0) > _LONGEST:
        raise UnfitError(place)
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        raise UnfitError(place) from None


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _required(kind: Any) -> frozenset[str]:
    """The names of the fields without a default."""
    none = dataclasses.MISSING
    every = dataclasses.fields(kind)
    return frozenset(f.name for f in every if f.default is f.default_factory is none)


def _inside(place: str, name: str) -> str:
    name = name[:_SHOWN]
    return f"{place}.{name}" if place else name
