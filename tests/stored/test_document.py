"""JSON of strangers: what Python's own parser reads, but for what is no JSON or has no bound."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.stored import document

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_json_writes_is_read(value: object) -> None:
    text = json.dumps(value, ensure_ascii=True)
    assert document.parse(text) == document.parse(text.encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        '{"loss": -Infinity}',
        '{"layers": 1, "layers": 1000000}',
        '{"a": {"b": 1, "b": 1}}',
        "[" * 17 + "]" * 17,
        "[" * 200_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 20 + "1" + "}" * 20,
        "[" + "{}," * 50_000 + "0]",
        "1" * 5000,
        "{} {}",
        b"\xff\xfe{\0}\0",
    ],
    ids=lambda text: str(text[:30]),
)
def test_what_is_no_json_or_has_no_bound_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (json's own sentences and ours)
        document.parse(text)


def test_depth_is_bounded_and_not_a_level_before() -> None:
    assert document.parse("[" * 16 + "]" * 16)


def test_a_document_is_a_plain_file_of_bounded_size(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"a": [1, 2]}', encoding="utf-8")
    assert document.read(path) == {"a": [1, 2]}
    with pytest.raises(ExplorerError, match="13 bytes"):
        document.read(path, most=12)
