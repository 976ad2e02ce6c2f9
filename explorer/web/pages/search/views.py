"""What the page shows of the searches. Brings in torch, unlike the controls above it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from explorer.decoding.tree import SearchTree, Strategy
from explorer.locale import N_
from explorer.web.kit.choice import choose, chosen
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.search.controls import Asked
from explorer.web.pages.search.costs import show_bill
from explorer.web.pages.search.node import chosen_node
from explorer.web.pages.search.outcome import show_outcome
from explorer.web.pages.search.prefix_view import show_prefix
from explorer.web.pages.search.reranking import show_reranking
from explorer.web.pages.search.result import Case, find_tree, question
from explorer.web.pages.search.sampling_view import show_chance
from explorer.web.pages.search.save_trees import show_saving
from explorer.web.pages.search.searchable_models import Kind
from explorer.web.pages.search.stopping_rule import show_other_rule
from explorer.web.pages.search.table_editor import edit_table
from explorer.web.pages.search.tree_panels import show_trees
from explorer.web.pages.search.verdict import show_verdict
from explorer.web.pages.search.widths import show_widths
from explorer.web.shared.claims.view import show_claims
from explorer.web.shared.input_remarks import show_remarks
from explorer.web.shared.models import translator

_ALL: tuple[Kind, ...] = ("table", "translation", "language model")


@dataclass(frozen=True)
class View:
    """Something to be seen of the searches.

    Attributes:
        title: To be translated.
        show: Draws it.
        kinds: The subjects that it can be shown for.
    """

    title: str
    show: Callable[[Frame, Case], None]
    kinds: tuple[Kind, ...] = _ALL


#: A view of no search in particular, so it stands in the place of the trees.
CLAIMS = "claims"
VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "prefix": View(N_("The chosen prefix"), show_prefix),
        "bill": View(N_("Cost"), show_bill),
        "rank": View(N_("Another α"), show_reranking),
        "verdict": View(N_("The verdict"), show_verdict, ("translation",)),
        "widths": View(N_("Beam widths"), show_widths),
        "chance": View(N_("Sampling"), show_chance),
    }
)


def show_searches(frame: Frame, asked: Asked) -> None:
    """The trees side by side, then the view that the reader chose."""
    views = {name: view for name, view in VIEWS.items() if asked.kind in view.kinds}
    first = next(iter(views))
    if chosen(frame, "show", [*views, CLAIMS], default=first) == CLAIMS:
        _choose_view(frame, views)
        show_claims(frame, "9.8")
        return
    if asked.kind == "translation":
        show_remarks(frame, translator(asked.subject), asked.text)
    if asked.kind == "table":
        asked = replace(asked, text=edit_table(frame))
    made = question(asked)
    trees: dict[Strategy, SearchTree] = {}
    for name in asked.searches:
        with readable_errors():  # one search that is refused leaves the others standing
            tree = find_tree(frame, asked, made, name)
            if tree is not None:
                trees[name] = tree
    if not trees:
        return
    case = Case(asked, made, trees, chosen_node(frame, trees))
    show_trees(frame, case)
    show_outcome(frame, case)
    show_other_rule(frame, case)
    show_saving(frame, case)
    with readable_errors():
        VIEWS[_choose_view(frame, views)].show(frame, case)


def _choose_view(frame: Frame, views: Mapping[str, View]) -> str:
    shown = {name: _(view.title) for name, view in views.items()} | {CLAIMS: _("Claims")}
    return choose(frame, _("Show"), "show", shown, default=next(iter(shown)))
