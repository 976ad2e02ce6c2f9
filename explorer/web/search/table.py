"""The table that is searched: the book's, or the reader's change of it."""

from explorer.decoding.table import BOOK, Table
from explorer.web.frame import Frame


def ask_table(frame: Frame) -> tuple[Table, str]:
    """The table, and how the address writes it; "" for the book's."""
    return BOOK, ""
