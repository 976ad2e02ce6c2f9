"""The trees as files: every prefix of each as JSON, and all of them as a page that plays.

Pictures are saved by the trees themselves, as they stand in the animation.
"""

import json
from collections.abc import Callable

import streamlit as st

from explorer.decoding.budget import Budget
from explorer.decoding.export import Origin, to_json
from explorer.decoding.tree import SearchTree
from explorer.models.own_folder import title
from explorer.saving.tree_page import tree_page
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.result import Case
from explorer.web.pages.search.tree_panels import panels
from explorer.web.shared.chapter import page_title


def show_saving(frame: Frame, case: Case) -> None:
    """Behind one button, a button a file; a file is made when it is asked for."""
    with st.popover(_("Save the trees"), icon=":material/download:"):
        save_as(frame, _("A page that plays without a server (HTML)"), "trees.html", _page(case))
        for name, tree in case.trees.items():
            label = _("{search}: every prefix (JSON)").format(search=search_titles()[name])
            save_as(frame, label, f"{name}.json", _json(case, tree))
        st.caption(_("Pictures: the SVG and PNG buttons of each tree save what it shows."))


def save_as(frame: Frame, label: str, name: str, write: Callable[[], str]) -> None:
    """A button that saves a file, which is made when it is asked for."""
    st.download_button(
        label,
        data=lambda: write().encode(),
        file_name=f"gatescope-{name}",
        mime="text/html" if name.endswith("html") else "application/json",
        key=frame.address.key(f"save.{name}"),
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _page(case: Case) -> Callable[[], str]:
    name = page_title("search")
    if case.asked.kind != "table":
        name = f"{name} · {title(case.asked.subject)} · {case.asked.text}"
    return lambda: tree_page(panels(case), title=name, lang=language(), _=_)


def _json(case: Case, tree: SearchTree) -> Callable[[], str]:
    asked, rules = case.asked, case.asked.rules
    budget = Budget(seconds=rules.seconds)
    origin = Origin(title(asked.subject), asked.text, rules.stopping, rules.only or None, budget)
    return lambda: json.dumps(to_json(tree, origin), ensure_ascii=False) + "\n"
