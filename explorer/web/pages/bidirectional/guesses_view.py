"""The blank and what each model puts there, also as words come on its right."""

from collections.abc import Sequence

import streamlit as st

from explorer.cloze.blanked_sentence import BLANK, Sentence, read, shortened
from explorer.cloze.filler import Guesses
from explorer.models.architecture import Reads
from explorer.text.numbers import percent
from explorer.text.words import detokenise
from explorer.web.components.guesses import Column, Guessed, guess_columns
from explorer.web.components.words import words
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import literal, plain
from explorer.web.kit.widgets import choose
from explorer.web.pages.bidirectional.controls import Asked
from explorer.web.pages.bidirectional.infill_models import filler, guesses
from explorer.web.pages.bidirectional.parameters import GROWING, PLACE
from explorer.web.pages.bidirectional.reads import READS, name_of

_FEW = 4
_MOST_CARDS = 9
LONG = 20


def show_fill(frame: Frame, asked: Asked) -> None:
    """The words to click, one word on the right, the three models, and the right side growing."""
    sentence = read(asked.text, asked.place)
    _show_words(frame, sentence)
    _show_remarks(sentence)
    if sentence.blank is None:
        st.info(
            _("No word is blanked yet: click a word, or write ___ in its place."),
            icon=":material/info:",
        )
        return
    _show_one_word(frame, sentence, sentence.blank)
    _show_guesses(frame, sentence, sentence.blank)
    _show_growth(frame, sentence, sentence.blank)


def _show_words(frame: Frame, sentence: Sentence) -> None:
    key = frame.address.key("words")

    def pick() -> None:
        frame.address.put({PLACE: int(st.session_state[key]["pick"])})

    words(
        sentence.tokens,
        sentence.blank,
        key=key,
        label=_("Choose the word to blank"),
        on_pick=pick,
    )


def _show_remarks(sentence: Sentence) -> None:
    """What the models make of the text, where that is not what was typed."""
    said = []
    if not sentence.ended:
        said.append(
            _("A full stop was added; without it, the models would fill the blank with one.")
        )
    reader = filler(name_of("both"))
    unknown = reader.vocabulary.unknown(
        token for token in reader.spelled(sentence.tokens) if token != BLANK
    )
    if unknown:
        said.append(
            _("Too rare in training to be in the vocabulary, read as unknown: {words}").format(
                words=plain("  ".join(unknown))
            )
        )
    if len(sentence.tokens) > LONG:
        said.append(
            _(
                "This text has {count} words and punctuation marks; the models were trained on "
                "few sentences with more than {most}."
            ).format(count=len(sentence.tokens), most=LONG)
        )
    if said:
        st.info("  \n".join(said), icon=":material/info:")


def _show_one_word(frame: Frame, sentence: Sentence, place: int) -> None:
    """What the blank holds with nothing on its right, with one word there, and with all of them."""
    steps = shortened(sentence.tokens, place)
    if len(steps) < 2:
        return
    shown = [*steps[:2], *([steps[-1]] if len(steps) > 2 else [])]
    found = guesses(name_of("both"), tuple(shown), place)
    without, with_one = (of.likeliest[0] for of in found[:2])
    st.header(_("What one word on the right does"))
    said = (
        _("Without “{next}”, the likeliest word is **{one}** ({p}); with it, **{two}** ({q}).")
        if without.token != with_one.token
        else _("The likeliest word is **{one}**: {p} without “{next}”, {q} with it.")
    )
    st.markdown(
        said.format(
            next=literal(steps[1][place + 1]),
            one=literal(without.token),
            p=percent(without.p),
            two=literal(with_one.token),
            q=percent(with_one.p),
        )
    )
    guess_columns(_cards(shown, found, sentence, place), key=frame.address.key("one-word"))


def _show_guesses(frame: Frame, sentence: Sentence, place: int) -> None:
    columns = []
    for reads, title in READS.items():
        (found,) = guesses(name_of(reads), (sentence.tokens,), place)
        columns.append(
            Column(
                title=_(title),
                subtitle=_seen(reads, sentence, place),
                rows=_rows(found, sentence),
                note=_note(sentence, found),
            )
        )
    st.header(_("The same blank, by what a model reads"))
    guess_columns(columns, key=frame.address.key("guesses"))
    if sentence.answer is None:
        return
    st.caption(
        _(
            "Where a model guesses the blanked word, it is framed; no model reads it. Only "
            "words are shown; the probability of unknown words is not included."
        )
    )


def _seen(reads: Reads, sentence: Sentence, place: int) -> str:
    """The sentence as a model that reads these sides sees it."""
    before = [] if reads == "backward" else [*sentence.tokens[:place]]
    behind = [] if reads == "forward" else [*sentence.tokens[place + 1 :]]
    hidden = "…"
    shown = [*(before or [hidden] * (place > 0)), BLANK, *(behind or [hidden])]
    return detokenise(shown, "en")


def _rows(found: Guesses, sentence: Sentence, most: int | None = None) -> list[Guessed]:
    answer = found.answer.token if found.answer and sentence.answer else None
    return [
        Guessed(guess.token, guess.p, percent(guess.p), guess.token == answer)
        for guess in found.likeliest[:most]
    ]


def _note(sentence: Sentence, found: Guesses) -> str:
    if sentence.answer is None:
        return ""
    if found.answer is None:
        return _("The original word is unknown to the models.")
    return _("The original word, “{word}”: {share}, rank {rank}").format(
        word=found.answer.token, share=percent(found.answer.p), rank=found.rank
    )


def _show_growth(frame: Frame, sentence: Sentence, place: int) -> None:
    """A card for each length of the right side, from nothing to all of it."""
    steps = shortened(sentence.tokens, place)
    if len(steps) < 2:
        return
    steps = [*steps[: _MOST_CARDS - 1], steps[-1]] if len(steps) > _MOST_CARDS else steps
    st.header(_("As words are added on the right"))
    readers = {name_of(reads): _(said) for reads, said in READS.items() if reads != "forward"}
    name = choose(frame, _("Model"), GROWING, readers)
    found = guesses(name, tuple(steps), place)
    cards = _cards(steps, found, sentence, place)
    guess_columns(cards, key=frame.address.key("growth"))
    st.caption(
        _(
            "The model that reads only what comes before predicts the same for all of these: "
            "it never sees a word on the right."
        )
    )


def _cards(
    steps: Sequence[tuple[str, ...]],
    found: Sequence[Guesses],
    sentence: Sentence,
    place: int,
) -> list[Column]:
    """Shortened sentences, and what the blank holds in each."""
    return [
        Column(
            title="",
            subtitle=detokenise([*tokens[:place], BLANK, *tokens[place + 1 :]], "en"),
            rows=_rows(of, sentence, _FEW),
            note="",
        )
        for tokens, of in zip(steps, found, strict=True)
    ]
