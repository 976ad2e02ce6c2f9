"""What was asked and what every search found. Brings in torch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from numpy.typing import NDArray

from explorer.decoding.adapters.table import Table
from explorer.decoding.allowed_tokens import AllowedTokens
from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.exhaustive import space
from explorer.decoding.tree import SearchTree, Strategy
from explorer.search import hugging_face_search
from explorer.search.text_search import (
    TextSearch,
    continuation_search,
    translation_search,
    with_only,
)
from explorer.web.kit.frame import Frame
from explorer.web.pages.search.controls import Asked
from explorer.web.pages.search.parameters import AUTOMATIC
from explorer.web.pages.search.rules import Rules
from explorer.web.pages.search.search_job import Search, Watch, searched
from explorer.web.pages.search.table_editor import read_table
from explorer.web.shared import models
from explorer.web.shared.search_progress import MEMORY

_SOON = 10_000
"""Prefixes that exhaustive search has scored before anybody waits."""


@dataclass(frozen=True)
class Case:
    """A question and what the searches found.

    Attributes:
        asked: As it was asked.
        question: What the searches were given.
        trees: What each found, by its name, in the order shown; at least one.
        chosen: The search and the node that the reader chose, or the likeliest to be looked at.
    """

    asked: Asked
    question: TextSearch
    trees: Mapping[Strategy, SearchTree]
    chosen: tuple[Strategy, int]

    @property
    def tree(self) -> SearchTree:
        """The tree in which the reader chose a node."""
        return self.trees[self.chosen[0]]

    @property
    def prefix(self) -> tuple[int, ...]:
        """The tokens of the chosen prefix, one that ends it among them."""
        search, node = self.chosen
        return tuple(n.token for n in self.trees[search].path(node))


def question(asked: Asked) -> TextSearch:
    """What the searches are given.

    Raises:
        ExplorerError: The text is none that the model reads, or a token none that it writes; or a
            table's probabilities do not sum to one.
    """
    if asked.kind == "table":
        return _of_table(read_table(asked.text))
    if asked.kind == "translation":
        made = translation_search(models.translator(asked.subject), asked.text)
    elif asked.kind == "hugging face":
        made = hugging_face_search.question(*models.hugging_face(asked.subject), asked.text)
    else:
        model, card = models.pretrained(asked.subject)
        made = continuation_search(model, card.words, asked.text)
    return with_only(made, asked.rules.only) if asked.rules.only else made


def _of_table(table: Table) -> TextSearch:
    beginnings = {(): table.rows, **table.branches}
    return TextSearch(
        scorer=table,
        source=(),
        max_length=max(len(b) + len(rows) for b, rows in beginnings.items()),
        vocabulary=table.tokens,
        written=lambda found: " ".join(table.tokens[token] for token in found.tokens),
        read=lambda answer: tuple(map(table.tokens.index, answer.split())),
    )


def max_length(rules: Rules, made: TextSearch) -> int:
    """The most tokens that a search may write, the ending one included."""
    return made.max_length if rules.longest == AUTOMATIC else rules.longest


def budget(rules: Rules) -> Budget:
    """What exact or exhaustive search may cost: many sessions keep what theirs found."""
    return Budget(seconds=rules.seconds, memory=MEMORY)


def tokens(made: TextSearch) -> int:
    """|Y|: how many tokens may come."""
    scorer = made.scorer
    return len(scorer.tokens if isinstance(scorer, AllowedTokens) else made.vocabulary)


def find_tree(frame: Frame, asked: Asked, made: TextSearch, name: Strategy) -> SearchTree | None:
    """What one search finds; None while it still runs.

    Args:
        frame: The page's frame.
        asked: What is asked.
        made: What the searches are given.
        name: Of the search.

    Raises:
        ExplorerError: The search refuses what it is asked.
    """
    longest = max_length(asked.rules, made)
    if name == "exact" or (name == "exhaustive" and space(tokens(made), longest) > _SOON):
        key = (asked.subject, asked.text, asked.rules)
        return searched(frame, name, key, _long(asked, made, name))
    return soon_found(asked, made, name)


def soon_found(asked: Asked, made: TextSearch, name: Strategy) -> SearchTree:
    """What a search finds that is soon done, such as a beam's.

    Raises:
        ExplorerError: The search refuses what it is asked.
    """
    return _tree(asked.subject, asked.text, asked.rules, made, name)


def _long(asked: Asked, made: TextSearch, name: Strategy) -> Search:
    """A search that may take long: within its budget, watched and stopped."""
    rules = asked.rules

    def search(watch: Watch, stop: Callable[[], bool]) -> SearchTree:
        return decode(
            made.scorer,
            made.source,
            name,
            width=rules.width,
            alpha=rules.alpha,
            max_length=max_length(rules, made),
            budget=budget(rules),
            watch=watch,
            stop=stop,
        )

    return search


@st.cache_resource(max_entries=64, show_spinner=False)
def _tree(subject: str, text: str, rules: Rules, _made: TextSearch, name: Strategy) -> SearchTree:
    """What a search that is soon done finds. Shared by all sessions: a tree is never changed.

    The arguments before the last two say what it is; the question itself is not part of the key.
    """
    return decode(
        _made.scorer,
        _made.source,
        name,
        width=rules.width,
        alpha=rules.alpha,
        max_length=max_length(rules, _made),
        stopping=rules.stopping,
    )


@torch.inference_mode()
def next_log_probs(case: Case) -> NDArray[np.float64]:
    """The log-probabilities of all tokens after the chosen prefix, which has not ended, (V,)."""
    scorer = case.question.scorer
    state = scorer.start([case.question.source])
    for token in (scorer.begin, *case.prefix):
        log_probs, state = scorer.step(state, torch.tensor([token]))  # (1, V)
    given: NDArray[np.float64] = log_probs[0].double().numpy()
    return given
