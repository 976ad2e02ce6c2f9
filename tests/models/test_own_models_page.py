"""What docs/own-models.md shows runs, and its commands take the folder."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from explorer.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "own-models.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the page's blocks were run."""
    place = tmp_path_factory.mktemp("page")
    names = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
            exec(block, names)
    assert names["trace"].sizes["step"] == len("a text of yours.") + 1
    assert names["card"].tokenisation.begin == "<s>"
    return place


@pytest.mark.parametrize("name", ["trace", "search", "units"])
def test_a_command_of_the_page_takes_the_folder(folder, name, monkeypatch):
    monkeypatch.chdir(folder)
    (command,) = re.findall(rf"`gatescope ({name} .*?)`", PAGE)
    Path("FILE").write_text("some text, and more of it.\n" * 60, encoding="utf-8")
    more = ["--no-effects", "--json"] if name == "units" else []
    ended = CliRunner().invoke(main, [*shlex.split(command), *more], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    if name == "trace":
        assert "update" in Path("trace.csv").read_text(encoding="utf-8")
