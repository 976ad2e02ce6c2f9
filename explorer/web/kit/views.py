"""The views of a page: each is declared by its title, what draws it and what it needs.

What draws a view is imported when the view is first shown, so that one that needs no model does
not wait for torch.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

import streamlit as st

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.fragments import Surroundings, run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.parameters import Choice
from explorer.web.kit.presentation import presented
from explorer.web.kit.widgets import choose, chosen, select

#: The part of the page that runs again alone with what the view needs.
NEEDED = "needed"


@dataclass(frozen=True)
class View:
    """A view.

    Attributes:
        title: On its button, to be translated.
        draw: The module and the function that draw it, as ``package.module:function``; it is given
            the page's frame and what it needs.
        needs: The name of what must be there first: a text as a model reads it, a translation.
        alone: Whether it runs again alone with what it needs, where that does.
    """

    title: str
    draw: str
    needs: str = ""
    alone: bool = False


Views: TypeAlias = Mapping[str, View]
#: What the views need, by name: each function draws what stands above the views, and returns what
#: they are given; None where that is not there yet. What runs again alone also says from which of
#: its values the rest of the page is drawn.
Needs: TypeAlias = Mapping[str, Callable[[Frame, Surroundings], tuple[object, ...] | None]]


def show_parameter(
    views: Views, *, of: tuple[str, ...] = (), older: Mapping[str, str] = MappingProxyType({})
) -> Choice[str]:
    """The parameter that says which of the views is open.

    Args:
        views: All of them.
        of: As of every parameter.
        older: What links may call a view besides.
    """
    titles = {name: view.title for name, view in views.items()}
    return Choice("show", next(iter(titles)), titles, of=of, older=older)


def show_views(
    frame: Frame,
    show: Choice[str],
    views: Views,
    needs: Needs,
    *,
    alone: Collection[str] = (),
    buttons_first: bool = False,
) -> tuple[object, ...] | None:
    """What the chosen view needs, the buttons that choose one, and the view.

    What stands above the view stays where the view is refused, and the buttons wherever.

    Args:
        frame: The page's frame.
        show: The parameter that says which of the views is open.
        views: All of them.
        needs: What they need.
        alone: What of it runs again alone, with the buttons below it.
        buttons_first: Whether the buttons stand above what is needed.

    Returns:
        What the view was given; None where what it needs is not there.
    """
    view = views[chosen(frame, show)]

    def draw(frame: Frame, page: Surroundings) -> tuple[object, ...] | None:
        given: tuple[object, ...] | None = None
        with readable_errors():
            given = needs[view.needs](frame, page) if view.needs else ()
        if not buttons_first:
            choose(frame, _("Show"), show)
        if view.alone:
            _draw_view(frame, view, given)
        return given

    if buttons_first:
        ask = select if presented() else choose
        ask(frame, _("Show"), show, label_visibility="collapsed")
    given = (
        run_alone(frame, draw, name=NEEDED) if view.needs in alone else draw(frame, Surroundings())
    )
    if not view.alone:
        _draw_view(frame, view, given)
    return given


def _draw_view(frame: Frame, view: View, given: tuple[object, ...] | None) -> None:
    """Draws a view if what it needs is there; what it cannot show is said in its place."""
    if given is not None:
        with readable_errors():
            imported(view.draw)(frame, *given)


def imported(path: str) -> Any:
    """What ``package.module:name`` names; a sign turns while its module is imported."""
    module, name = path.split(":")
    with st.spinner(_("Loading the model …")):
        return getattr(import_module(module), name)
