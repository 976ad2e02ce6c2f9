"""The search page from top to bottom: the controls stand before torch has been imported."""

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.views import imported, show_views
from explorer.web.pages.search.controls import ask
from explorer.web.pages.search.parameters import SHOW
from explorer.web.pages.search.views import OF_A_TRANSLATION, VIEWS

_RESULTS = "explorer.web.pages.search.results:show_results"


def show(frame: Frame) -> None:
    """What is searched and how, then what the searches find."""
    with readable_errors():
        asked = ask(frame)
        hidden = OF_A_TRANSLATION if asked.kind != "translation" else ()
        titles = {name: title for name, title in SHOW.options.items() if name not in hidden}
        needs = {"searches": lambda frame, _page: imported(_RESULTS)(frame, asked)}
        show_views(frame, SHOW.among(titles), VIEWS, needs)
