"""``explorer.show`` and ``explorer.save_page``: a trace, a recording or a search, to be looked at.

A notebook is given three things, and shows what it may: a page that plays, in a frame that may do
nothing but run its own scripts; a still picture; and words, which pass every sanitiser.
"""

import base64
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable
from uuid import uuid4

from explorer.decoding.adapters.foreign.replay import NO_BILL, Replay
from explorer.decoding.subsample import subsample
from explorer.decoding.tree import SearchTree
from explorer.errors import ExplorerError
from explorer.locale import Translate, environment_language, translator
from explorer.saving.trace_page import trace_page
from explorer.saving.trace_payload import Drawn, drawn
from explorer.saving.trace_still import coloured_words, trace_still
from explorer.saving.tree_page import tree_page
from explorer.saving.tree_payload import Panel, seen
from explorer.saving.tree_still import found_words, tree_still
from explorer.saving.tree_words import STRATEGIES, bill, kept

if TYPE_CHECKING:
    import xarray as xr

Language = Literal["en", "zh"]

_MOST_PANELS = 8
_TRACE_HEIGHT = 760
_TREE_HEIGHT = 560

# The frame is made by a script, from a page that stands in an attribute: sanitisers drop both
# without a trace, where of a frame they would write out the whole page as text.
_FRAME = """<blockquote id="{id}" data-page="{page}">{words}</blockquote>
<script>
{{
  const words = document.getElementById("{id}");
  if (words) {{
    const bytes = Uint8Array.from(atob(words.dataset.page), (one) => one.charCodeAt(0));
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.srcdoc = new TextDecoder().decode(bytes);
    frame.style = "width: 100%; height: {height}px; border: 0";
    words.replaceWith(frame);
  }}
}}
</script>"""


@runtime_checkable
class Recorded(Protocol):
    """A recording: the traces of each module, by its name."""

    def items(self) -> Any:
        """The names, each with its traces."""

    def joined(self, name: str) -> "xr.Dataset":
        """All calls of one module as one trace."""


@dataclass(frozen=True)
class Shown:
    """What a notebook shows; `explorer.show` makes it.

    Attributes:
        title: What it is called.
        page: An HTML page that needs no server and asks for nothing.
        still: A picture of it, SVG.
        words: The same in words, HTML that passes every sanitiser.
        height: Of the page in a notebook, pixels.
    """

    title: str
    page: str
    still: str
    words: str
    height: int

    def __repr__(self) -> str:
        return f"<{self.title}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The page for whoever runs its script, the picture and the words for all others."""
        return {
            "text/plain": repr(self),
            "text/html": _framed(self),
            "image/svg+xml": self.still,
        }


def show(
    x: "xr.Dataset | Recorded | SearchTree | Replay",
    beside: "xr.Dataset | SearchTree | None" = None,
    *,
    units: Sequence[int] | None = None,
    title: str = "",
    language: Language | None = None,
) -> Shown:
    """A picture of a trace, a recording or a search tree, for a notebook.

    It holds everything that it needs: no server, and nothing loaded from anywhere. Of a trace it
    shows the tokens coloured by a gate, chosen units as heatmaps, and every quantity of one unit;
    of several layers, directions and sequences the first, so select others beforehand. Of a search
    it shows the tree, which plays.

    Args:
        x: A trace, what ``explorer.record`` gave, a search tree, or one that was read from a file.
        beside: A second trace, whose values less those of the first are shown; or a second tree,
            which plays beside the first.
        units: The units of a trace to show, at most 64; the 32 that vary most if None.
        title: What it is called.
        language: "en" or "zh"; that of the environment if None.

    Raises:
        ExplorerError: There is nothing to show in it, or the two cannot be compared.
    """
    code = language or environment_language(os.environ)
    _ = translator(code)
    if isinstance(x, Replay):
        x = x.tree
    if isinstance(x, SearchTree):
        return _shown_trees([x] if beside is None else [x, beside], title, code, _)
    return _shown_traces(_panels(x, beside, units, title, _), title, code, _)


def save_page(
    x: "xr.Dataset | Recorded | SearchTree | Replay", path: str | Path, **options: Any
) -> None:
    """Write what `show` shows as an HTML page, which opens without a server and without internet.

    Args:
        x: As for `show`.
        path: The file to write.
        **options: As for `show`.

    Raises:
        ExplorerError: As for `show`.
    """
    Path(path).write_text(show(x, **options).page, encoding="utf-8")


def _framed(shown: Shown) -> str:
    page = base64.b64encode(shown.page.encode()).decode()
    return _FRAME.format(
        id=f"gatescope-{uuid4().hex}", page=page, words=shown.words, height=shown.height
    )


def _panels(
    x: Any, beside: Any, units: Sequence[int] | None, title: str, _: Translate
) -> list[Drawn]:
    """What is drawn of a trace, of two, or of a recording's modules."""
    if isinstance(x, Mapping) and isinstance(x, Recorded) and beside is None:
        called = [name for name, traces in x.items() if traces][:_MOST_PANELS]
        if not called:
            raise ExplorerError("Nothing was recorded: call the model inside `record`.")
        return [
            drawn(_of_all_calls(x, name), _, units=units, title=f"{title} {name}".strip())
            for name in called
        ]
    if not hasattr(x, "data_vars") or not (beside is None or hasattr(beside, "data_vars")):
        raise ExplorerError(
            "Only a trace, a recording or a search tree can be shown, or two traces or two trees."
        )
    return [drawn(x, _, beside=beside, units=units, title=title)]


def _of_all_calls(recording: Any, name: str) -> Any:
    """The calls of a module as one trace; its first one where they do not fit together."""
    try:
        return recording.joined(name)
    except ExplorerError:
        return recording[name][0]


def _shown_traces(panels: Sequence[Drawn], title: str, language: str, _: Translate) -> Shown:
    named = title or " · ".join(panel.title for panel in panels)
    return Shown(
        title=named,
        page=trace_page(panels, title=named, lang=language, _=_),
        still=trace_still(panels[0], _),
        words="".join(coloured_words(panel, _) for panel in panels),
        height=_TRACE_HEIGHT,
    )


def _shown_trees(trees: Sequence[Any], title: str, language: str, _: Translate) -> Shown:
    if not all(isinstance(tree, SearchTree) for tree in trees):
        raise ExplorerError(
            "Only a trace, a recording or a search tree can be shown, or two traces or two trees."
        )
    panels = [_panel(tree, _) for tree in trees]
    named = title or _("Search trees")
    return Shown(
        title=named,
        page=tree_page(panels, title=named, lang=language, _=_),
        still=tree_still(panels, title=named, _=_),
        words=found_words(panels, title=named),
        height=_TREE_HEIGHT,
    )


def _panel(tree: SearchTree, _: Translate) -> Panel:
    best = tree.n_best[0]
    words = " ".join(seen(tree.word(token)) for token in best.tokens)
    name = _(STRATEGIES[tree.strategy])
    if tree.strategy == "beam":
        name = _("{search}, width {width}").format(search=name, width=tree.width)
    answer = words if best.finished else f"{words} …"
    said = kept(tree, _) if tree.bill == NO_BILL else bill(tree, _)
    return Panel(name, answer, said, tree, subsample(tree))
