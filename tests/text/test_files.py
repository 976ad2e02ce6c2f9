"""Text files of the commands, bounded before they are kept."""

import lzma
import os
import threading
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.text import files
from explorer.text.files import read_text


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 2**20)


@pytest.mark.parametrize("ending", ["txt", "xz"])
def test_a_text_of_the_greatest_size_is_read_and_one_byte_more_is_refused(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"text.{ending}"
    for size in (2**20, 2**20 + 1):
        content = b"a" * size
        path.write_bytes(lzma.compress(content) if ending == "xz" else content)
        if size <= files.MOST:
            assert len(read_text(path)) == size
        else:
            with pytest.raises(ExplorerError, match="more than 1 MB"):
                read_text(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_an_end_has_one_here() -> None:
    with pytest.raises(ExplorerError, match="more than 1 MB"):
        read_text(Path("/dev/zero"))


def test_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text("text"))
    writer.start()
    assert read_text(tmp_path / "pipe") == "text"
    writer.join()


@pytest.mark.parametrize("content", [b"no xz", lzma.compress(b"abc")[:-9]])
def test_a_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xz").write_bytes(content)
    with pytest.raises(ExplorerError, match="not valid"):
        read_text(tmp_path / "a.xz")
