"""Only plain files are opened, never more of them than a bound, and nothing waits."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.stored import regular

CONTENT = b"what was checked"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)  # the name of a socket has to be short
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    return path


def a_link(path: Path) -> None:
    path.rename("other")
    path.symlink_to("other")


def a_link_without_an_end(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "become", [a_link, a_link_without_an_end, a_link_to_itself, a_pipe, a_folder]
)
def test_what_is_no_plain_file_is_refused(file: Path, become: Callable[[Path], None]) -> None:
    become(file)
    with pytest.raises(ExplorerError, match="not a regular file") as raised:
        regular.read(file, most=100)
    assert str(file) in str(raised.value)


def test_a_socket_is_refused(file: Path) -> None:
    file.unlink()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("file")
        with pytest.raises((ExplorerError, OSError)):
            regular.read(file, most=100)


def test_a_plain_file_is_read_whole_and_only_up_to_the_bound(file: Path) -> None:
    assert regular.read(file, most=len(CONTENT)) == CONTENT
    with pytest.raises(ExplorerError, match=f"{len(CONTENT)} bytes; the limit is 3"):
        regular.read(file, most=3)
    with pytest.raises(FileNotFoundError):
        regular.read(file.with_name("none"), most=3)


def test_a_file_of_many_gigabytes_is_refused_unread(file: Path) -> None:
    os.truncate(file, 60 << 30)  # without a block on the disk
    with pytest.raises(ExplorerError, match="64424509440 bytes"):
        regular.read(file, most=1 << 20)


def test_a_folder_on_the_way_may_be_a_link(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    file.rename(tmp_path / "folder" / "file")
    (tmp_path / "link").symlink_to("folder")
    assert regular.read(tmp_path / "link" / "file", most=100) == CONTENT


def test_what_was_checked_is_what_is_read(file: Path) -> None:
    """The name is given to an endless device, then the file is cut, while it is open."""
    with regular.opened(file, most=100) as found:
        first = found.read(4)
        os.link(file, "same")
        a_link_without_an_end(file)
        assert first + found.read(found.size - 4) == CONTENT
    with regular.opened(Path("same"), most=100) as found:
        os.truncate("same", 3)
        with pytest.raises(ValueError, match="ends before"):
            found.read(found.size)


@pytest.mark.parametrize("become", [a_link, a_pipe, a_folder, lambda path: None])
def test_no_descriptor_is_left_open(file: Path, become: Callable[[Path], None]) -> None:
    become(file)
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(5):
        with pytest.raises(ExplorerError):
            regular.read(file, most=3)
    assert len(list(Path("/dev/fd").iterdir())) == before
