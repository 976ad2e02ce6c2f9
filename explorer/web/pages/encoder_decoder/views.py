"""What the page shows of two sentences. Brings in torch, unlike the controls above it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from explorer.locale import N_
from explorer.web.kit.choice import choose
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.pages.encoder_decoder.bleu_by_length import show_length
from explorer.web.pages.encoder_decoder.controls import Asked
from explorer.web.pages.encoder_decoder.input_checks import readable
from explorer.web.pages.encoder_decoder.interpolation import show_line
from explorer.web.pages.encoder_decoder.one_shape import show_shape
from explorer.web.pages.encoder_decoder.sentence_map import show_map
from explorer.web.pages.encoder_decoder.state_path import show_way
from explorer.web.pages.encoder_decoder.values import Sentence
from explorer.web.shared.claims.view import show_claims

VIEWS: Mapping[str, tuple[str, Callable[[Frame, str, tuple[Sentence, ...]], None]]] = (
    MappingProxyType(
        {
            "shape": (N_("One shape"), show_shape),
            "map": (N_("Sentence map"), show_map),
            "way": (N_("Word by word"), show_way),
            "line": (N_("Interpolation"), show_line),
            "length": (N_("BLEU and length"), show_length),
            "claims": (N_("Claims"), lambda frame, model, read: show_claims(frame, "9.6")),
        }
    )
)


def show_sentences(frame: Frame, asked: Asked) -> None:
    """What cannot be read, and the view that the reader chose of what can."""
    read = readable(frame, asked)
    shown = {name: _(title) for name, (title, _view) in VIEWS.items()}
    chosen = choose(frame, _("Show"), "show", shown, default="shape")
    VIEWS[chosen][1](frame, asked.model, read)
