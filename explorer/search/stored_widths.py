"""The figures of `widths` kept as a file beside a model's card, with what measured them.

None of the sentences is in it. Read as cards are: a file that is not what this module writes is
refused.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from explorer.errors import ExplorerError
from explorer.search.width_figures import WidthFigures
from explorer.shipped_files import restore_command
from explorer.stored import document
from explorer.stored.typed import UnfitError, record
from explorer.stored.whole import write_whole

FILE = "widths.json"


@dataclass(frozen=True)
class StoredWidths:
    """The figures of a model, the command that measured them, and the version of torch."""

    model: str
    command: str
    torch: str
    widths: WidthFigures

    @classmethod
    def read(cls, path: Path) -> "StoredWidths":
        """The figures in the file ``path``.

        Raises:
            ExplorerError: The file is missing or damaged.
        """
        try:
            return _shipped(document.read(path))
        except (OSError, ValueError):
            raise ExplorerError(
                "The measurements {path} are missing or damaged; restore them with: {command}",
                path=path.name,
                command=restore_command(f"pretrained/{'/'.join(path.parts[-2:])}"),
            ) from None

    def write(self, path: Path) -> None:
        """Write the figures to ``path``, a search a line."""
        kept = _rounded(asdict(self))
        tables = {name: kept["widths"].pop(name) for name in ("rows", "proofs")}
        lines = [f"  {json.dumps(name)}: {json.dumps(kept[name])}" for name in kept]
        for name, table in tables.items():
            rows = ",\n".join(f"    {json.dumps(row, allow_nan=False)}" for row in table)
            lines.append(f"  {json.dumps(name)}: [\n{rows}\n  ]")
        write_whole(path, "{\n" + ",\n".join(lines) + "\n}\n")


def _rounded(value: Any) -> Any:
    """The value with no more digits than anyone reads."""
    if isinstance(value, Mapping):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_rounded(inner) for inner in value]
    return round(value, 5) if isinstance(value, float) else value


def _shipped(kept: Any) -> StoredWidths:
    """The figures from what JSON gave: the tables stand beside the rest, a row a line."""
    if not isinstance(kept, dict) or not isinstance(kept.get("widths"), dict):
        raise UnfitError("widths")
    tables = {name: kept.pop(name, None) for name in ("rows", "proofs")}
    shipped = record(StoredWidths, {**kept, "widths": {**kept["widths"], **tables}})
    if not shipped.widths.rows or not shipped.widths.proofs:
        raise UnfitError("rows")
    return shipped
