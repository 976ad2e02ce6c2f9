"""All that the address of the search page may say."""

from types import MappingProxyType
from typing import Literal, TypeAlias

from explorer.decoding.tree import Strategy
from explorer.locale import N_
from explorer.saving.tree_words import STRATEGIES
from explorer.text.limits import LONGEST as LONGEST_TEXT
from explorer.text.numbers import read_whole
from explorer.web.kit.parameters import (
    Choice,
    Decimal,
    Parameters,
    Several,
    Text,
    Whole,
    Written,
)
from explorer.web.kit.views import show_parameter
from explorer.web.pages.search.searchable_models import TABLE
from explorer.web.pages.search.views import VIEWS
from explorer.web.shared.claims.parameters import CLAIMS
from explorer.web.shared.parameters import ALPHA as ANY_ALPHA
from explorer.web.shared.parameters import REFERENCE

THE_BOOKS = ""
"""The book's own table."""
AUTOMATIC = 0
"""The greatest length that the subject itself asks for."""
Stopping: TypeAlias = Literal["first k", "nothing can win"]
_OF_SUBJECT = ("of",)


def _check_table(text: str) -> str:
    from explorer.web.pages.search.table_editor import numbers  # brings in torch

    numbers(text)
    return text


def _read_node(text: str) -> str:
    """A node is written as ``beam.17``, the empty prefix of the last tree as nothing."""
    name, _dot, number = text.partition(".")
    if text and (not name or read_whole(number) < 0):
        raise ValueError(text)
    return text


SUBJECT = Choice("of", TABLE)
TEXT = Text("text", of=_OF_SUBJECT, most=LONGEST_TEXT)
TABLE_VALUES = Written("table", THE_BOOKS, _check_table, of=_OF_SUBJECT)
SEARCHES: Several[Strategy] = Several("searches", (), STRATEGIES, of=_OF_SUBJECT)
WIDTH = Whole("width", 5, 1, 50, of=_OF_SUBJECT)
ALPHA = Decimal("alpha", ANY_ALPHA.default, ANY_ALPHA.lowest, ANY_ALPHA.highest, of=_OF_SUBJECT)
LONGEST = Whole("longest", AUTOMATIC, AUTOMATIC, 100, of=_OF_SUBJECT)
STOP: Choice[Stopping] = Choice(
    "stop",
    "nothing can win",
    MappingProxyType(
        {
            "first k": N_("once k hypotheses are finished"),
            "nothing can win": N_("when nothing can win any more"),
        }
    ),
    of=_OF_SUBJECT,
)
SECONDS = Whole("seconds", 10, 1, 60, of=_OF_SUBJECT)
ONLY = Text("only", of=_OF_SUBJECT)
SHOW = show_parameter(VIEWS, of=_OF_SUBJECT)
#: A node of a tree, which is another tree under other rules.
NODE = Written(
    "node", "", _read_node, of=("text", "table", "width", "alpha", "longest", "stop", "only")
)
PART = Choice(
    "part",
    "next",
    MappingProxyType({"next": N_("Next tokens"), "inside": N_("Gates and state")}),
)
RANK = Decimal("rank", 0.0, 0.0, 2.0, of=_OF_SUBJECT)
DRAWS = Whole("draws", 20, 1, 100)
SEED = Whole("seed", 0, 0, 9999)
TEMPERATURE = Decimal("temperature", 1.0, 0.05, 5.0)
TOP_K = Whole("topk", 1, 1, 1, of=("of", "only"))
TOP_P = Decimal("topp", 1.0, 0.01, 1.0)
#: Of an opened file; a file itself is in no address.
SENTENCE = Whole("sentence", 1, 1, 1_000_000)

PARAMETERS: Parameters = (
    *(SUBJECT, TEXT, TABLE_VALUES, SEARCHES, SHOW, NODE),
    *(WIDTH, ALPHA, LONGEST, STOP, SECONDS, ONLY),
    *(PART, RANK, REFERENCE),
    *(DRAWS, SEED, TEMPERATURE, TOP_K, TOP_P, SENTENCE),
    *CLAIMS,
)
