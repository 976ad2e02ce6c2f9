"""What the questions on encoder and decoder ask for."""

from collections.abc import Mapping
from typing import Any

from explorer.models import catalogue
from explorer.text.limits import check_length
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.pages.encoder_decoder.parameters import TEXTS
from explorer.web.pages.encoder_decoder.values import count_words, decoded, encoded, halfway
from explorer.web.shared.translators import ALL, offered, span_names
from explorer.web.tours.tour import Answer

_SEARCH = "beam 5"


def size(view: Mapping[str, str]) -> Answer:
    """How many times as many numbers the second sentence becomes."""
    model, texts = _asked(view)
    numbers = []
    for text in texts:
        states = encoded(model, text)
        parts = [states.hidden] if states.memory is None else [states.hidden, states.memory]
        numbers.append(sum(int(part[0].size) for part in parts))
    said = _("{words} words become {numbers} numbers, {more} words become {as_well}.").format(
        words=count_words(texts[0]),
        numbers=numbers[0],
        more=count_words(texts[1]),
        as_well=numbers[1],
    )
    times = numbers[1] / numbers[0]
    return Answer((times > 1) + (times > 2), said)


def lengths(view: Mapping[str, str]) -> Answer:
    """How many points of BLEU the longest sentences have less than the best range of lengths."""
    model, _texts = _asked(view)
    figures: Any = catalogue.card(model).figures
    scores = {span: one for span, one in figures["BLEU"][_SEARCH].items() if span != ALL}
    names = span_names(scores)
    *others, last = scores
    best = max(others, key=scores.__getitem__)
    less = scores[best] - scores[last]
    said = _("{last}: {low}. {best}: {high}. That is {less} less.").format(
        last=names[last],
        low=decimal(scores[last], 1),
        best=names[best],
        high=decimal(scores[best], 1),
        less=decimal(less, 1),
    )
    return Answer((less >= 5) + (less > 15), said)


def halfway_written(view: Mapping[str, str]) -> Answer:
    """Whether the point halfway is decoded into one of the two translations."""
    model, texts = _asked(view)
    middle, ends = halfway(model, *texts), [decoded(model, text) for text in texts]
    said = _("It writes “{middle}”; from the two ends, “{one}” and “{two}”.").format(
        middle=middle.text, one=ends[0].text, two=ends[1].text
    )
    same = any(middle.tokens == end.tokens for end in ends)
    return Answer(2 if not middle.finished else 0 if same else 1, said)


def _asked(view: Mapping[str, str]) -> tuple[str, tuple[str, str]]:
    """The model, and both sentences.

    Raises:
        ExplorerError: A sentence is too long.
    """
    model = view.get("model") or offered(catalogue.names("translation"))[0]
    one, two = (view.get(text.name) or text.default for text in TEXTS)
    for text in (one, two):
        check_length(text, TEXTS[0].most)
    return model, (one, two)
