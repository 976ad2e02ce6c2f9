"""`decode`: every search behind one call, with the scorer and the options checked."""

import reprlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, get_args

import numpy as np

from explorer.decoding.beam import Stopping
from explorer.decoding.budget import Budget, Progress
from explorer.decoding.exact import exact
from explorer.decoding.exhaustive import exhaustive
from explorer.decoding.scorer import S, Scorer, words_of
from explorer.decoding.self_check import self_check
from explorer.decoding.traced_beam import beam, greedy
from explorer.decoding.tree import SearchTree, Strategy
from explorer.decoding.validating import Validating
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
    budget: Budget | str | None = None,
    watch: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
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
        budget: Of exact and exhaustive search: when they stop without a proof; a `Budget`, or
            the text of one, such as ``"5s"``.
        watch: Told of every batch of these two.
        stop: Asked before every batch of these two whether to stop.

    Returns:
        All that the search looked at, with what it found and cost.

    Raises:
        ExplorerError: A value is none that the search can have, this is no scorer, the space
            is too large for exhaustive search, or the scorer gives NaN or a positive
            log-probability.
    """
    _check(scorer, strategy, stopping, [watch, stop])
    held, budget = Validating(scorer), _budget(budget)
    width, alpha, max_length = map(_plain, (width, alpha, max_length))
    if strategy == "greedy":
        tree = greedy(held, source, max_length=max_length, alpha=alpha)
    elif strategy == "beam":
        tree = beam(
            held, source, width=width, max_length=max_length, alpha=alpha, stopping=stopping
        )
    else:
        tree = (exact if strategy == "exact" else exhaustive)(
            held,
            source,
            max_length=max_length,
            alpha=alpha,
            width=width,
            budget=budget,
            watch=watch or (lambda progress: None),
            stop=stop or (lambda: False),
        )
    self_check(scorer, source, tree)
    tokens = np.unique(tree.nodes["token"]).tolist()
    return replace(tree, words=words_of(scorer, tokens))


def _plain(given: Any) -> Any:
    """A number of NumPy or torch as one of Python's; anything else as it is."""
    return given.item() if hasattr(given, "item") and np.ndim(given) == 0 else given


def _budget(given: Budget | str | None) -> Budget | None:
    if isinstance(given, Budget | None):
        return given
    if not isinstance(given, str):
        raise ExplorerError(
            "A budget must be an explorer.decoding.budget.Budget or text such as “5s”, not "
            "{found}.",
            found=reprlib.repr(given),
        )
    return Budget.parse(given)


def _check(scorer: object, strategy: object, stopping: object, called: Sequence[object]) -> None:
    if not all(hasattr(scorer, name) for name in ("begin", "end", "start", "step")):
        raise ExplorerError(
            "A search needs a scorer, an object with begin, end, start and step, not a {kind}.",
            kind=type(scorer).__name__,
        )
    if strategy not in get_args(Strategy):
        raise ExplorerError(
            "There is no search “{strategy}”; choose from {known}.",
            strategy=strategy,
            known=", ".join(get_args(Strategy)),
        )
    if stopping not in get_args(Stopping):
        raise ExplorerError(
            "Beam search has no stopping rule “{stopping}”; choose from {known}.",
            stopping=stopping,
            known=", ".join(map(repr, get_args(Stopping))),
        )
    for function in called:
        if function is not None and not callable(function):
            raise ExplorerError(
                "The callback of a search must be a function, not {found}.",
                found=reprlib.repr(function),
            )
