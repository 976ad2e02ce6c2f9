"""Measured rows as the columns that a result keeps."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

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
    return columns([{**others, **vars(Spread.of(of))} for others, of in groups.values()])


def rows(table: Table, **where: Value) -> list[Row]:
    """The rows of a table, of those alone that have these values in the columns of these names."""
    every = (dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True))
    return [row for row in every if where.items() <= row.items()]


def one_row(table: Table, **where: Value) -> Row:
    """The one row that has these values in the columns of these names.

    Raises:
        ValueError: There are none or several.
    """
    (found,) = rows(table, **where)
    return found


def column(found: Iterable[Row], name: str) -> list[float]:
    """The numbers of a column; 0 for one that was not finite, which a result keeps as None."""
    return [float(row[name] or 0) for row in found]


def spread(row: Row) -> Spread:
    """The spread that stands in a row as mean, sd and count."""
    mean, sd, count = (float(row[name] or 0) for name in ("mean", "sd", "count"))
    return Spread(mean, sd, int(count))
