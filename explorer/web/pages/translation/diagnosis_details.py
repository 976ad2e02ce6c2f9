"""What a diagnosis rests on, folded: the reference in the beam, what matches, scores."""

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from explorer.decoding.reference_rank import StepRank
from explorer.figures.falling import Held, falling_lines
from explorer.figures.paths import path_lines
from explorer.seq2seq.findings import Diagnosis
from explorer.seq2seq.forced_decoding import Forced
from explorer.seq2seq.reference import LONGEST, Comparison, compare
from explorer.seq2seq.translator import Translation
from explorer.text.numbers import decimal, percent
from explorer.text.pieces import joined, spans
from explorer.text.tokens import visible
from explorer.web.components.rows import Cell, Row, rows
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.pages.translation.bleu import show_bleu
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator


def show_details(frame: Frame, case: Case, found: Diagnosis, given: Sequence[str]) -> None:
    """Everything that has numbers of its own."""
    if found.against:
        with st.expander(_("The reference in the beam, step by step")):
            _show_beam(frame, case, found.against.verdict.reference_rank.steps)
        with st.expander(_("Word by word: what matches, and BLEU")):
            _show_words(frame, _compare(case.asked.model, case.text, found.output, tuple(given)))
    with st.expander(_("Scores, and that of the empty translation")):
        _show_scores(found)


def _show_beam(frame: Frame, case: Case, places: Sequence[StepRank]) -> None:
    words = case.translator.target.tokens
    steps = [Held(visible(words[p.token]), p.total, p.cut, p.rank, p.kept) for p in places]
    show_altair(frame, falling_lines(steps, translate=_), "falling")
    table = {
        _("step"): range(1, len(places) + 1),
        _("token"): [step.token for step in steps],
        "log p": [_number(place.log_prob) for place in places],
        _("log p so far (nats)"): [_number(place.total) for place in places],
        _("cutoff"): [_number(place.cut) for place in places],
        _("rank"): [place.rank for place in places],
        _("below the cutoff (nats)"): [_number(place.below) for place in places],
        _("in the beam"): ["✓" if place.kept else "" for place in places],
    }
    show_table(pd.DataFrame(table))


def _number(nats: float) -> str | None:
    return decimal(nats, 3) if math.isfinite(nats) else None


def _show_words(frame: Frame, compared: Comparison) -> None:
    """What each word costs, how long the n-grams are that it shares, and BLEU."""
    paths = {_("the model's"): compared.output.costs} | {
        _name(n, len(compared.references)): judged.forced.costs
        for n, judged in enumerate(compared.references)
    }
    show_altair(frame, path_lines(paths, translate=_), "reference")
    _show_matches(frame, compared)
    show_bleu(compared)


def _show_matches(frame: Frame, compared: Comparison) -> None:
    """The words, as deep as the longest n-gram is that they share."""
    output = [(m.n, m.covered) for m in compared.matches]
    made = [Row(_("the model's"), _cells(compared.output, output))]
    for place, judged in enumerate(compared.references):
        theirs = [(m.n, m.covered_in(place)) for m in compared.matches]
        label = _name(place, len(compared.references))
        made.append(Row(label, _cells(judged.forced, theirs)))
    st.markdown(
        _(
            "The stronger a word's colour, the longer the matching n-gram it belongs to; the "
            "number below is the word's log p; framed words are unknown to the model."
        )
    )
    rows(made, key=frame.address.key("matches"))


def _cells(forced: Forced, covered: Sequence[tuple[int, frozenset[int]]]) -> list[Cell]:
    """The words, each shaded by the longest n-gram among those ``covered`` that it is part of."""
    words = joined(forced.tokens)
    made = []
    for place, span in enumerate(spans(forced.tokens)):
        longest = max((n for n, places in covered if place in places), default=0)
        steps = [forced.steps[step] for step in span]
        note = decimal(sum(step.log_prob for step in steps), 2)
        unknown = not all(step.known for step in steps)
        made.append(Cell(words[place], longest / LONGEST, mark=unknown, note=note))
    return made


def _name(place: int, count: int) -> str:
    return _("the reference") if count == 1 else _("reference {number}").format(number=place + 1)


def _show_scores(found: Diagnosis) -> None:
    """Everything that was compared; and how likely it is to say nothing."""
    search, against = found.search, found.against
    named = {_("this translation"): search.own}
    if against:
        named[_("the reference")] = against.verdict.reference
    if search.better:
        named[_("the best known")] = search.better
    named[_("the empty translation")] = search.empty
    table = {
        " ": list(named),
        _("score"): [decimal(f.score, 3) if f.finished else "–" for f in named.values()],
        "log p": [decimal(f.log_prob, 3) for f in named.values()],
        _("tokens"): [len(f.tokens) + f.finished for f in named.values()],
    }
    show_table(pd.DataFrame(table))
    st.caption(
        _(
            "The model ends at once with a probability of {share}. Of the {count} hypotheses that "
            "the searches finished, {above} score higher than this empty translation."
        ).format(
            share=percent(math.exp(search.empty.log_prob)),
            count=len(search.known),
            above=search.above_empty,
        )
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _compare(model: str, text: str, output: Translation, references: tuple[str, ...]) -> Comparison:
    return compare(translator(model), text, output, references)
