"""What the search page says of its searches."""

import time

from tests.pages.conftest import tables


def bill(app):
    """The table of the bill, by the search's name."""
    (table,) = tables(app)
    return table.set_index("search")


def complete(app, searches):
    """The page once its table has so many searches; on a busy machine a search takes its time."""
    deadline = time.monotonic() + 60
    while len(tables(app)[0]) < searches and time.monotonic() < deadline:
        app.run()
    return app


def said(app):
    return [element.value for element in app.markdown]
