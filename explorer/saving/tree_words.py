"""What is said of a search beside its tree: what it found, what that cost, whether it is proved."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.decoding.tree import SearchTree, Strategy
from explorer.locale import N_, Translate
from explorer.text.numbers import decimal

STRATEGIES: Mapping[Strategy, str] = MappingProxyType(
    {
        "greedy": N_("Greedy"),
        "beam": N_("Beam"),
        "exhaustive": N_("Exhaustive"),
        "exact": N_("Exact"),
    }
)
"""What each search is called, to be translated where it is shown."""
_EARLY = frozenset(("nodes", "seconds", "memory", "asked"))


def bill(tree: SearchTree, _: Translate) -> str:
    """The best's log-probability and score, the costs, and the verdict."""
    best, cost = tree.n_best[0], tree.bill
    return _(
        "log p {log_prob}, score {score} · {calls} decoder calls, {scored} continuations, "
        "{seconds} s · {verdict}"
    ).format(
        log_prob=decimal(best.log_prob, 3),
        score=decimal(best.score, 3),
        calls=f"{cost.decoder_calls:,}",
        scored=f"{cost.continuations_scored:,}",
        seconds=decimal(cost.seconds, 3),
        verdict=verdict(tree, _),
    )


def kept(tree: SearchTree, _: Translate) -> str:
    """How much there is of a search that was read from a file: what it cost is not known."""
    return _("{count} hypotheses, {nodes} prefixes, α = {alpha}").format(
        count=f"{len(tree.finished):,}", nodes=f"{len(tree):,}", alpha=f"{tree.alpha:g}"
    )


def verdict(tree: SearchTree, _: Translate) -> str:
    """Whether the best is proved to be the best of all, and whether the search was stopped."""
    if tree.proved_optimal:
        said = _("proved optimal")
    elif tree.unfinished == "length":
        said = _("truncated at the maximum length; no hypothesis finished")
    elif tree.unfinished == "dead end":
        said = _("a dead end; no hypothesis finished")
    elif tree.unfinished:
        said = _("no hypothesis finished")
    else:
        said = _("the best possible score is at most {gap} higher").format(gap=decimal(tree.gap, 3))
    early = _("stopped early")
    if tree.stopped == "memory":
        early = _("stopped at its memory limit")
    return f"{early} · {said}" if tree.stopped in _EARLY else said
