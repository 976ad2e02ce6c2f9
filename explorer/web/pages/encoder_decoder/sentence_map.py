"""Where sentences lie: the project's own sentences in a plane, the reader's among them."""

import numpy as np
import pandas as pd
import streamlit as st

from explorer.figures.plane import Own, Sentences, sentence_map
from explorer.locale import N_
from explorer.seq2seq.neighbours import nearest
from explorer.seq2seq.projections import Projection
from explorer.seq2seq.test_scores import LENGTHS
from explorer.text.numbers import decimal, percent
from explorer.text.sentences import SUBJECTS, TENSES, sentences
from explorer.web.kit.figure import show_plotly
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import quoted
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import choose, example
from explorer.web.pages.encoder_decoder.output import written
from explorer.web.pages.encoder_decoder.parameters import AXES, COLOUR, PLANE, SHOW
from explorer.web.pages.encoder_decoder.values import (
    Sentence,
    halfway,
    labels,
    own_contexts,
    probe,
    projection,
)

_TENSE_NAMES = {
    "present": N_("present"),
    "past": N_("past"),
    "future": N_("future"),
    "conditional": N_("conditional"),
    "imperative": N_("imperative"),
}
_SUBJECT_NAMES = {"name": N_("a name"), "noun": N_("another noun")}
_NEIGHBOURS = 5
_BOTH = 2  # sentences, between which there is a line


def show_map(frame: Frame, model: str, read: tuple[Sentence, ...]) -> None:
    """The plane, the reader's sentences and the way between them, and their neighbours by name."""
    left, right = st.columns([3, 2], gap="medium")
    with right:
        colour = choose(frame, _("Colour by"), COLOUR)
        plane = choose(frame, _("Projection plane"), PLANE)
        first = _choose_axes(frame, len(projection(model, plane, colour).axes))
        halfway_place = st.container()
        for sentence in read:
            _show_neighbours(model, sentence, colour)
    with left:
        _show_plane(frame, model, read, projection(model, plane, colour), colour, first)
    if len(read) == _BOTH:
        with halfway_place:  # last, since it takes longest
            _show_halfway(frame, model, *read)


def _show_plane(
    frame: Frame,
    model: str,
    read: tuple[Sentence, ...],
    show: Projection,
    colour: str,
    first: int,
) -> None:
    axes = [first, first + 1]
    dots = Sentences(
        texts=[sentence.english for sentence in sentences()],
        coordinates=show(own_contexts(model))[:, axes],
        groups=labels(colour),
        names=label_names(colour),
        ordered=colour == "length",
    )
    stars = [Own(s.number, s.text, show(s.context[None])[0, axes]) for s in read]
    line = _between(*(star.at for star in stars)) if len(stars) == _BOTH else None
    names = axis_names(show.share[axes], first)
    figure = sentence_map(dots, own=stars, line=line, point=1, axes=names, translate=_)
    show_plotly(frame, figure, "sentences")
    st.caption(_say_probe(model, colour, float(show.share[axes].sum())))


def _between(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The ends of the line between two points (2,), and its middle: (3, 2)."""
    return np.stack([one, (one + two) / 2, two])


def _show_halfway(frame: Frame, model: str, one: Sentence, two: Sentence) -> None:
    """What lies between the two sentences, and the way to all of the line."""
    with st.spinner(_("Decoding along the line …")):
        found = halfway(model, one.text, two.text)
    said = _(
        "**Halfway between the two**, where no sentence was encoded, the decoder writes {text}"
    )
    st.markdown(said.format(text=written(found)))
    example(frame, _("See the whole line between them"), {SHOW: "line"}, key="map.line")


def axis_names(share: np.ndarray, first: int) -> tuple[str, str]:
    """What the axes are called, with their parts of the variance."""
    names = [
        _("axis {number}: {share} of the variance").format(
            number=first + offset + 1, share=percent(part, 1)
        )
        for offset, part in enumerate(share)
    ]
    return names[0], names[1]


def label_names(colour: str) -> dict[str, str]:
    """Label → its name in the reader's language, in order."""
    if colour == "length":
        spans = [f"{low}–{high}" for low, high in LENGTHS]
        return {span: _("{span} words").format(span=span) for span in spans}
    if colour == "tense":
        return {tense: _(_TENSE_NAMES[tense]) for tense in TENSES}
    return {who: _(_SUBJECT_NAMES[who]) if who in _SUBJECT_NAMES else who for who in SUBJECTS}


def _choose_axes(frame: Frame, count: int) -> int:
    """The first of the two axes shown."""
    firsts = {first: f"{first + 1}, {first + 2}" for first in range(0, count - 1, 2)}
    if len(firsts) == 1:
        return 0
    return choose(frame, _("Axes"), AXES, firsts)


def _say_probe(model: str, colour: str, share: float) -> str:
    found = probe(model, colour)
    return _(
        "Each dot is the context variable of one of {count} sentences; the plane shows "
        "{share} of their variance. How well can the {label} be read off the whole "
        "context variable? A linear classifier is right for {accuracy} of the sentences, "
        "each left out of the fit that classifies it; always predicting the most common "
        "{label} is right for {majority}."
    ).format(
        count=len(sentences()),
        share=percent(share),
        label=_(COLOUR.options[colour]),
        accuracy=percent(found.accuracy),
        majority=percent(found.majority),
    )


def _show_neighbours(model: str, sentence: Sentence, colour: str) -> None:
    st.markdown(
        _("Nearest to sentence {number} ({text})").format(
            number=sentence.number + 1, text=quoted(sentence.text)
        )
    )
    found = nearest(own_contexts(model), sentence.context, _NEIGHBOURS + 1)
    own = sentences()
    others = [n for n in found if own[n.place].english != sentence.text.strip()][:_NEIGHBOURS]
    names, groups = label_names(colour), labels(colour)
    table = pd.DataFrame(
        {
            _("sentence"): [own[n.place].english for n in others],
            _("cosine similarity"): [decimal(n.similarity, 3) for n in others],
            _(COLOUR.options[colour]): [names[groups[n.place]] for n in others],
        }
    )
    show_table(table)
