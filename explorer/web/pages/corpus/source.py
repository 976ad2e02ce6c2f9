"""Which pairs the page shows: the project's own, the whole corpus in figures, the reader's."""

from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from explorer.corpus.lengths import Lengths
from explorer.corpus.parallel import Parallel, Tokeniser
from explorer.corpus.reading import Pairs
from explorer.corpus.summary import SideFigures
from explorer.locale import N_, enumerated
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.kit.widgets import choose
from explorer.web.pages.corpus import computed
from explorer.web.pages.corpus.own_text import choose_text
from explorer.web.pages.corpus.parameters import OWN, SOURCE, WHOLE

#: What the shipped figures say in words, for the catalogues.
_SAID = (
    N_("English–French sentence pairs"),
    N_(
        "the English–French file of www.manythings.org/anki, from tatoeba.org, which Dive into "
        "Deep Learning uses in its section on machine translation"
    ),
)


@dataclass(frozen=True)
class Chosen:
    """The corpus that the page shows.

    Attributes:
        key: Stands for it in caches.
        names: What its sides are called, in the reader's language.
        pieces: Byte-pair pieces that a side may have.
        corpus: Its tokens; None where only figures are there.
        source: The figures of the sentences.
        target: The figures of their translations.
        lengths: The lengths of both.
    """

    key: str
    names: tuple[str, str]
    pieces: int
    corpus: Parallel | None
    source: SideFigures
    target: SideFigures
    lengths: Lengths

    @property
    def sides(self) -> tuple[tuple[str, str, SideFigures], ...]:
        """Each side as its name in the code, its name for the reader, and its figures."""
        left, right = self.names
        return (("source", left, self.source), ("target", right, self.target))


def choose_source(frame: Frame, *, pieces: int) -> Chosen:
    """The corpus that the reader chose.

    Raises:
        ExplorerError: The reader's text cannot be read, or the shipped figures are damaged.
    """
    match choose(frame, _("Sentence pairs"), SOURCE):
        case "whole":
            return _whole()
        case "text":
            text, source, target = choose_text(frame)
            with st.spinner(_("Reading the sentences …")):
                pairs = computed.pairs_of(text)
            _name_troubles(pairs)
            digest = sha256(text.encode()).hexdigest()
            names = (_("Source"), _("Target"))
            return _counted(digest, pairs, (source, target), names, pieces)
    names = (_("English"), _("French"))
    st.caption(
        _(
            "Written for this project: every tense with every subject, questions, negations and "
            "relative clauses."
        )
    )
    return _counted(OWN, computed.own_pairs(), ("en", "fr"), names, pieces)


def _counted(
    digest: str,
    pairs: Pairs,
    languages: tuple[Tokeniser, Tokeniser],
    names: tuple[str, str],
    pieces: int,
) -> Chosen:
    """A corpus whose text is there, counted side by side."""
    key = ":".join((digest, *languages))
    with st.spinner(_("Tokenizing sentences …")):
        corpus = computed.corpus_of(digest, *languages, pairs)
    figures = []
    for which, side, name in zip(
        ("source", "target"), (corpus.source, corpus.target), names, strict=True
    ):
        waiting = _("Counting words, subwords and characters: {side} …").format(side=name)
        with st.spinner(waiting):
            figures.append(computed.figures_of(key, which, pieces, side))
    source, target = figures
    return Chosen(key, names, pieces, corpus, source, target, computed.lengths_of(key, corpus))


def _whole() -> Chosen:
    shipped = computed.whole()
    origin, summary = shipped.origin, shipped.summary
    st.caption(
        _(
            "{name}: {source}. Licence: {licence}; attribution: {attribution}. The text is "
            "not included: everything here is computed from counts, which were made by this "
            "command."
        ).format(
            name=_(origin.name),
            source=_(origin.source),
            licence=plain(origin.licence),
            attribution=plain(origin.attribution),
        )
    )
    st.code(origin.command, language=None, wrap_lines=True)
    names = (_("English"), _("French"))
    return Chosen(
        WHOLE, names, summary.pieces, None, summary.source, summary.target, summary.lengths
    )


_TROUBLES = {
    "without_tab": N_("Skipped, no tab: {lines}."),
    "without_side": N_("Skipped, one side is empty: {lines}."),
    "too_long": N_("Skipped, a sentence is longer than 2,000 characters: {lines}."),
    "more_columns": N_("More than two columns, the first two were read: {lines}."),
    "controls": N_("Control characters, read as spaces: {lines}."),
}
_NAMED = 5


def _name_troubles(pairs: Pairs) -> None:
    """Says which lines of the reader's text had something wrong."""
    said = [
        _(message).format(lines=_lines(getattr(pairs, what)))
        for what, message in _TROUBLES.items()
        if getattr(pairs, what)
    ]
    if said:
        st.warning("  \n".join(said), icon=":material/warning:")


def _lines(numbers: tuple[int, ...]) -> str:
    named = enumerated(map(str, numbers[:_NAMED]), _)
    if len(numbers) > _NAMED:
        return _("lines {lines} and {more} more").format(lines=named, more=len(numbers) - _NAMED)
    return (
        _("lines {lines}").format(lines=named)
        if len(numbers) > 1
        else _("line {line}").format(line=named)
    )
