"""The figures of a whole corpus kept as a file, with where the corpus came from; none of its text.

Read as cards are: a file that is not what this module writes is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from explorer.corpus.growth import Curve
from explorer.corpus.lengths import Lengths
from explorer.corpus.spectrum import Spectrum
from explorer.corpus.summary import UNITS, SideFigures, Summary
from explorer.errors import ExplorerError
from explorer.shipped_files import restore_command
from explorer.stored import document
from explorer.stored.typed import typed
from explorer.stored.whole import write_whole

FILE = "corpus.json"


@dataclass(frozen=True)
class Origin:
    """Where a corpus comes from, on what terms, and the command that counted it."""

    name: str
    source: str
    licence: str
    attribution: str
    command: str


@dataclass(frozen=True)
class Shipped:
    """The figures of a corpus and where it comes from."""

    origin: Origin
    summary: Summary

    @classmethod
    def read(cls, path: Path) -> "Shipped":
        """The figures in the file ``path``.

        Raises:
            ExplorerError: The file is missing or damaged.
        """
        try:
            fields = document.read(path)
            return cls(Origin(**_texts(fields["origin"])), _summary(fields["summary"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise ExplorerError(
                "The corpus statistics {path} are missing or damaged; restore them with: {command}",
                path=path,
                command=restore_command(f"pretrained/{path.name}"),
            ) from None

    def write(self, path: Path) -> None:
        """Write the figures to ``path``, one list of numbers a line."""
        write_whole(path, _json(asdict(self)) + "\n")


def _json(value: Any, indent: str = "") -> str:
    if not isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    deeper = indent + "  "
    items = (f"{deeper}{json.dumps(k)}: {_json(v, deeper)}" for k, v in value.items())
    return "{\n" + ",\n".join(items) + f"\n{indent}}}"


def _texts(fields: Any) -> dict[str, str]:
    if not all(isinstance(value, str) for value in fields.values()):
        raise TypeError("where a corpus comes from is told in words")
    return dict(fields)


def _summary(fields: Any) -> Summary:
    lengths = Lengths(**_numbers(fields["lengths"], lowest=0))
    summary = Summary(
        pairs=typed(int, fields["pairs"], "pairs"),
        pieces=typed(int, fields["pieces"], "pieces"),
        source=_side(fields["source"]),
        target=_side(fields["target"]),
        lengths=lengths,
    )
    if not 0 < summary.pairs == sum(lengths.pairs) <= 10_000_000:
        raise ValueError("every pair has its lengths")
    return summary


def _side(fields: Any) -> SideFigures:
    growth = {unit: Curve(**_numbers(fields["growth"][unit], lowest=1)) for unit in UNITS}
    spectrum = Spectrum(**_numbers(fields["spectrum"], lowest=1))
    for rising in (spectrum.frequencies, *(curve.read for curve in growth.values())):
        if not rising or any(np.diff(rising) <= 0):
            raise ValueError("frequencies and tokens read rise")
    return SideFigures(growth, spectrum)


def _numbers(fields: Any, *, lowest: int) -> dict[str, tuple[int, ...]]:
    """Lists of whole numbers, all as long as each other."""
    lists = {name: tuple(listed) for name, listed in fields.items()}
    if len({len(listed) for listed in lists.values()}) != 1:
        raise ValueError("the lists of a figure are as long as each other")
    if not all(type(n) is int and lowest <= n < 2**40 for of in lists.values() for n in of):
        raise TypeError("a corpus is counted in whole numbers")
    return lists
