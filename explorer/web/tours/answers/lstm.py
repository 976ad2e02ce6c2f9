"""What the questions on the LSTM ask for."""

from collections.abc import Mapping

from explorer.recurrence.intervention import Intervention
from explorer.text.numbers import decimal
from explorer.web.kit.i18n import _
from explorer.web.tours.answers.gru import same_answer
from explorer.web.tours.answers.view import read_of
from explorer.web.tours.tour import Answer

_LANGUAGE_MODEL, _RECALL = "lstm-timemachine", "lstm-recall"


def shut(view: Mapping[str, str]) -> Answer:
    """What is answered at the end if no output gate opens over the middle third."""
    read = read_of(view, _RECALL)
    steps = len(read.tokens)
    middle = range(steps // 3, max(steps // 3 + 1, 2 * steps // 3))
    return same_answer(read, read_of(view, _RECALL, Intervention("output", 0.0, steps=middle)))


def emptied(view: Mapping[str, str]) -> Answer:
    """What is answered at the end if the memory is cleared at the middle step."""
    read = read_of(view, _RECALL)
    middle = len(read.tokens) // 2
    change = Intervention("forget", 0.0, steps=range(middle, middle + 1))
    return same_answer(read, read_of(view, _RECALL, change))


def loss(view: Mapping[str, str]) -> Answer:
    """By how many bits a character costs more with all forget gates at 0."""
    read = read_of(view, _LANGUAGE_MODEL)
    changed = read_of(view, _LANGUAGE_MODEL, Intervention("forget", 0.0))
    more = changed.bits - read.bits
    said = _("It costs {after} bits a character instead of {before}: {more} more.").format(
        after=decimal(changed.bits, 2), before=decimal(read.bits, 2), more=decimal(more, 2)
    )
    return Answer((more > 0) + (more >= _MUCH), said)


_MUCH = 2.0  # bits a character, as the options say
