"""Writes a file whole or not at all."""

import os
import secrets
import stat
from pathlib import Path

from explorer.errors import ExplorerError


def write_whole(path: Path | str, content: bytes | str) -> None:
    """Write a file beside its place and then move it there, so that no half of it is ever seen.

    A link is followed, so that it stays one. What is no regular file, such as a pipe or
    ``/dev/stdout``, cannot be replaced and is written to. A new file has the permissions that the
    umask gives, one that was there keeps its own.

    Args:
        path: Where to.
        content: Its bytes, or a text that is written as UTF-8.

    Raises:
        ExplorerError: It cannot be written; what stood there before still stands there.
    """
    try:
        data = content.encode() if isinstance(content, str) else content
        there = _mode(path)
        if there is not None and not stat.S_ISREG(there):
            Path(path).write_bytes(data)  # its name, since a pipe's link leads to no file
        else:
            _replace(Path(path).resolve(), data, mode=there)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExplorerError(
            "The file {path} cannot be written: {reason}.", path=path, reason=reason
        ) from error


def _mode(path: Path | str) -> int | None:
    """Kind and permissions of what stands at a path; None where nothing does."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116  # a text that is no path is refused here too
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, *, mode: int | None) -> None:
    # Python's temporary files are private to their owner, whatever the umask says.
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
