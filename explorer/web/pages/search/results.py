"""What the searches find, above the views of it. Brings in torch, unlike the controls above it."""

from dataclasses import replace

from explorer.decoding.tree import SearchTree, Strategy
from explorer.web.kit.errors import readable_errors
from explorer.web.kit.fragments import run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.widgets import chosen
from explorer.web.pages.search.controls import Asked
from explorer.web.pages.search.diagnosis_link import link_to_diagnosis
from explorer.web.pages.search.node import chosen_node, follow_node
from explorer.web.pages.search.outcome import show_outcome
from explorer.web.pages.search.parameters import SHOW
from explorer.web.pages.search.reference_view import show_reference
from explorer.web.pages.search.result import Case, find_tree, question
from explorer.web.pages.search.save_trees import show_saving
from explorer.web.pages.search.stopping_rule import show_other_rule
from explorer.web.pages.search.table_editor import edit_table
from explorer.web.pages.search.tree_panels import show_trees
from explorer.web.shared.input_remarks import show_remarks
from explorer.web.shared.models import translator


def show_results(frame: Frame, asked: Asked) -> tuple[Case] | None:
    """The trees side by side and what they come to; None while no search has found anything.

    Raises:
        ExplorerError: The text is none that the model reads.
    """
    if asked.kind == "translation":
        show_remarks(translator(asked.subject), asked.text)
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
        return None
    case = Case(asked, made, trees, chosen_node(frame, trees))
    show_outcome(case)
    show_trees(frame, case)
    show_other_rule(case)
    show_saving(frame, case)
    if asked.kind == "translation":
        link_to_diagnosis(asked)
    if asked.kind == "hugging face":
        with readable_errors():
            show_reference(frame, case)
    if chosen(frame, SHOW) != "prefix":  # whose view follows the node itself
        run_alone(frame, lambda frame, _page: follow_node(frame, case))
    return (case,)
