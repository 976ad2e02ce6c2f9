"""What a page's address says, as the answers ask for it. It may be a stranger's: all is bounded."""

from collections.abc import Mapping
from contextlib import suppress

from explorer.models import catalogue
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.reading import Reading, read
from explorer.text.limits import check_length
from explorer.text.numbers import read_whole
from explorer.text.vocabulary import Vocabulary
from explorer.web.shared.example_texts import EXAMPLES, LONGEST, reads
from explorer.web.shared.models import pretrained, reading


def read_of(view: Mapping[str, str], model: str, *changes: Intervention) -> Reading:
    """What the page's model makes of its text.

    Args:
        view: The parameters of the page's address.
        model: The model where the address names none.
        changes: What is changed on the way.

    Raises:
        ExplorerError: There is no such model, or the text is empty or too long.
    """
    name = view.get("model", model)
    text = view.get("text") or EXAMPLES[reads(catalogue.card(name))][0].text
    check_length(text, LONGEST)
    if not changes:
        return reading(name, text)
    network, card = pretrained(name)
    return read(network, Vocabulary(card.vocabulary), text, interventions=changes)


def whole(view: Mapping[str, str], name: str, *, otherwise: int, last: int) -> int:
    """A whole number of the address from 0 to ``last``."""
    with suppress(ValueError):
        value = read_whole(view.get(name, ""))
        return value if 0 <= value <= last else otherwise
    return otherwise
