"""What a wider beam costs and gives: on this sentence, and over a test set as it was measured."""

import pandas as pd
import streamlit as st

from explorer.evaluation.sentence import sentence_bleu
from explorer.figures.widths import width_lines
from explorer.locale import paragraph
from explorer.search.sentence_widths import Answer, best_known
from explorer.text.numbers import decimal
from explorer.web.kit.figure import show_altair
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.pages.search.result import Case
from explorer.web.pages.search.test_set_widths import place, show_test_set
from explorer.web.pages.search.tree_panels import written
from explorer.web.pages.search.width_job import tried
from explorer.web.shared.models import translator
from explorer.web.shared.references import ask_references

Measures = dict[str, tuple[list[float | None], str, bool]]
"""By title: a value an answer, how it is written, whether on a logarithmic axis. What has not ended
has no score."""


def show_widths(frame: Frame, case: Case) -> None:
    """Widths 1 to 50 and exact search on this sentence, then the shipped figures."""
    references: tuple[str, ...] = ()
    characters = False
    if case.asked.kind == "translation":
        language = translator(case.asked.subject).language
        references = ask_references(frame, case.asked.text, language)
        characters = language == "zh"
    answers = tried(case)
    if answers:
        _say_best(answers)
        _show_charts(frame, answers, _measures(answers, references, characters=characters))
        with st.expander(_("What each width finds")):
            show_table(_table(case, answers))
    if case.asked.kind == "translation":
        show_test_set(frame, case.asked.subject)


def _say_best(answers: tuple[Answer, ...]) -> None:
    """From which width on nothing better comes, as far as it is known."""
    best = best_known(answers)
    first = next((answer for answer in answers if answer.finds(best)), None)
    if first is None:
        st.markdown(_("None of these searches finished a hypothesis."))
        return
    exact = answers[-1] if answers[-1].width is None else None
    if first.width is None:
        said = _("None of the widths tried finds what exact search finds, with the score {score}.")
    else:
        said = _(
            "Width {width} is the first to find the best known, score {score}; {found} of "
            "the {count} widths tried find it."
        )
    beams = [answer for answer in answers if answer.width is not None]
    said = said.format(
        width=first.width,
        score=decimal(best, 3),
        count=len(beams),
        found=sum(answer.finds(best) for answer in beams),
    )
    if exact is not None and exact.proved_optimal:
        said = paragraph(said, _("Exact search proved that nothing is better."))
    elif exact is not None and not exact.proved:
        said = paragraph(said, _("Exact search used up its budget, without a proof."))
    elif exact is not None:
        said = paragraph(
            said,
            _(
                "Exact search used up its budget: it proved that nothing of up to {length} "
                "tokens is better."
            ).format(length=exact.proved),
        )
    st.markdown(said)


def _measures(
    answers: tuple[Answer, ...], references: tuple[str, ...], *, characters: bool
) -> Measures:
    measures: Measures = {
        "log p": ([a.best.log_prob if a.best.finished else None for a in answers], ".2f", False),
        _("score"): ([a.best.score if a.best.finished else None for a in answers], ".3f", False),
        _("continuations scored"): (
            [a.bill.continuations_scored for a in answers],
            ".0f",
            True,
        ),
    }
    if references:
        bleu = (sentence_bleu(a.text, references, characters=characters).bleu for a in answers)
        measures["BLEU"] = ([*bleu], ".1f", False)
    else:
        measures[_("decoder calls")] = ([float(a.bill.decoder_calls) for a in answers], ".0f", True)
    return measures


def _show_charts(frame: Frame, answers: tuple[Answer, ...], measures: Measures) -> None:
    """Two beside each other; one below the other on a phone."""
    places = [place(answer.width) for answer in answers]
    columns = st.columns(2)
    for number, (title, (values, shape, logarithmic)) in enumerate(measures.items()):
        chart = width_lines(
            {title: [(p, v) for p, v in zip(places, values, strict=True) if v is not None]},
            title=title,
            shape=shape,
            logarithmic=logarithmic,
            translate=_,
        )
        with columns[number % 2]:
            show_altair(frame, chart, f"widths-{number}")


def _table(case: Case, answers: tuple[Answer, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("beam width"): [place(a.width) for a in answers],
            _("best"): [written(case, a.best) for a in answers],
            "log p": [decimal(a.best.log_prob, 3) for a in answers],
            _("score"): [decimal(a.best.score, 3) for a in answers],
            _("decoder calls"): [a.bill.decoder_calls for a in answers],
            _("continuations scored"): [a.bill.continuations_scored for a in answers],
            _("seconds"): [decimal(a.bill.seconds, 3) for a in answers],
        }
    )
