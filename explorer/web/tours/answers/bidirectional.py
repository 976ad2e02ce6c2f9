"""What the questions on reading both ways ask for."""

from collections.abc import Mapping

from explorer.cloze.blanked_sentence import Sentence, read, shortened
from explorer.cloze.state_changes import moved
from explorer.errors import ExplorerError
from explorer.locale import enumerated
from explorer.text.limits import check_length
from explorer.text.numbers import percent
from explorer.web.kit.i18n import _
from explorer.web.pages.bidirectional.infill_models import filler, guesses
from explorer.web.pages.bidirectional.parameters import TEXT, WORD
from explorer.web.pages.bidirectional.reads import READS, name_of
from explorer.web.tours.answers.view import whole
from explorer.web.tours.tour import Answer

_MOST = 3  # words on the right, as the options say


def best_reader(view: Mapping[str, str]) -> Answer:
    """Which model gives the word before the blank the highest probability."""
    place = max(0, _place(view) - 1)
    sentence = _sentence(view, place)
    found = {reads: guesses(name_of(reads), (sentence.tokens,), place)[0] for reads in READS}
    if sentence.answer is None or any(one.answer is None for one in found.values()):
        raise ExplorerError("The word to be blanked must be one that the models know.")
    shares = [one.answer.p for one in found.values() if one.answer]
    names = [_(said) for said in READS.values()]
    said = _("For “{word}”: {shares}.").format(
        word=sentence.answer,
        shares=enumerated(
            (f"{n} {percent(p)}" for n, p in zip(names, shares, strict=True)),
            _,
        ),
    )
    return Answer(shares.index(max(shares)), said, tuple(names))


def words_needed(view: Mapping[str, str]) -> Answer:
    """How many words on the right the best guess needs until it is that of the whole sentence."""
    place = _place(view)
    sentence = _sentence(view, place)
    steps = tuple(shortened(sentence.tokens, place))
    found = guesses(name_of("both"), steps, place)
    best = [one.likeliest[0] for one in found]
    last = best[-1].token
    needed = next(n for n in range(len(best)) if all(of.token == last for of in best[n:]))
    said = _("In the end it is “{last}” ({p}); with nothing on the right it was “{first}” ({q}).")
    return Answer(
        min(needed, _MOST),
        said.format(last=last, p=percent(best[-1].p), first=best[0].token, q=percent(best[0].p)),
    )


def halves(view: Mapping[str, str]) -> Answer:
    """Which half of the states before the last word moves when that word is another."""
    sentence = _sentence(view, None)
    place = max(0, len(sentence.tokens) - 2)  # the mark comes last
    made = moved(filler(name_of("both")), sentence.tokens, place, WORD.default)
    before = slice(0, place + 1)  # <bos> comes first
    counts = [int((of[before] > 0).sum()) for of in (made.forward_share, made.backward_share)]
    said = _(
        "With “{word}” in its place, {forward} of the {count} forward states before it move, and "
        "{backward} of the backward states."
    ).format(word=WORD.default, forward=counts[0], backward=counts[1], count=place + 1)
    forward, backward = (count > 0 for count in counts)
    return Answer({(1, 0): 0, (0, 1): 1, (1, 1): 2, (0, 0): 3}[forward, backward], said)


def _place(view: Mapping[str, str]) -> int:
    sentence = _sentence(view, None)
    first = sentence.blank if sentence.blank is not None else 0
    return whole(view, "at", otherwise=first, last=len(sentence.tokens) - 1)


def _sentence(view: Mapping[str, str], place: int | None) -> Sentence:
    text = view.get("text") or TEXT.default
    check_length(text, TEXT.most)
    return read(text, place)
