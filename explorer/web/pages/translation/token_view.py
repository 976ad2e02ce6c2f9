"""The sentence and its translation, word by word, and what the model pays for it in all."""

import math
from collections.abc import Callable, Sequence

import streamlit as st

from explorer.locale import paragraph
from explorer.seq2seq.forced_decoding import Step
from explorer.text.numbers import decimal, raised
from explorer.text.tokens import visible
from explorer.text.vocabulary import EOS
from explorer.web.components.sentence import Mark, Sentence, SourceWord, Word, sentence
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import plain
from explorer.web.pages.translation.glosses import glosses
from explorer.web.pages.translation.result import Case
from explorer.web.pages.translation.source_changes import Change, force


def show_sentence(frame: Frame, case: Case, change: Change) -> None:
    """Both sentences, word by word; a click forces a word."""
    key = frame.address.key("sentence")
    forcing = _forcing(frame, key, case, change)
    sentence(_content(case, change), key=key, on_force=forcing)
    _say_unknown(case)
    _show_price(case)


def _content(case: Case, change: Change) -> Sentence:
    steps, forced = case.forced.steps, change.forced & set(range(len(case.prefix)))
    glossed = glosses(case)
    words = [
        _word(step, forced=place in forced, gloss=glossed.get(place, ""))
        for place, step in enumerate(steps)
    ]
    return Sentence(
        text=case.now.text,
        source=[SourceWord(token, _mark(case, token)) for token in case.now.source],
        words=words,
        before=case.before.tokens if case.changed else (),
        parting=case.parting,
        step=min(len(case.prefix), len(words) - 1) if case.prefix else _most_doubtful(steps),
        end=EOS,
    )


def _word(step: Step, *, forced: bool, gloss: str) -> Word:
    return Word(
        token=step.token,
        mark="copied" if step.copied else "" if step.known else "unknown",
        forced=forced,
        p=math.exp(step.log_prob),
        log_p=step.log_prob,
        rank=step.rank,
        entropy=step.entropy,
        alternatives=[(a.token, math.exp(a.log_prob)) for a in step.alternatives],
        gloss=gloss,
    )


def _mark(case: Case, token: str) -> Mark:
    if token in case.translator.source:
        return ""
    copies = zip(case.now.tokens, case.now.copied, strict=True)
    return "copied" if any(copied and word == token for word, copied in copies) else "unknown"


def _most_doubtful(steps: Sequence[Step]) -> int:
    """The place at which the model was least sure: the one to look at first."""
    return max(range(len(steps)), key=lambda place: steps[place].entropy)


def _forcing(frame: Frame, key: str, case: Case, change: Change) -> Callable[[], None]:
    before = change.forced if case.prefix else frozenset[int]()

    def act() -> None:
        chosen = st.session_state[key]["force"]
        beginning = (*case.now.tokens[: chosen["step"]], chosen["token"])
        force(frame, case.translator, beginning, forced=before)

    return act


def _say_unknown(case: Case) -> None:
    """The words of the forced beginning that the model does not know, by name."""
    steps = case.forced.steps[: len(case.prefix)]
    unknown = dict.fromkeys(step.token for step in steps if not step.known)
    if unknown:
        said = _("The model cannot write these words and reads them as unknown: {words}")
        st.info(said.format(words=plain("  ".join(map(visible, unknown)))), icon=":material/info:")


def _show_price(case: Case) -> None:
    forced, alpha = case.forced, case.asked.alpha
    said = _(
        "log p = {log_prob}: the model gives this whole sentence a probability of {share}. "
        "Normalised: log p / {length}{alpha} = {score}."
    ).format(
        log_prob=decimal(forced.log_prob, 2),
        share=f"{math.exp(forced.log_prob):.2g}",
        length=len(forced.steps),
        alpha=raised(alpha),
        score=decimal(forced.score(alpha), 3),
    )
    if not case.now.finished:
        said = paragraph(said, _("The translation was truncated: the model did not end it."))
    if case.changed:
        said = paragraph(
            said,
            _("Before the change, log p was {log_prob} and the score {score}.").format(
                log_prob=decimal(case.before.log_prob, 2), score=decimal(case.before.score, 3)
            ),
        )
    st.caption(said)
