"""The page on depth from top to bottom: what is shown is chosen before torch is imported."""

from explorer.models.card import Card
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import show_views
from explorer.web.pages.deep.laboratory_controls import ask
from explorer.web.pages.deep.parameters import SHOW
from explorer.web.pages.deep.views import VIEWS
from explorer.web.shared.reading_controls import Text, choose_text


def show(frame: Frame) -> None:
    """The view that the reader chose."""
    needs = {
        "text": lambda frame, _page: _choose_text(frame),
        "experiment": lambda frame, _page: ask(frame),
    }
    show_views(frame, SHOW, VIEWS, needs, buttons_first=True)


def _choose_text(frame: Frame) -> tuple[Card, Text]:
    with folded(_("Model and text"), ":material/tune:"):
        return choose_text(frame, "lstm", layers=2)
