"""The translation page from top to bottom: the controls stand before torch has been imported."""

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import imported, show_views
from explorer.web.pages.translation.controls import ask
from explorer.web.pages.translation.parameters import SHOW
from explorer.web.pages.translation.views import VIEWS

_TRANSLATION = "explorer.web.pages.translation.made_translation:show_translation"


def show(frame: Frame) -> None:
    """The sentence and the search, then what the model makes of them."""
    with readable_errors():
        with folded(_("Sentence and search"), ":material/tune:"):
            asked = ask(frame)
        needs = {
            "translation": lambda frame, _page: imported(_TRANSLATION)(frame, asked),
            "model": lambda *_drawn: (asked.model,),
        }
        show_views(frame, SHOW, VIEWS, needs)
