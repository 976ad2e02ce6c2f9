"""The bar of a tour, at the lower edge of every page while one is taken."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.errors import ExplorerError
from explorer.web.components.guide import guide
from explorer.web.kit import carried
from explorer.web.kit.address import let_address_decide
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import _
from explorer.web.tours.answering import answered, inputs
from explorer.web.tours.own import every_tour
from explorer.web.tours.place import Place, current, leave
from explorer.web.tours.tour import Question, Stop, Tour

_KEY = "tour"
_GOES = "tour goes"
_ASKED = "tour asked of"


def show_tour(page: str) -> None:
    """The stop at which the reader is, if on a tour; called before the page is drawn.

    Args:
        page: The name of the page's file.
    """
    if (goes := st.session_state.pop(_GOES, None)) is not None:
        go(goes)
    if (place := current(every_tour())) is None:
        return
    if not place.number:
        go(place.at(1))
    place = _still_said(place, page)
    content = _content(place, page)
    guide(content, key=_KEY, on_act=lambda: _act(place))


def settle_tour(page: str) -> None:
    """Asks anew if the page's address has become another under the question; called after it."""
    if (place := current(every_tour())) is None or not place.stop.question:
        return
    if st.session_state.get(_ASKED) != _asked(place, page):
        st.rerun()


def go(place: Place) -> None:
    """Opens a stop's view; never returns."""
    let_address_decide()
    st.switch_page(f"pages/{place.stop.page}.py", query_params=address(place))


def address(place: Place) -> dict[str, str]:
    """The parameters of a link to a place in a tour."""
    return {**carried.to_tour(place.tour.name), **place.written(), **place.stop.view}


def first(tour: Tour) -> Place:
    """The beginning of a tour."""
    return Place(tour, 1, {})


def _view(stop: Stop, page: str) -> Mapping[str, str]:
    """The view that is open where the stop is, or else the stop's own."""
    if page != stop.page:
        return stop.view
    given = st.query_params.to_dict()
    return {name: value for name, value in given.items() if name not in carried.NAMES}


def _asked(place: Place, page: str) -> tuple[object, ...]:
    question = place.stop.question
    of = inputs(question, _view(place.stop, page)) if question else ()
    return (place.tour.name, place.number, of)


def _still_said(place: Place, page: str) -> Place:
    """The place, without what was said of another text than the page shows now."""
    asked, before = _asked(place, page), st.session_state.get(_ASKED)
    st.session_state[_ASKED] = asked
    if before is not None and before[:2] == asked[:2] and before != asked:
        place = place.saying(None)
        place.keep()
    return place


def _act(place: Place) -> None:
    """What the reader pressed on the bar."""
    act: dict[str, Any] = st.session_state[_KEY]["act"]
    match act["kind"]:
        case "go":
            number = min(max(int(act["value"]), 1), len(place.tour.stops))
            st.session_state[_GOES] = place.at(number)
        case "next tour":
            st.session_state[_GOES] = first(_after(place.tour))
        case "leave":
            leave()
        case "say":
            place.saying(tuple(min(max(int(n), 0), 9999) for n in act["value"])).keep()
        case "ask again":
            place.saying(None).keep()


def _after(tour: Tour) -> Tour:
    tours = list(every_tour().values())
    names = [each.name for each in tours]
    return tours[(names.index(tour.name) + 1) % len(tours)]


def _told(tour: Tour, message: str) -> str:
    """What a tour says in the reader's language; a teacher's own is shown as it was written."""
    return message if tour.own_title else _(message)


def _content(place: Place, page: str) -> dict[str, object]:
    stop, tour = place.stop, place.tour
    return {
        "title": _("Tour: {title}").format(title=_told(tour, tour.title)),
        "number": place.number,
        "count": len(tour.stops),
        "text": _told(tour, stop.text),
        "mark": stop.mark and {"key": stop.marked, "inside": stop.mark.inside},
        "labels": _labels(place),
        "question": _question(place, page) if stop.question else None,
    }


def _labels(place: Place) -> dict[str, str]:
    number, count = place.number, len(place.tour.stops)
    mark, after = place.stop.mark, _after(place.tour)
    return {
        "stop": _("Stop {number} of {count}").format(number=number, count=count),
        "next": _("Next"),
        "back": _("Back"),
        "leave": _("Leave the tour"),
        "again": _("Show this view again"),
        "look": _("Look here: {part}").format(part=_(mark.part)) if mark else "",
        "after": _("Next tour: {title}").format(title=_told(after, after.title)),
        "hands": _("Show of hands"),
        "ask class": _("Ask the class"),
        "count": _("Hands for: {option}"),
        "reveal": _("Reveal the answer"),
        "ask again": _("Ask again"),
        "asked": _("Question"),
        "told": _("Text"),
        "right": _("the answer"),
        "yours": _("your choice"),
    }


def _question(place: Place, page: str) -> dict[str, object]:
    question, said = place.stop.question, place.said.get(place.number)
    assert question is not None
    asked: dict[str, object] = {"text": _(question.text), "options": [], "said": None}
    try:
        return asked | _asking(question, said, _view(place.stop, page))
    except ExplorerError as error:
        return asked | {"error": sentence(error)}


def _asking(
    question: Question, said: tuple[int, ...] | None, view: Mapping[str, str]
) -> dict[str, object]:
    """The options; once one is committed to, what is right, too, and why."""
    if said is None and question.options:
        return {"options": [_(option) for option in question.options]}
    found = answered(question, view)
    options = [_(option) for option in question.options] or list(found.options)
    if said is None or len(said) not in (1, len(options)):
        return {"options": options}
    reveal = {"right": found.right, "answer": found.said, "why": _(question.why)}
    return {"options": options, "said": list(said), **reveal}
