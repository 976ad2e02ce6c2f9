"""What the browser is sent to draw search trees that play in step: plain values for JSON.

Tokens reach the browser as data and enter the page as text, never as markup.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.decoding.plain_values import plain
from explorer.decoding.tree import FATES, REASONS, SearchTree
from explorer.locale import Translate
from explorer.text.numbers import SENT
from explorer.text.tokens import visible

SCRIPTS = (
    "toolbar",
    "tree_layout",
    "tree_words",
    "tree_drawing",
    "tree_view",
    "tree_playing",
    "tree_choosing",
    "tree_export",
    "tree",
)


@dataclass(frozen=True)
class Panel:
    """One search's tree.

    Attributes:
        name: Of the search, in the reader's language.
        answer: The best hypothesis as text.
        bill: What the search cost, one line in the reader's language.
        tree: What it looked at.
        numbers: Which nodes are drawn, rising, with the parents of all; see `decoding.shown`.
    """

    name: str
    answer: str
    bill: str
    tree: SearchTree
    numbers: Sequence[int] | NDArray[np.int64]


def payload(panels: Sequence[Panel], _: Translate) -> dict[str, Any]:
    """What the browser is sent.

    Args:
        panels: One to four.
        _: The reader's language.
    """
    return {"panels": [_panel(panel, _) for panel in panels], "labels": labels(_)}


def _panel(panel: Panel, _: Translate) -> dict[str, Any]:
    drawn, whole = len(panel.numbers), len(panel.tree)
    some = _("{drawn} of {whole} prefixes are drawn")
    return {
        "name": panel.name,
        "answer": panel.answer,
        "bill": panel.bill,
        "file": re.sub(r"\W+", "-", panel.name).strip("-").lower() or "tree",
        "drawn": some.format(drawn=f"{drawn:,}", whole=f"{whole:,}") if drawn < whole else "",
        "tree": columns(panel.tree, np.asarray(panel.numbers, np.int64)),
    }


def columns(tree: SearchTree, numbers: NDArray[np.int64]) -> dict[str, Any]:
    """The nodes ``numbers``, (M,), as lists of M; parents and the best are places among them."""
    nodes = tree.nodes[numbers]
    tokens, token = np.unique(nodes["token"], return_inverse=True)
    parents = np.searchsorted(numbers, nodes["parent"])
    parents[0] = -1
    return {
        **{name: plain(nodes[name].round(SENT)) for name in nodes.dtype.names or ()},
        "numbers": numbers.tolist(),
        "parent": parents.tolist(),
        "words": [seen(tree.word(t)) for t in tokens.tolist()],
        "token": token.tolist(),
        "ended": (nodes["token"] == tree.end).tolist(),
        "best": int(np.searchsorted(numbers, tree.best)),
        "calls": int(tree.nodes["decided"].max()),
        "fates": FATES,
        "reasons": REASONS,
    }


def seen(token: str) -> str:
    """A token with a sign for everything in it that a reader would not see."""
    if visible(token) != token:
        return visible(token)
    return "".join(visible(character) for character in token) or "∅"


def labels(_: Translate) -> Mapping[str, str]:
    """The words of the component, in the reader's language."""
    return {
        "start": _("To the start"),
        "back": _("One decoder call back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One decoder call forward"),
        "end": _("To the end"),
        "slider": _("Decoder call shown"),
        "count": _("call {call} of {calls}"),
        "speed": _("Speed"),
        "out": _("Zoom out"),
        "in": _("Zoom in"),
        "fit": _("Show the whole tree"),
        "save": _("Save as {kind}: {name}"),
        "tree": _("Search tree: {name}"),
        "ended": _("nothing new after call {call}"),
        "kept": _("kept"),
        "pruned": _("pruned"),
        "finished": _("finished"),
        "best": _("best"),
        "open": _("open"),
        "widths": _("line width: the token's probability (10%, 50%, 100%)"),
        "step": _("step"),
        "log_prob": _("log p of the token"),
        "p": _("probability"),
        "total": _("sum"),
        "score": _("score"),
        "rank": _("rank"),
        "call": _("decoder call"),
        "starts": _("The empty prefix, where the search begins."),
        "undecided": _("Open: not yet decided at this call."),
        "is open": _("Open: the search ended before expanding it."),
        "is kept": _("Kept: its continuations were scored."),
        "is finished": _("Finished: the sequence has ended."),
        "is best": _("The best of all finished hypotheses."),
        "best length": _(
            "The best found. No hypothesis finished, so it was truncated at the maximum length."
        ),
        "best dead end": _(
            "The furthest reached. No hypothesis finished, and no token may follow."
        ),
        "best stopped": _(
            "The furthest reached: the search was stopped before any hypothesis finished."
        ),
        "is pruned": _("Pruned."),
        "pruned rank": _("Pruned: others ranked higher. It was {below} nats below the cutoff."),
        "pruned bound": _(
            "Pruned: it could no longer win. It was {below} nats below the bound set by the "
            "best hypothesis finished so far."
        ),
        "pruned length": _("Pruned: at the maximum length it had not ended."),
        "hint": _(
            "Point at a node to see its numbers; click to select it. With the keyboard: "
            "arrow keys, then Enter; Space plays."
        ),
    }
