"""Measured rows as the dots and lines of the figures that show the claims."""

from collections.abc import Sequence

from explorer.experiments.experiment import Spread
from explorer.experiments.tables import Row, column
from explorer.figures.measured import Dot, Line, Look


def spread_dot(category: str, look: Look, of: Spread) -> Dot:
    """A mean with its standard deviation."""
    return Dot(category, look, of.mean, of.sd)


def spread_line(look: Look, found: Sequence[Row], x: str) -> Line:
    """The means of rows and their standard deviations, over the numbers of column ``x``."""
    return Line(look, column(found, x), column(found, "mean"), column(found, "sd"))
