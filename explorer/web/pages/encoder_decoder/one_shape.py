"""Sentences of any length, one shape: the final states side by side."""

import numpy as np
import streamlit as st

from explorer.figures.palette import reach
from explorer.figures.state import state_picture
from explorer.locale import paragraph
from explorer.seq2seq.neighbours import nearest
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose
from explorer.web.pages.encoder_decoder.output import written
from explorer.web.pages.encoder_decoder.parameters import PART
from explorer.web.pages.encoder_decoder.values import Sentence, decoded


def show_shape(frame: Frame, model: str, read: tuple[Sentence, ...]) -> None:
    """The state of each sentence as a picture, and what the decoder makes of it."""
    if not read:
        return
    part = _choose_part(frame, read[0])
    pictures = [_values(sentence, part) for sentence in read]  # (L, H) each
    st.markdown(_say_shape(read))
    top = reach(part, np.stack(pictures))
    for column, sentence, values in zip(st.columns(2), read, pictures, strict=False):
        with column:
            name = _("sentence {number} · words: {words} · numbers per word: {each}").format(
                number=sentence.number + 1,
                words=sentence.words,
                each=round(_numbers(sentence) / max(1, sentence.words)),
            )
            figure = state_picture(values, part, top=top, name=name, translate=_)
            show_plotly(frame, figure, f"{part}-{sentence.number + 1}")
            text = written(decoded(model, sentence.text))
            st.markdown(_("Decoded from this state: {text}").format(text=text))
    st.caption(_explain(read[0]))


def _explain(sentence: Sentence) -> str:
    """What the squares are: of an LSTM, one of the two parts that the decoder is given."""
    if sentence.states.memory is None:
        given = _(
            "These numbers are all that the decoder is given of the sentence: no word has a "
            "position of its own in them."
        )
    else:
        given = _(
            "These numbers and those of the other state are all that the decoder is given of "
            "the sentence: no word has a position of its own in them."
        )
    squares = _(
        "Each square is one unit of the encoder after `<eos>`, the token at the end of "
        "the sentence."
    )
    return paragraph(squares, given)


def _choose_part(frame: Frame, sentence: Sentence) -> str:
    """Of an LSTM the hidden state or the memory; others have the first alone."""
    if sentence.states.memory is None:
        return "hidden"
    return choose(frame, _("State"), PART)


def _values(sentence: Sentence, part: str) -> np.ndarray:
    states = sentence.states
    values = states.memory if part == "memory" and states.memory is not None else states.hidden
    of_one: np.ndarray = values[0]
    return of_one


def _numbers(sentence: Sentence) -> int:
    """How many numbers the decoder is given of a sentence."""
    states = sentence.states
    return int(states.hidden[0].size) * (1 if states.memory is None else 2)


def _say_shape(read: tuple[Sentence, ...]) -> str:
    """The shape in numbers, and how like the two states are."""
    layers, units = read[0].states.hidden.shape[1:]
    if read[0].states.memory is None:
        said = _(
            "Every sentence becomes {numbers} numbers, {layers} layers of {units} units, "
            "whatever its length."
        )
    else:
        said = _(
            "Every sentence becomes {numbers} numbers, the hidden state and memory cell of "
            "{layers} layers of {units} units, whatever its length."
        )
    said = said.format(numbers=_numbers(read[0]), layers=layers, units=units)
    if len(read) == 2:
        (like,) = nearest(read[1].context[None], read[0].context, 1)
        said = paragraph(
            said,
            _("The cosine similarity of their context variables is {cosine}.").format(
                cosine=decimal(like.similarity, 2)
            ),
        )
    return said
