"""Numbers on a command line: within bounds, or one sentence that names the option."""

from typing import Generic, TypeVar

import click

from explorer.errors import ExplorerError
from explorer.text.numbers import LONGEST, read_decimal, read_whole

N = TypeVar("N", int, float)


class _Number(click.ParamType[N], Generic[N]):
    """A number from ``lowest`` to ``highest``; the command's help shows both."""

    def __init__(self, lowest: N, highest: N) -> None:
        self.lowest: N = lowest
        self.highest: N = highest
        self.name = f"{lowest}…{highest}"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> N:
        """The number that a text writes.

        Raises:
            ExplorerError: It writes none, or one that is out of bounds.
        """
        text, option = str(value), param.opts[0] if param else "a number"
        try:
            number = self.read(text)
        except ValueError:
            raise self.refused(option, text[:LONGEST]) from None
        if not self.lowest <= number <= self.highest:
            raise self.refused(option, text)
        return number

    def read(self, text: str) -> N:
        """The number; a ValueError where there is none."""
        raise NotImplementedError

    def refused(self, option: str, text: str) -> ExplorerError:
        """Why not."""
        raise NotImplementedError


class Whole(_Number[int]):
    """A whole number."""

    def read(self, text: str) -> int:
        """The number; a ValueError where there is none."""
        return read_whole(text)

    def refused(self, option: str, text: str) -> ExplorerError:
        """Why not."""
        return ExplorerError(
            "{option} must be a whole number from {lowest} to {highest}, not {value}.",
            option=option,
            lowest=self.lowest,
            highest=self.highest,
            value=text,
        )


class Decimal(_Number[float]):
    """Any number."""

    def read(self, text: str) -> float:
        """The number; a ValueError where there is none."""
        return read_decimal(text)

    def refused(self, option: str, text: str) -> ExplorerError:
        """Why not."""
        return ExplorerError(
            "{option} must be a number from {lowest} to {highest}, not {value}.",
            option=option,
            lowest=f"{self.lowest:g}",
            highest=f"{self.highest:g}",
            value=text,
        )
