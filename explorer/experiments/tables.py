"""Measured rows as the columns that a result keeps."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from explorer.experiments.experiment import Spread, Table, Value

Row = Mapping[str, Value]


def columns(rows: Sequence[Row]) -> Table:
    """The columns of at least one row, all rows having the same names."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def spread_columns(rows: Iterable[Row], *, value: str) -> Table:
    """The columns with the spread of ``value`` over all rows that are otherwise the same.

    Returns:
        The other columns, in the order in which their values first came, and mean, sd, count.
    """
    groups: dict[Hashable, tuple[Row, list[float]]] = {}
    for row in rows:
        others = {name: inner for name, inner in row.items() if name != value}
        measured = row[value]
        assert isinstance(measured, int | float)
        groups.setdefault(tuple(others.items()), (others, []))[1].append(measured)
    return columns([{**others, **_fields(values)} for others, values in groups.values()])


def rows(table: Table) -> list[Row]:
    """The rows of a table."""
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def number(table: Table, column: str, where: Callable[[Row], bool]) -> float:
    """The number in the one row of which ``where`` is true.

    Raises:
        ValueError: There are none or several, or no number stands there.
    """
    (found,) = (row[column] for row in rows(table) if where(row))
    if not isinstance(found, int | float):
        raise ValueError(f"{column} is {found!r}, no number")
    return found


def spread(row: Row) -> Spread:
    """The spread that stands in a row as mean, sd and count."""
    mean, sd, count = (float(row[name] or 0) for name in ("mean", "sd", "count"))
    return Spread(mean, sd, int(count))


def _fields(values: Sequence[float]) -> Mapping[str, Value]:
    spread = Spread.of(values)
    return {"mean": spread.mean, "sd": spread.sd, "count": spread.count}
