"""Opens a file of a search by its layout. It may be a stranger's: bounded, and only data.

A file may hold the searches of many sentences; one of them is read.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.decoding.adapters.foreign import ctranslate2, fairseq, moses, saved_tree, sockeye
from explorer.decoding.adapters.foreign.replay import Replay
from explorer.errors import ExplorerError
from explorer.stored import document, regular

MOST = 16 << 20
"""Bytes of a file."""


def read(path: Path, *, sentence: int = 1, alpha: float | None = None) -> Replay:
    """The search of a file for one of its sentences.

    Args:
        path: A plain file.
        sentence: Its place in the file, from 1.
        alpha: The exponent of the length that scores were divided by, for files that do not say it.

    Raises:
        ExplorerError: The file cannot be opened, is too large, has none of the layouts or no such
            sentence, or what it says cannot be.
    """
    try:
        content = regular.read(path, most=MOST)
    except OSError as error:
        raise ExplorerError(
            "The file {path} cannot be read: {reason}.",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from None
    return parse(content, sentence=sentence, alpha=alpha)


def parse(content: bytes, *, sentence: int = 1, alpha: float | None = None) -> Replay:
    """The search of a file's content for one of its sentences; see `read`."""
    if len(content) > MOST:
        raise ExplorerError(
            "The file has {size} bytes; the limit is {most}.", size=len(content), most=MOST
        )
    try:
        text = content.decode("utf-8-sig")
        kind = _kind(text)
        return kind(text, sentence, alpha)
    except ExplorerError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        raise ExplorerError(
            "The file holds no search that can be opened: a search tree saved as JSON, an n-best "
            "list of Moses or Marian, the output of fairseq-generate, results of CTranslate2 as "
            "JSON, or a beam history of Sockeye 1 ({reason}).",
            reason=str(error)[:120] or type(error).__name__,
        ) from None


def _kind(text: str) -> Callable[[str, int, float | None], Replay]:
    if text.lstrip()[:1] in ("{", "["):
        return _of_json
    if re.search(r"^H-\d+\t", text, re.MULTILINE):
        return _of_fairseq
    if re.match(r"\s*\d+ \|\|\| ", text):
        return _of_moses
    raise ValueError("an unknown layout")


def _of_json(text: str, sentence: int, alpha: float | None) -> Replay:
    values = list(_values(text))
    values = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    value = _chosen(values, sentence)
    if saved_tree.is_tree(value):
        return saved_tree.replay(value)
    if sockeye.is_history(value):
        return _counted(sockeye.replay(value, alpha=alpha), len(values))
    if ctranslate2.is_result(value):
        return _counted(ctranslate2.replay(value, alpha=alpha), len(values))
    raise ValueError("JSON of something else")


def _values(text: str) -> Iterator[Any]:
    """The JSON of the file, or of each of its lines."""
    try:
        yield document.parse(text)
    except json.JSONDecodeError:
        for line in filter(str.strip, text.splitlines()):
            yield document.parse(line)


def _of_fairseq(text: str, sentence: int, alpha: float | None) -> Replay:
    by_number: dict[str, list[str]] = {}
    for line in text.splitlines():
        if found := re.match(r"[SHPTD]-(\d{1,18})\t", line):
            by_number.setdefault(found.group(1), []).append(line)
    numbers = sorted((n for n, some in by_number.items() if _has_h(some)), key=int)
    lines = by_number[_chosen(numbers, sentence)]
    return _counted(fairseq.replay(lines, alpha=alpha), len(numbers))


def _has_h(lines: list[str]) -> bool:
    return any(line.startswith("H-") for line in lines)


def _of_moses(text: str, sentence: int, alpha: float | None) -> Replay:
    by_number: dict[str, list[str]] = {}
    for line in filter(str.strip, text.splitlines()):
        by_number.setdefault(line.split("|||", 1)[0].strip(), []).append(line)
    number = _chosen(list(by_number), sentence)
    return _counted(moses.replay(by_number[number], alpha=alpha), len(by_number))


def _chosen(some: list[Any], sentence: int) -> Any:
    if not 1 <= sentence <= len(some):
        raise ExplorerError(
            "The file has searches for {count} sentences: there is no number {sentence}.",
            count=len(some),
            sentence=sentence,
        )
    return some[sentence - 1]


def _counted(found: Replay, count: int) -> Replay:
    return replace(found, count=count)
