"""Reads text files, plain or compressed. Knows nothing of what is in them."""

import lzma
from pathlib import Path

from explorer.errors import ExplorerError


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; one whose name ends in ``.xz`` is decompressed.

    Raises:
        ExplorerError: There is no such file, or it is not readable as UTF-8 text.
    """
    try:
        content = path.read_bytes()
        plain = lzma.decompress(content) if path.suffix == ".xz" else content
        return plain.decode("utf-8-sig")
    except FileNotFoundError:
        raise ExplorerError("There is no file {path}.", path=path) from None
    except (OSError, lzma.LZMAError, UnicodeDecodeError):
        raise ExplorerError("The file {path} is not readable as UTF-8 text.", path=path) from None
