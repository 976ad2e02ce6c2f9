"""What the questions on the GRU ask for."""

from collections.abc import Mapping

import numpy as np

from explorer.errors import ExplorerError
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.reading import Reading
from explorer.text.numbers import decimal, percent
from explorer.text.recall import KEYS
from explorer.text.tokens import visible
from explorer.unit_analysis import shipped
from explorer.web.kit.i18n import _
from explorer.web.tours.answers.view import read_of, whole
from explorer.web.tours.tour import Answer

_LANGUAGE_MODEL, _RECALL = "gru-timemachine", "gru-recall"


def kept(view: Mapping[str, str]) -> Answer:
    """How large a gate has to be to keep half of a state from the letter to the question."""
    read = read_of(view, _RECALL)
    gates = read.trace["update"].values[0, 0, 0]  # (T, H)
    unit = whole(view, "unit", otherwise=0, last=gates.shape[1] - 1)
    first = announced(read) + 1
    asked = next((step for step in range(first, len(gates)) if read.tokens[step] == "?"), first)
    if asked == first:
        raise ExplorerError("This question needs a text with noise between the letter and ?.")
    over = gates[first:asked, unit].astype(np.float64)
    needed = 0.5 ** (1 / len(over))
    said = _(
        "Over {count} characters, {needed} each time leaves half. The gate of this unit is {mean} "
        "on average, and leaves {left}."
    ).format(
        count=len(over),
        needed=decimal(needed, 3),
        mean=decimal(over.mean(), 3),
        left=percent(over.prod()),
    )
    return Answer(sum(needed > gate for gate in _ENOUGH), said)


def unwritten(view: Mapping[str, str]) -> Answer:
    """What is answered at the end if the update gates are at 1 while the letter is read."""
    read = read_of(view, _RECALL)
    step = announced(read)
    changed = read_of(view, _RECALL, Intervention("update", 1.0, steps=range(step, step + 1)))
    return same_answer(read, changed)


def announced(read: Reading) -> int:
    """The step of the first letter that is to be remembered.

    Raises:
        ExplorerError: There is none.
    """
    pairs = zip(read.tokens, read.tokens[1:], strict=False)
    steps = [n for n, (one, two) in enumerate(pairs, start=1) if one == "!" and two in KEYS]
    if not steps:
        raise ExplorerError("This question needs a text with ! and one of A to D behind it.")
    return steps[0]


def same_answer(read: Reading, changed: Reading) -> Answer:
    """Whether the likeliest token after the last step is the same with a change (0) or not (1)."""
    ((was, p),), ((now, q),) = read.guesses(1)[-1], changed.guesses(1)[-1]
    said = _("It answers “{now}” ({q}); without the change, “{was}” ({p}).")
    written = said.format(now=visible(now), was=visible(was), p=percent(p), q=percent(q))
    return Answer(int(now != was), written)


def line_end(view: Mapping[str, str]) -> Answer:
    """How many bits more a line's end costs while the unit is held at its measured mean."""
    read = read_of(view, _LANGUAGE_MODEL)
    name = view.get("model", _LANGUAGE_MODEL)
    known = shipped.summary(name)
    steps = [n for n, token in enumerate(read.tokens) if token == "\n" and n]
    if known is None or not steps:
        raise ExplorerError("This question needs a text with line ends, and a measured model.")
    first = next((one.unit for one in shipped.named(name)), 0)  # as the page begins
    unit = whole(view, "unit", otherwise=first, last=known.sizes["unit"] - 1)
    mean = float(known["mean"].sel(quantity="hidden").values[0, 0, unit])
    held = read_of(view, _LANGUAGE_MODEL, Intervention("hidden", mean, units=unit))
    before, after = (float(np.mean(of.surprise[steps])) for of in (read, held))
    more = after - before
    said = _(
        "Held at its mean, {mean}, a line's end costs {after} bits instead of {before}: {more} "
        "more."
    ).format(
        mean=decimal(mean, 2),
        after=decimal(after, 2),
        before=decimal(before, 2),
        more=decimal(more, 2),
    )
    return Answer((more >= _HARDLY) + (more >= _MUCH), said)


_HARDLY, _MUCH = 0.5, 2.0  # bits, as the options say
_ENOUGH = (0.8, 0.9)  # gates, as the options say
