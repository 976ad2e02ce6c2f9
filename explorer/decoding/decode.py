"""Every search behind one call. Knows nothing of models and words."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, get_args

import numpy as np

from explorer.decoding.beam import Stopping
from explorer.decoding.budget import Budget
from explorer.decoding.checked import Checked
from explorer.decoding.exact import exact
from explorer.decoding.exhaustive import exhaustive
from explorer.decoding.progress import Progress
from explorer.decoding.recorded import beam, greedy
from explorer.decoding.scorer import S, Scorer, words_of
from explorer.decoding.tree import SearchTree, Strategy
from explorer.errors import ExplorerError

Source = TypeVar("Source")


def decode(
    scorer: Scorer[Source, S],
    source: Source,
    strategy: Strategy = "beam",
    *,
    width: int = 5,
    alpha: float = 0.75,
    max_length: int = 20,
    stopping: Stopping = "first k",
    budget: Budget | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> SearchTree:
    """Search for the sequence of the highest score, log p / Lᵅ, L counting its end.

    Args:
        scorer: Gives the probabilities.
        source: What is decoded; whatever the scorer takes.
        strategy: ``"greedy"``, ``"beam"``, ``"exhaustive"`` or ``"exact"``.
        width: Prefixes that a beam keeps; of the other searches, the most hypotheses in `n_best`,
            and for exact search the width of the beam that gives the first bound.
        alpha: The exponent of the length; 0 ranks by log p alone.
        max_length: The greatest number of tokens, the ending one included.
        stopping: Of a beam: once ``width`` hypotheses are finished, or when nothing can win.
        budget: Of exact and exhaustive search: when they stop without a proof.
        watch: Told of every batch of these two.
        stop: Asked before every batch of these two whether to stop.

    Returns:
        All that the search looked at, with what it found and cost.

    Raises:
        ExplorerError: A value is none that the search can have, the space is too large for
            exhaustive search, or the scorer gives NaN or a positive log-probability.
    """
    held = Checked(scorer)
    if strategy == "greedy":
        tree = greedy(held, source, max_length=max_length, alpha=alpha)
    elif strategy == "beam":
        tree = beam(
            held, source, width=width, max_length=max_length, alpha=alpha, stopping=stopping
        )
    elif strategy in ("exhaustive", "exact"):
        tree = (exact if strategy == "exact" else exhaustive)(
            held,
            source,
            max_length=max_length,
            alpha=alpha,
            width=width,
            budget=budget,
            watch=watch,
            stop=stop,
        )
    else:
        raise ExplorerError(
            "There is no search “{strategy}”; there are {known}.",
            strategy=strategy,
            known=", ".join(get_args(Strategy)),
        )
    tokens = np.unique(tree.columns.token).tolist()
    return replace(tree, words=words_of(scorer, tokens))
