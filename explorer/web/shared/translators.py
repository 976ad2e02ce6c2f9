"""What the pages on translation share: the choice of a model, and how its scores are called."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.shipped_files import restore_command
from explorer.text.casing import truecase
from explorer.text.limits import check_pieces, check_some_tokens, check_tokens
from explorer.text.pieces import spelled
from explorer.text.vocabulary import Vocabulary
from explorer.text.words import tokenise
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _, language
from explorer.web.kit.widgets import select
from explorer.web.shared.own_models import follow_folder, name_shown, say_refused
from explorer.web.shared.parameters import MODEL

if TYPE_CHECKING:
    from explorer.decoding.beam import Stopping

ALL = "all"
"""What a card calls the sentences of all lengths together."""


def choose_translator(frame: Frame) -> str:
    """The name of one of the translation models.

    Raises:
        ExplorerError: There is none.
    """
    follow_folder()
    names = offered(catalogue.offered("translation"))
    if not names:
        raise ExplorerError(
            "There is no translation model in the folder {folder}; restore it with: {command}",
            folder="pretrained/",
            command=restore_command("pretrained"),
        )
    titles = {name: name_shown(name) for name in names}
    chosen = select(frame, _("Model"), MODEL, titles, width=220)
    say_refused()
    return chosen


def offered(names: Sequence[str]) -> tuple[str, ...]:
    """Translation models in the order in which they are offered.

    For a reader of Chinese, those that write Chinese come right behind the first, which writes
    French: what readers found (`Reading`) is that few Chinese translations keep the meaning.
    """
    first, others = [*names][:1], [*names][1:]
    if language() == "zh":
        others.sort(key=lambda name: catalogue.card(name).target_language != "zh")
    return (*first, *others)


def sentence_for(model: str) -> Callable[[str], str]:
    """Reads a text that a model is to translate: it has words or marks, and not too many pieces."""
    source = _vocabulary(catalogue.card(model).source_vocabulary)

    def read(text: str) -> str:
        words = tokenise(text, "en")
        check_some_tokens(words)
        check_tokens(words)
        check_pieces(spelled(truecase(words, source, small=source.pieced), source))
        return text

    return read


_vocabulary = lru_cache(maxsize=8)(Vocabulary)


def stopping(width: int) -> "Stopping":
    """When the searches of the pages stop: greedy search with its first end, as its name says.

    The program's commands, and the figures that come with the models, stop every beam once k
    hypotheses are finished. What is found so may be worse than what the beam still holds.
    """
    return "first k" if width == 1 else "nothing can win"


def search_names(searches: Iterable[str]) -> dict[str, str]:
    """What searches are called that a card calls ``beam 5``."""
    widths = {search: search.removeprefix("beam ") for search in searches}
    return {
        search: _("greedy search") if width == "1" else _("beam width {width}").format(width=width)
        for search, width in widths.items()
    }


def span_names(spans: Iterable[str]) -> dict[str, str]:
    """What ranges of source words are called that a card calls ``2 to 4 words``, and `ALL`."""
    words = {span: span.split() for span in spans if span != ALL}
    named = {
        span: _("{span} words").format(span=f"{parts[0]}–{parts[2]}")
        for span, parts in words.items()
    }
    return {ALL: _("all")} | named
