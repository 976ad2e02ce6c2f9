"""A minibatch of both sides as matrices: cut, padded, with their valid lengths."""

from dataclasses import dataclass

import streamlit as st

from explorer.corpus.minibatch import RESERVED, Row, drawn, minibatch
from explorer.figures.palette import CORPUS_COLOURS
from explorer.text.vocabulary import EOS, PAD, UNKNOWN, Vocabulary
from explorer.web.components.minibatch import Kind, Line, Place, matrix
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.widgets import choose, number, slide, slide_options
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.parameters import MINIMUM, SEED, SIZE, STEPS, WRITTEN_AS
from explorer.web.pages.corpus.source import Chosen

#: More rows than anyone reads would only make the page slow.
_MOST_ROWS = 32
#: Stands for a word of a corpus whose text is not here.
_WORD = "·"


@dataclass(frozen=True)
class _Settings:
    """What the reader set: see the page's parameters."""

    num_steps: int
    size: int
    seed: int
    minimum: int
    as_numbers: bool


def show_minibatch(frame: Frame, chosen: Chosen) -> None:
    """A matrix a side, with the controls below the first: both are in sight on a small screen."""
    st.markdown(
        _(
            "Every row is a sentence followed by `<eos>`. A longer one is truncated and "
            "loses its `<eos>`; a shorter one is padded with `<pad>`. The *valid length* "
            "counts what is not padding: the loss ignores the rest."
        )
    )
    first = st.container()
    settings = _ask(frame, chosen)
    drawn_rows = _of_text if chosen.corpus else _of_lengths
    places = (first, st.container())
    for place, (which, name, _figures) in zip(places, chosen.sides, strict=True):
        rows, vocabulary = drawn_rows(chosen, which, settings)
        numbered = vocabulary if settings.as_numbers else None
        with place:
            matrix(
                [_line(row, numbered) for row in rows[:_MOST_ROWS]],
                name=name,
                colour=CORPUS_COLOURS[which],
                key=frame.address.key(f"matrix.{which}"),
            )
    _remark(chosen, settings)


def _ask(frame: Frame, chosen: Chosen) -> _Settings:
    """The sliders; of a corpus whose text is not here no word is rare."""
    counted = chosen.corpus is not None
    places = iter(st.columns([3, 3, 2, 3, 3] if counted else [3, 3, 2], gap="medium"))
    with next(places):
        num_steps = slide(frame, _("Steps (`num_steps`)"), STEPS)
    with next(places):
        size = slide_options(frame, _("Batch size"), SIZE)
    with next(places):
        seed = number(frame, _("Sampling seed"), SEED)
    if not counted:
        return _Settings(num_steps, size, seed, MINIMUM.default, as_numbers=False)
    with next(places):
        minimum = slide(frame, _("Minimum frequency"), MINIMUM)
    with next(places):
        written = choose(frame, _("Written as"), WRITTEN_AS)
    return _Settings(num_steps, size, seed, minimum, as_numbers=written == "numbers")


def _of_text(chosen: Chosen, which: str, settings: _Settings) -> tuple[tuple[Row, ...], Vocabulary]:
    """The rows of one side, and the vocabulary that numbers their tokens."""
    side = getattr(chosen.corpus, which)
    vocabulary = computed.vocabulary_of(chosen.key, which, settings.minimum, side)
    numbers = drawn(len(side.tokens), size=settings.size, seed=settings.seed)
    steps = settings.num_steps
    return minibatch(side.tokens, vocabulary, numbers=numbers, num_steps=steps), vocabulary


def _of_lengths(
    chosen: Chosen, which: str, settings: _Settings
) -> tuple[tuple[Row, ...], Vocabulary]:
    """The same of a corpus whose text is not here: a sign for every word."""
    every = chosen.lengths.every()[:, int(which == "target")]  # (N,)
    numbers = drawn(len(every), size=settings.size, seed=settings.seed)
    words = [(_WORD,) * int(every[n]) for n in numbers]
    vocabulary = Vocabulary((UNKNOWN, *RESERVED, _WORD))
    steps = settings.num_steps
    return minibatch(words, vocabulary, numbers=range(len(words)), num_steps=steps), vocabulary


def _line(row: Row, vocabulary: Vocabulary | None) -> Line:
    """A row to be drawn: its tokens, or their numbers in the vocabulary."""
    numbers = vocabulary.encode(row.tokens) if vocabulary else []
    texts = list(map(str, numbers)) if vocabulary else list(row.tokens)
    places = [
        Place(_kind(token), text, row.words[at] if token == UNKNOWN else "")
        for at, (token, text) in enumerate(zip(row.tokens, texts, strict=True))
    ]
    return Line(places, row.valid, row.lost)


def _kind(token: str) -> Kind:
    kinds: dict[str, Kind] = {UNKNOWN: "unknown", EOS: "end", PAD: "padding"}
    return kinds.get(token, "word")


def _remark(chosen: Chosen, settings: _Settings) -> None:
    """What the reader should know of what is drawn, and of what is not."""
    if settings.size > _MOST_ROWS:
        st.caption(
            _("The first {shown} of {rows} rows.").format(shown=_MOST_ROWS, rows=settings.size)
        )
    if chosen.corpus is None:
        st.caption(
            _("The text of this corpus is not included: {sign} stands for a word.").format(
                sign=_WORD
            )
        )
    else:
        st.caption(
            _(
                "A dashed box is a word that occurs fewer than {minimum} times; the small word "
                "below `<unk>` is the original."
            ).format(minimum=settings.minimum)
        )
