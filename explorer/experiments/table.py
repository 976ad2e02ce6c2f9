"""Tables by columns, as a result keeps them, from rows and back. Knows nothing of their meaning."""

from collections.abc import Iterable, Mapping
from typing import Any

from explorer.experiments.experiment import Table, Value


def columns(rows: Iterable[Mapping[str, Value]]) -> Table:
    """Rows of the same names as a table."""
    table: dict[str, list[Value]] = {}
    for row in rows:
        for name, value in row.items():
            table.setdefault(name, []).append(value)
    return table


def rows(table: Table) -> list[dict[str, Any]]:
    """A table as rows; whoever reads them knows what is a number."""
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
