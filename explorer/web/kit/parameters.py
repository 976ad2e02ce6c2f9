"""The parameters of a page, each declared once: its name in the address, default and bounds.

Streamlit's own binding writes the translated label of an option into the address; here the
option's name is written, so that a link means the same in every language.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, Generic, Self, TypeAlias, TypeVar

from explorer.text.limits import LONGEST
from explorer.text.numbers import read_decimal, read_whole

T = TypeVar("T")
N = TypeVar("N", int, float)


@dataclass(frozen=True, eq=False)
class Parameter(ABC, Generic[T]):
    """A parameter.

    Attributes:
        name: In the address.
        default: Where the address says nothing; what depends on a model or a text is said where
            the widget is drawn, see :meth:`starting`.
        of: The names of parameters of which this one's value is a part: when the reader changes
            one of them, this one goes back to its default.
    """

    name: str
    default: T
    _: KW_ONLY
    of: tuple[str, ...] = ()

    @abstractmethod
    def read(self, text: str) -> T:
        """The value that the address writes as ``text``.

        Raises:
            ValueError: There is none within the bounds.
        """

    def write(self, value: T) -> str:
        """The value as the address writes it."""
        return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

    def fit(self, value: T) -> T:
        """The value, or what the bounds leave of it."""
        return value

    def starting(self, default: T) -> Self:
        """The same with another default."""
        return replace(self, default=default)


Parameters: TypeAlias = tuple[Parameter[Any], ...]
#: Values of some parameters: an example to click, or what a click on a picture chose.
Values: TypeAlias = Mapping[Parameter[Any], object]


@dataclass(frozen=True, eq=False)
class Choice(Parameter[T]):
    """One of some options.

    Attributes:
        options: The title of each, to be translated; none where they are known in the run alone.
        older: What links may call an option besides.
    """

    options: Mapping[T, str] = field(default_factory=dict)
    older: Mapping[str, T] = field(default_factory=dict)

    def read(self, text: str) -> T:
        """See :meth:`Parameter.read`."""
        return _known(text, {**self.older, **{str(option): option for option in self.options}})

    def fit(self, value: T) -> T:
        """See :meth:`Parameter.fit`."""
        return value if value in self.options else self.default

    def among(self, options: Mapping[T, str]) -> Self:
        """The same with other options; where they lack the default, the first is."""
        default = self.default if self.default in options else next(iter(options))
        return replace(self, options=options, default=default)


@dataclass(frozen=True, eq=False)
class Number(Parameter[N]):
    """A number from ``lowest`` to ``highest``."""

    lowest: N
    highest: N

    def fit(self, value: N) -> N:
        """See :meth:`Parameter.fit`."""
        return min(max(value, self.lowest), self.highest)

    def within(self, lowest: N, highest: N) -> Self:
        """The same with other bounds, between which its default is."""
        default = min(max(self.default, lowest), highest)
        return replace(self, lowest=lowest, highest=highest, default=default)

    def _bounded(self, value: N) -> N:
        if not self.lowest <= value <= self.highest:
            raise ValueError(value)
        return value


class Whole(Number[int]):
    """A whole number from ``lowest`` to ``highest``."""

    def read(self, text: str) -> int:
        """See :meth:`Parameter.read`."""
        return self._bounded(read_whole(text))


class Decimal(Number[float]):
    """Any number from ``lowest`` to ``highest``."""

    def read(self, text: str) -> float:
        """See :meth:`Parameter.read`."""
        return self._bounded(read_decimal(text))


@dataclass(frozen=True, eq=False)
class Text(Parameter[str]):
    """A text that the reader types, of at most ``most`` characters.

    A longer one stands in its field all the same: the field says by how much it is too long.
    """

    default: str = ""
    most: int = LONGEST

    def read(self, text: str) -> str:
        """See :meth:`Parameter.read`."""
        return text


@dataclass(frozen=True, eq=False)
class Several(Parameter[Sequence[T]]):
    """Some of a few options, at least one.

    Attributes:
        options: The title of each, to be translated.
    """

    options: Mapping[T, str]

    def read(self, text: str) -> Sequence[T]:
        """See :meth:`Parameter.read`."""
        by_text = {str(option): option for option in self.options}
        return _different([_known(part, by_text) for part in text.split(",")])


@dataclass(frozen=True, eq=False)
class Wholes(Parameter[Sequence[int]]):
    """Up to ``most`` different whole numbers from 0 to ``highest``."""

    highest: int
    most: int

    def read(self, text: str) -> Sequence[int]:
        """See :meth:`Parameter.read`."""
        parts = text.split(",")
        if len(parts) > self.most:
            raise ValueError(text)
        values = [read_whole(part) for part in parts]
        if not all(0 <= value <= self.highest for value in values):
            raise ValueError(text)
        return _different(values)

    def fit(self, value: Sequence[int]) -> Sequence[int]:
        """See :meth:`Parameter.fit`."""
        return [one for one in value if one <= self.highest]

    def upto(self, highest: int) -> Self:
        """The same with another greatest number."""
        return replace(self, highest=highest)


@dataclass(frozen=True, eq=False)
class Written(Parameter[T]):
    """What is written in a way of its own, such as a node of a tree.

    Attributes:
        reader: Turns the text into a value, as :meth:`Parameter.read` does.
    """

    reader: Callable[[str], T]

    def read(self, text: str) -> T:
        """See :meth:`Parameter.read`."""
        return self.reader(text)

    def write(self, value: T) -> str:
        """See :meth:`Parameter.write`."""
        return str(value)


def reset_by(parameters: Parameters, changed: Collection[str]) -> frozenset[str]:
    """The names of the parameters that go back to their defaults when ``changed`` have changed."""
    found: frozenset[str] = frozenset()
    while more := {p.name for p in parameters if {*changed, *found} & {*p.of}} - found - {*changed}:
        found |= more
    return found


def _known(text: str, by_text: Mapping[str, T]) -> T:
    if text not in by_text:
        raise ValueError(text)
    return by_text[text]


def _different(values: list[T]) -> list[T]:
    if len({*values}) < len(values):
        raise ValueError(values)
    return values
