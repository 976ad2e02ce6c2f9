"""Writes what a command made."""

from pathlib import Path

from explorer.errors import ExplorerError


def write(text: str, path: Path) -> None:
    """Write a file, as UTF-8.

    Raises:
        ExplorerError: It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExplorerError(
            "The file {path} cannot be written: {reason}.", path=path, reason=error.strerror
        ) from None
