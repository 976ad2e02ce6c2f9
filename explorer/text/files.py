"""Reads text files, plain or compressed."""

import lzma
from pathlib import Path

from explorer.errors import ExplorerError

MOST = 512 * 2**20
"""Bytes of a text: more than any corpus here has, and less than a laptop's memory."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file or pipe; one whose name ends in ``.xz`` is decompressed.

    Raises:
        ExplorerError: There is no such file, it is not readable as UTF-8 text, or it has more than
            `MOST` bytes.
    """
    try:
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
            content = file.read(MOST + 1)
        if len(content) > MOST:
            raise ExplorerError(
                "The file {path} contains more than {most} MB of text.",
                path=path,
                most=MOST // 2**20,
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise ExplorerError("There is no file {path}.", path=path) from None
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError):
        raise ExplorerError("The file {path} is not valid UTF-8 text.", path=path) from None
