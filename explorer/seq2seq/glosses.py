"""What French words mean, for readers who have no French: a small dictionary, one sense a word.

It has the words of the project's own sentences as the shipped models translate them, and the most
frequent others. A gloss knows nothing of the sentence around the word.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

Reader = Literal["en", "zh"]
"""The language of whoever reads."""


def gloss(word: str, reader: Reader) -> str | None:
    """A French word in the reader's language; None if the dictionary does not have it."""
    return _dictionary(reader).get(word.lower())


@cache
def _dictionary(reader: Reader) -> Mapping[str, str]:
    text = files("explorer.seq2seq").joinpath("glosses.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines())
    column = header.index({"en": "english", "zh": "chinese"}[reader])
    return MappingProxyType({line[0]: line[column] for line in lines})
