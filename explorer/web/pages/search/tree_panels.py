"""The trees of all searches, side by side, each with its answer and its bill."""

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import SearchTree
from explorer.saving.tree_payload import Panel
from explorer.saving.tree_words import bill
from explorer.web.components.tree import trees
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.result import Case

MOST = 600
"""Prefixes that are drawn of one tree."""


def show_trees(frame: Frame, case: Case) -> None:
    """One picture with one clock; a click chooses a prefix."""
    trees(panels(case), key=frame.address.key("trees"))


def panels(case: Case) -> list[Panel]:
    """A panel a search, in the order shown."""
    titles = search_titles()
    return [_panel(case, tree, titles[name]) for name, tree in case.trees.items()]


def answer(case: Case, tree: SearchTree) -> str:
    """The best that a search found, as text."""
    return written(case, tree.n_best[0])


def written(case: Case, found: Hypothesis) -> str:
    """A hypothesis as text: in words where it is empty, with an ellipsis where it has no end."""
    if not found.finished:
        return f"{case.question.written(found)} …"
    return case.question.written(found) if found.tokens else _("(empty: it ends at once)")


def why_unfinished(tree: SearchTree) -> str:
    """Why the best of a search has not ended."""
    if tree.unfinished == "length":
        return _("It was truncated at the maximum length, {length} tokens.").format(
            length=tree.max_length
        )
    if tree.unfinished == "dead end":
        return _("It reached a dead end: no token may follow.")
    return _("The search was stopped before any hypothesis finished.")


def _panel(case: Case, tree: SearchTree, name: str) -> Panel:
    return Panel(name, answer(case, tree), bill(tree, _), tree, subsample(tree, MOST))
