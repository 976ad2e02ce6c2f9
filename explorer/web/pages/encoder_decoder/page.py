"""The page from top to bottom: the controls stand before torch has been imported."""

from explorer.web.kit.errors import readable_errors
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.presentation import folded
from explorer.web.kit.views import imported, show_views
from explorer.web.pages.encoder_decoder.controls import ask
from explorer.web.pages.encoder_decoder.parameters import SHOW
from explorer.web.pages.encoder_decoder.views import VIEWS

_READABLE = "explorer.web.pages.encoder_decoder.input_checks:readable"


def show(frame: Frame) -> None:
    """The two sentences, then what the encoder makes of them."""
    with readable_errors():
        with folded(_("Model and sentences"), ":material/tune:"):
            asked = ask(frame)
        needs = {
            "sentences": lambda *_drawn: imported(_READABLE)(asked),
            "model": lambda *_drawn: (asked.model,),
        }
        show_views(frame, SHOW, VIEWS, needs)
