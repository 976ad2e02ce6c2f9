"""The page from top to bottom: the controls stand before torch has been imported."""

from explorer.web.kit.frame import Frame
from explorer.web.kit.views import show_views
from explorer.web.pages.bidirectional.controls import ask
from explorer.web.pages.bidirectional.parameters import SHOW
from explorer.web.pages.bidirectional.views import VIEWS


def show(frame: Frame) -> None:
    """The view that the reader chose, and the sentence if it is of one."""
    needs = {"sentence": lambda frame, _page: (ask(frame),)}
    show_views(frame, SHOW, VIEWS, needs, buttons_first=True)
