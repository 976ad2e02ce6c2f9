"""A reference beside the translation: what the model thinks of both, and what they share."""

import math
from collections.abc import Sequence

import streamlit as st

from explorer.figures.paths import path_lines
from explorer.locale import paragraph
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
from explorer.web.kit.markup import plain
from explorer.web.pages.translation.bleu import show_bleu
from explorer.web.pages.translation.result import Case
from explorer.web.shared.models import translator
from explorer.web.shared.references import ask_references, out_of_reach, unwritable


def show_reference(frame: Frame, case: Case) -> None:
    """The reader's references, or the project's own where it has one."""
    given = ask_references(frame, case.text, case.translator.language)
    if not given:
        st.info(_("Type a translation of the sentence to compare with the model's."))
        return
    compared = _compare(case.asked.model, case.text, case.now, given)
    _say_likelihood(frame, case, compared)
    paths = {_("the model's"): compared.output.costs} | {
        _name(n, len(given)): judged.forced.costs for n, judged in enumerate(compared.references)
    }
    show_altair(frame, path_lines(paths, translate=_), "reference")
    _show_matches(frame, compared)
    show_bleu(frame, compared)


def _say_likelihood(frame: Frame, case: Case, compared: Comparison) -> None:
    """Whose fault it is: the search's, if the reference was likelier, else the model's."""
    alpha = case.asked.alpha
    own = compared.output.score(alpha)
    for place, judged in enumerate(compared.references):
        theirs = judged.forced
        verdict = _verdict(frame, case, compared, place)
        said = _(
            "{name}: log p {log_prob}, score {score}; the model's own: log p {own_log_prob}, "
            "score {own_score}. {verdict}"
        ).format(
            name=_name(place, len(compared.references)).capitalize(),
            log_prob=decimal(theirs.log_prob, 2),
            score=decimal(theirs.score(alpha), 3),
            own_log_prob=decimal(compared.output.log_prob, 2),
            own_score=decimal(own, 3),
            verdict=verdict,
        )
        st.markdown(paragraph(said, _say_leaving(theirs)))


def _verdict(frame: Frame, case: Case, compared: Comparison, place: int) -> str:
    """Whether the search did what it should, where that can be judged."""
    theirs = compared.references[place].forced
    if case.changed:
        return _("You changed the output, so this says nothing about the search.")
    if not case.now.finished:
        return _("The output was truncated at the maximum length, so there is no verdict.")
    if theirs.unknown:
        return unwritable(frame, theirs.unknown)
    if compared.excess(place):
        return out_of_reach(frame, len(theirs.steps), compared.max_length)
    if place in compared.likelier(case.asked.alpha):
        return _("The search missed it: a search error.")
    return _("The search did not miss it: the model prefers its own.")


def _say_leaving(theirs: Forced) -> str:
    """Where the reference is no longer what the model would write next."""
    place = theirs.leaves_greedy
    if place is None:
        return _("It is what greedy search would write.")
    step = theirs.steps[place]
    return _(
        "It leaves the greedy path at word {place}: there it has {token} ({share}, rank "
        "{rank}), where the model would write {other} ({other_share})."
    ).format(
        place=place + 1,
        token=plain(visible(step.token)),
        share=percent(math.exp(step.log_prob)),
        rank=step.rank,
        other=plain(visible(step.alternatives[0].token)),
        other_share=percent(math.exp(step.alternatives[0].log_prob)),
    )


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


@st.cache_data(max_entries=64, show_spinner=False)
def _compare(model: str, text: str, output: Translation, references: tuple[str, ...]) -> Comparison:
    return compare(translator(model), text, output, references)
