"""Shipped numbers with some of them replaced, to see what the verdict makes of others."""

from collections.abc import Callable, Mapping
from typing import Any

from explorer.experiments import catalogue
from explorer.experiments.tables import columns, rows


def with_changed(
    name: str, table: str, change: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> dict[str, Any]:
    """The shipped numbers of an experiment, each row of a table with what ``change`` says of it."""
    numbers = catalogue.shipped(name).numbers
    changed = [{**row, **change(dict(row))} for row in rows(numbers[table])]
    return {**numbers, table: columns(changed)}
