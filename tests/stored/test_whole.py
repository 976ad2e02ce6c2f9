"""Files are whole or absent, and belong to whom the umask says."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.stored import whole
from explorer.stored.whole import write_whole


@pytest.mark.parametrize("content", ["é", b"\x00\xff"])
def test_what_is_written_is_what_stands_there(tmp_path: Path, content: bytes | str) -> None:
    for _ in range(2):  # the second replaces the first
        write_whole(tmp_path / "a", content)
    expected = content.encode() if isinstance(content, str) else content
    assert (tmp_path / "a").read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize(("umask", "mode"), [("022", 0o644), ("007", 0o660)])
def test_the_umask_gives_the_permissions(tmp_path: Path, umask: str, mode: int) -> None:
    code = f"import os; os.umask(0o{umask}); from explorer.stored.whole import write_whole; "
    code += f"write_whole({str(tmp_path / 'a')!r}, '')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a", "before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", full)
    with pytest.raises(ExplorerError, match="No space left on device"):
        write_whole(tmp_path / "a", "after")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "before"


def test_a_reader_never_sees_half(tmp_path: Path) -> None:
    path, done = tmp_path / "a", threading.Event()
    wholes = [str(n) * 200_000 for n in range(2)]
    write_whole(path, wholes[0])
    seen = set()

    def look() -> None:
        while not done.is_set():
            seen.add(path.read_text())

    reader = threading.Thread(target=look)
    reader.start()
    for n in range(60):
        write_whole(path, wholes[n % 2])
    done.set()
    reader.join()
    assert seen <= {*wholes}


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    write_whole(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_text() == "text"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_whole(pipe, "text")
    reader.join()
    assert read == ["text"]
    assert pipe.is_fifo()


def test_a_file_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0o600)
    write_whole(tmp_path / "a", "text")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_name_may_be_as_long_as_the_file_system_lets_it(tmp_path: Path) -> None:
    write_whole(tmp_path / ("字" * 80), "text")
    assert (tmp_path / ("字" * 80)).read_text() == "text"


def test_standard_output_may_be_a_pipe() -> None:
    code = "from explorer.stored.whole import write_whole; write_whole('/dev/stdout', 'text')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "text"


def test_a_loop_of_links_and_a_text_that_is_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name, content in (("loop", "text"), ("a", "\udcff")):
        with pytest.raises(ExplorerError, match="cannot be written"):
            write_whole(tmp_path / name, content)


@pytest.mark.parametrize("name", ["no folder/a", "a\x00b", "x" * 300])
def test_a_place_that_cannot_be_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExplorerError, match="cannot be written"):
        write_whole(tmp_path / name, "")
