"""The trees of all searches, side by side, each with its answer and its bill."""

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import SearchTree
from explorer.text.numbers import decimal
from explorer.web.components.tree import Panel, trees
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.result import Case

MOST = 600
"""Prefixes that are drawn of one tree."""
_EARLY = frozenset(("nodes", "seconds", "memory", "asked"))


def show_trees(frame: Frame, case: Case) -> None:
    """One picture with one clock; a click chooses a prefix."""
    trees(panels(frame, case), key=frame.address.key("trees"))


def panels(frame: Frame, case: Case) -> list[Panel]:
    """A panel a search, in the order shown."""
    titles = search_titles()
    return [_panel(frame, case, tree, titles[name]) for name, tree in case.trees.items()]


def answer(frame: Frame, case: Case, tree: SearchTree) -> str:
    """The best that a search found, as text."""
    return written(frame, case, tree.n_best[0])


def written(frame: Frame, case: Case, found: Hypothesis) -> str:
    """A hypothesis as text: in words where it is empty, with an ellipsis where it has no end."""
    if not found.finished:
        return f"{case.question.written(found)} …"
    return case.question.written(found) if found.tokens else _("(empty: it ends at once)")


def why_unfinished(frame: Frame, tree: SearchTree) -> str:
    """Why the best of a search has not ended."""
    if tree.unfinished == "length":
        return _("It was truncated at the maximum length, {length} tokens.").format(
            length=tree.max_length
        )
    if tree.unfinished == "dead end":
        return _("It reached a dead end: no token may follow.")
    return _("The search was stopped before any hypothesis finished.")


def verdict(frame: Frame, tree: SearchTree) -> str:
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


def _panel(frame: Frame, case: Case, tree: SearchTree, name: str) -> Panel:
    best, bill = tree.n_best[0], tree.bill
    said = _(
        "log p {log_prob}, score {score} · {calls} decoder calls, {scored} continuations, "
        "{seconds} s · {verdict}"
    ).format(
        log_prob=decimal(best.log_prob, 3),
        score=decimal(best.score, 3),
        calls=f"{bill.decoder_calls:,}",
        scored=f"{bill.continuations_scored:,}",
        seconds=decimal(bill.seconds, 3),
        verdict=verdict(frame, tree),
    )
    return Panel(name, answer(frame, case, tree), said, tree, subsample(tree, MOST))
