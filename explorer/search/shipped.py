"""The figures of `widths` kept as a file beside a model's card, with what measured them.

None of the sentences is in it. Read as cards are: a file that is not what this module writes is
refused.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from explorer.errors import ExplorerError
from explorer.models.card import restore
from explorer.search.widths import Proofs, Row, Widths

FILE = "widths.json"


@dataclass(frozen=True)
class Shipped:
    """The figures of a model, the command that measured them, and the version of torch."""

    model: str
    command: str
    torch: str
    widths: Widths

    @classmethod
    def read(cls, path: Path) -> "Shipped":
        """The figures in the file ``path``.

        Raises:
            ExplorerError: The file is missing or damaged.
        """
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            model, command, version = (str(kept[n]) for n in ("model", "command", "torch"))
            return cls(model, command, version, _widths(kept))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise ExplorerError(
                "The figures {path} are missing or damaged; restore them with: {command}",
                path=path.name,
                command=restore(path),
            ) from None

    def write(self, path: Path) -> None:
        """Write the figures to ``path``, a search a line."""
        kept = _rounded(asdict(self))
        tables = {name: kept["widths"].pop(name) for name in ("rows", "proofs")}
        lines = [f"  {json.dumps(name)}: {json.dumps(kept[name])}" for name in kept]
        for name, table in tables.items():
            rows = ",\n".join(f"    {json.dumps(row, allow_nan=False)}" for row in table)
            lines.append(f"  {json.dumps(name)}: [\n{rows}\n  ]")
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    """The value with no more digits than anyone reads."""
    if isinstance(value, Mapping):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_rounded(inner) for inner in value]
    return round(value, 5) if isinstance(value, float) else value


def _widths(kept: Mapping[str, Any]) -> Widths:
    """The figures, each of them a finite number."""
    proofs = tuple(
        Proofs(**{name: _figure(value) for name, value in one.items()}) for one in kept["proofs"]
    )
    rows = tuple(Row(**{name: _figure(v) for name, v in row.items()}) for row in kept["rows"])
    if not rows or not proofs:
        raise ValueError("there are figures of at least one search")
    return Widths(**kept["widths"], rows=rows, proofs=proofs)


def _figure(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_figure, value))
    if value is not None and not (isinstance(value, int | float) and math.isfinite(value)):
        raise ValueError("a figure is a finite number")
    return value
