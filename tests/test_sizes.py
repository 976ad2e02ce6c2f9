"""No file is too long to be read at once."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST = {"app.py": 80, "pages": 80, "explorer": 300, "benchmarks": 300, "tests": 300}
"""Lines."""


def too_long(root: Path) -> list[str]:
    """Sources with more lines than their folder allows."""
    found = []
    for name, most in MOST.items():
        for path in (root / name, *(root / name).rglob("*")):
            if path.suffix in {".py", ".js", ".css"} and path.is_file():
                lines = len(path.read_text("utf-8").splitlines())
                found += [f"{path.relative_to(root)}: {lines}"] * (lines > most)
    return found


def test_no_file_is_too_long() -> None:
    assert not too_long(ROOT)


@pytest.mark.parametrize(
    "name", ["explorer/web/kit/deep.js", "pages/gru.py", "app.py", "tests/text/test_long.py"]
)
def test_a_long_file_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("1\n" * 301, "utf-8")
    assert too_long(tmp_path) == [f"{name}: 301"]
