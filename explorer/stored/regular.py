"""Opens files that may be a stranger's: plain files only, and never more of them than a bound.

A link may lead to a device that has no end, and opening a named pipe waits for whoever writes into
it. So no link is followed, nothing waits, and kind and size are asked of the open file: its name
may mean another file a moment later.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from explorer.errors import ExplorerError

_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)  # not every system has all of them


@dataclass(frozen=True)
class RegularFile:
    """An open file of a known size.

    Attributes:
        size: Bytes that it had when it was opened.
    """

    size: int
    _file: BinaryIO

    def read(self, count: int) -> bytes:
        """The next ``count`` bytes.

        Raises:
            ValueError: There are fewer: the file has become shorter.
        """
        content = self._file.read(count)
        if content is None or len(content) != count:
            raise ValueError(f"the file ends before {count} more bytes")
        return content


@contextmanager
def opened(path: Path, *, most: int) -> Iterator[RegularFile]:
    """The file ``path``, open for as long as the context.

    Folders on the way to it may be links, the file itself may not.

    Args:
        path: The file.
        most: The most bytes that it may have.

    Raises:
        OSError: It cannot be opened; FileNotFoundError if there is none.
        ExplorerError: It is no plain file, or is larger.
    """
    descriptor = _descriptor(path)
    try:
        size = _checked_size(path, os.fstat(descriptor), most)
        with open(descriptor, "rb", closefd=False) as file:
            yield RegularFile(size, file)
    finally:
        os.close(descriptor)


def read(path: Path, *, most: int) -> bytes:
    """All of the file ``path``, under the same conditions as `opened`."""
    with opened(path, most=most) as file:
        return file.read(file.size)


def _descriptor(path: Path) -> int:
    try:
        return os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:  # what O_NOFOLLOW says of a link
            raise _not_plain(path) from None
        raise


def _checked_size(path: Path, status: os.stat_result, most: int) -> int:
    if not stat.S_ISREG(status.st_mode):
        raise _not_plain(path)
    if status.st_size > most:
        raise ExplorerError(
            "The file {path} was not read: it has {size} bytes; the limit is {most}.",
            path=path,
            size=status.st_size,
            most=most,
        )
    return status.st_size


def _not_plain(path: Path) -> ExplorerError:
    return ExplorerError(
        "The file {path} was not read: it is a link, a folder, a pipe or a device, not a "
        "regular file.",
        path=path,
    )
