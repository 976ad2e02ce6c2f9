"""Sequences drawn by chance, beside what the searches found. Brings in torch."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from explorer.decoding.hypothesis import Hypothesis
from explorer.decoding.sampling import SamplingSettings, sample
from explorer.decoding.tree import Strategy
from explorer.locale import enumerated, paragraph
from explorer.search.text_search import TextSearch
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.table import show_table
from explorer.web.kit.widgets import number
from explorer.web.pages.search.controls import search_titles
from explorer.web.pages.search.parameters import DRAWS, SEED, TEMPERATURE, TOP_K, TOP_P
from explorer.web.pages.search.result import Case, max_length, tokens
from explorer.web.pages.search.rules import Rules
from explorer.web.pages.search.tree_panels import written


def show_chance(frame: Frame, case: Case) -> None:
    """How tokens are drawn, and a row for every sequence that was drawn or found."""
    st.markdown(
        _(
            "A search looks for the best sequence; sampling draws each token by its "
            "probability, so it shows what else the model might write. Compared here with "
            "what the searches found."
        )
    )
    count, seed, chances = _ask(frame, case)
    asked = case.asked
    drawn = _drawn(asked.subject, asked.text, asked.rules, case.question, count, seed, chances)
    found = {name: tree.n_best[0] for name, tree in case.trees.items()}
    table = _table(case, drawn, found)
    show_table(table, digits={"log p": 3, _("score"): 3})
    st.caption(_say(drawn, found))


def _ask(frame: Frame, case: Case) -> tuple[int, int, SamplingSettings]:
    with st.container(horizontal=True, gap="medium"):
        count = number(frame, _("Sequences to draw"), DRAWS, width=150)
        seed = number(frame, _("Seed"), SEED, width=130)
        return count, seed, _ask_chances(frame, tokens(case.question))


def _ask_chances(frame: Frame, all_tokens: int) -> SamplingSettings:
    temperature = number(
        frame,
        _("Temperature"),
        TEMPERATURE,
        step=0.1,
        width=150,
        help=_(
            "Below 1, likely tokens become even likelier; above 1, unlikely tokens come more often."
        ),
    )
    top_k = number(
        frame,
        _("Top k of {all}").format(all=f"{all_tokens:,}"),
        TOP_K.within(1, all_tokens).starting(all_tokens),
        width=170,
        help=_("Draw only from the k most likely tokens."),
    )
    top_p = number(
        frame,
        _("Top p (nucleus)"),
        TOP_P,
        step=0.05,
        width=150,
        help=_("Draw only from the fewest tokens that together have this probability."),
    )
    return SamplingSettings(temperature, top_k, top_p)


@st.cache_data(max_entries=32, show_spinner=False)
def _drawn(
    subject: str,
    text: str,
    rules: Rules,
    _made: TextSearch,  # not part of the key: the arguments before it say what it is
    count: int,
    seed: int,
    chances: SamplingSettings,
) -> tuple[Hypothesis, ...]:
    return sample(
        _made.scorer,
        _made.source,
        count=count,
        settings=chances,
        seed=seed,
        max_length=max_length(rules, _made),
        alpha=rules.alpha,
    )


def _table(
    case: Case, drawn: tuple[Hypothesis, ...], found: Mapping[Strategy, Hypothesis]
) -> pd.DataFrame:
    """A row a sequence, the highest score first: how often it was drawn, and who found it."""
    titles = search_titles()
    rows = {_sequence(one): one for one in (*drawn, *found.values())}
    same = {at: [n for n, f in found.items() if _sequence(f) == at] for at in rows}
    ranked = sorted(rows.items(), key=lambda item: -item[1].score)
    return pd.DataFrame(
        [
            {
                _("sequence"): written(case, one),
                _("times drawn"): sum(_sequence(other) == at for other in drawn),
                _("found by"): enumerated((titles[name] for name in same[at]), _),
                "log p": one.log_prob,
                _("score"): one.score,
            }
            for at, one in ranked
        ]
    )


def _sequence(one: Hypothesis) -> tuple[tuple[int, ...], bool]:
    """What makes two hypotheses the same."""
    return one.tokens, one.finished


def _say(drawn: tuple[Hypothesis, ...], found: Mapping[Strategy, Hypothesis]) -> str:
    counts = {"distinct": len({_sequence(one) for one in drawn}), "count": len(drawn)}
    ended = [one for one in found.values() if one.finished]
    notes = _(
        "An ellipsis means that the sequence has not ended. log p and score are the "
        "model's own, whatever the temperature."
    )
    if not ended:
        said = _("{distinct} distinct sequences in {count} draws; no search finished a hypothesis.")
        return paragraph(said.format(**counts), notes)
    best = max(ended, key=lambda one: one.score)
    said = _(
        "{distinct} distinct sequences in {count} draws. Draws of the best sequence that a search "
        "found: {same}; draws with a higher score: {better}."
    ).format(
        **counts,
        same=sum(_sequence(one) == _sequence(best) for one in drawn),
        better=sum(one.finished and one.score > best.score + 1e-4 for one in drawn),
    )
    return paragraph(said, notes)
