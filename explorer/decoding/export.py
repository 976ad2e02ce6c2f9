"""A search tree as plain values for JSON; ``docs/search-tree.md`` describes them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import explorer
from explorer.decoding.beam import Stopping
from explorer.decoding.budget import Budget
from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.plain_values import number, plain
from explorer.decoding.tree import FATES, REASONS, SearchTree

VERSION = 2
"""Of the format; 1 did not say what was asked."""

UNLIMITED = Budget()


@dataclass(frozen=True)
class Origin:
    """What a search was asked for that its tree does not say.

    Args:
        model: The model's name or folder.
        source: What was decoded, as text.
        stopping: When the beam was to stop.
        tokens: The only tokens that might come; None for all.
        budget: When exact or exhaustive search was to stop.
    """

    model: str
    source: str
    stopping: Stopping = "first k"
    tokens: Sequence[str] | None = None
    budget: Budget = UNLIMITED


def about(tree: SearchTree, origin: Origin | None) -> dict[str, Any]:
    """The versions, the model, the source, and the rules of the search, as far as they are known.

    Args:
        tree: What the search found.
        origin: What it was asked for; its fields are None if it is not given.
    """
    searches = tree.strategy in ("exhaustive", "exact")
    budget = origin.budget if origin and searches else UNLIMITED
    return {
        "version": VERSION,
        "gatescope": explorer.__version__,
        "model": origin and origin.model,
        "source": origin and origin.source,
        "rules": {
            "strategy": tree.strategy,
            "width": tree.width,
            "alpha": tree.alpha,
            "max_length": tree.max_length,
            "stopping": origin.stopping if origin and tree.strategy == "beam" else None,
            "tokens": list(origin.tokens) if origin and origin.tokens is not None else None,
            "budget_prefixes": number(budget.nodes),
            "budget_seconds": number(budget.seconds),
            "budget_bytes": number(budget.memory),
        },
    }


def to_json(tree: SearchTree, origin: Origin | None = None) -> dict[str, Any]:
    """The whole tree: what was asked, what was found, and every prefix by column.

    Infinities and NaN, which JSON does not have, become None.

    Args:
        tree: What the search found.
        origin: What it was asked for, if that shall stand in it.
    """
    return {
        **about(tree, origin),
        "strategy": tree.strategy,
        "width": tree.width,
        "alpha": tree.alpha,
        "max_length": tree.max_length,
        "end": tree.end,
        "stopped": tree.stopped,
        "unfinished": tree.unfinished,
        "proved_optimal": tree.proved_optimal,
        "gap": number(tree.gap),
        "bill": asdict(tree.bill),
        "best": tree.best,
        "n_best": [hypothesis_json(tree, hypothesis) for hypothesis in tree.n_best],
        "words": {str(token): word for token, word in tree.words.items()},
        "nodes": {
            **{name: plain(tree.nodes[name]) for name in tree.nodes.dtype.names or ()},
            "fate": [FATES[fate] for fate in tree.nodes["fate"].tolist()],
            "reason": [REASONS[reason] for reason in tree.nodes["reason"].tolist()],
        },
    }


def hypothesis_json(tree: SearchTree, hypothesis: Hypothesis) -> dict[str, Any]:
    """A hypothesis with the words of its tokens; its length counts the ending token."""
    return {
        "tokens": [tree.word(token) for token in hypothesis.tokens],
        "log_prob": hypothesis.log_prob,
        "score": hypothesis.score,
        "length": len(hypothesis.tokens) + hypothesis.finished,
        "finished": hypothesis.finished,
    }
