"""The search page from top to bottom: the controls stand before torch has been imported."""

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import imported, show_views
from explorer.web.kit.widgets import chosen
from explorer.web.pages.search.controls import ask
from explorer.web.pages.search.diagnosis_link import follow_old_link
from explorer.web.pages.search.parameters import SHOW
from explorer.web.pages.search.views import VIEWS

_RESULTS = "explorer.web.pages.search.results:show_results"


def show(frame: Frame) -> None:
    """What is searched and how, then what the searches find; a view of neither stands alone."""
    follow_old_link()
    needs = {}
    with readable_errors():
        if VIEWS[chosen(frame, SHOW)].needs:
            with folded(_("Model and searches"), ":material/tune:"):
                asked = ask(frame)
            needs["searches"] = lambda frame, _page: imported(_RESULTS)(frame, asked)
        show_views(frame, SHOW, VIEWS, needs)
