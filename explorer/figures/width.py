"""What an altair chart does on a phone and on a wide page: it learns its width when it is drawn."""

import json
from collections.abc import Mapping, Sequence

import altair as alt

#: Pixels from which a chart counts as wide.
_WIDE = 560


def by_width(narrow: object, wide: object) -> alt.ExprRef:
    """One value for a phone and one for a wide page; each may be an expression."""
    return alt.ExprRef(f"width < {_WIDE} ? {_written(narrow)} : {_written(wide)}")


def _written(value: object) -> str:
    return str(value.expr) if isinstance(value, alt.ExprRef) else json.dumps(value)


def labels_by_width(narrow: Mapping[str, Sequence[str]], wide: Mapping[str, Sequence[str]]) -> str:
    """The expression of an axis whose labels have other lines on a phone than on a wide page.

    Args:
        narrow: Label → its lines.
        wide: The same.
    """
    # A label is data, so it is looked up and never part of the expression.
    kept = {"narrow": dict(narrow), "wide": dict(wide)}
    return f"({json.dumps(kept)})[width < {_WIDE} ? 'narrow' : 'wide'][datum.label]"
