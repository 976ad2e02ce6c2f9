"""Reads JSON that may be a stranger's: of bounded size and depth, and nothing said twice."""

import json
from pathlib import Path
from typing import Any

from explorer.stored import regular

MOST = 4 << 20
"""Bytes; the largest of ours has 0.2 MB. Parsed, it may take fifteen times as much memory."""
_PARTS, _DEEPEST = 50_000, 16  # objects and lists: two bytes each, a hundred and more in memory


def read(path: Path, *, most: int = MOST) -> Any:
    """What the JSON file ``path`` holds.

    Raises:
        OSError: It cannot be opened; FileNotFoundError if there is none.
        ExplorerError: It is no plain file, or has more than ``most`` bytes.
        ValueError: It is not the JSON of one value, or one nested too deeply.
    """
    return parse(regular.read(path, most=most))


def parse(content: bytes | str) -> Any:
    """The value that a text in JSON, as UTF-8, stands for.

    Python's own parser also takes NaN and infinities, which are not JSON, and the last of several
    values that an object gives for a name; both are refused here.

    Raises:
        ValueError: It is no JSON, names something twice, has too many parts, or is nested too
            deeply.
    """
    text = content.decode() if isinstance(content, bytes) else content
    if text.count("{") + text.count("[") > _PARTS:
        raise ValueError("too many objects and lists")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check_depth(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object that gives a name two values")
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _check_depth(value: object) -> None:
    """Whoever walks through the value by recursion comes to its end."""
    level = [value] if isinstance(value, dict | list) else []
    for _depth in range(_DEEPEST):
        parts = [part.values() if isinstance(part, dict) else part for part in level]
        level = [one for inside in parts for one in inside if isinstance(one, dict | list)]
        if not level:
            return
    raise ValueError("nested too deeply")
