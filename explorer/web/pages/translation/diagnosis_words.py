"""A diagnosis in words: the answer, then one line for each question that it answers."""

import math
from collections.abc import Callable, Iterator, Sequence

import streamlit as st

from explorer.decoding.hypothesis import Hypothesis
from explorer.locale import enumerated, paragraph
from explorer.seq2seq.diagnosis import MOST_WIDTH
from explorer.seq2seq.findings import Against, Diagnosis, Influence, Proof
from explorer.seq2seq.verdict import Verdict
from explorer.text.numbers import decimal, percent
from explorer.text.tokens import visible
from explorer.web.kit.i18n import _
from explorer.web.kit.markup import bold, plain, quoted
from explorer.web.shared.input_remarks import said

_MOST = 3
"""Source words that are named."""

Answer = tuple[Callable[..., object], tuple[str, ...]]
"""How it is shown, and its sentences, the first of them in bold."""


def headline(found: Diagnosis) -> None:
    """Whose error it is, in one sentence, with what follows from it."""
    show, (first, *more) = _answer(found)
    show(paragraph(bold(first), *more))


def _answer(found: Diagnosis) -> Answer:
    search, verdict = found.search, found.against.verdict if found.against else None
    if not search.judged:
        return st.warning, (_("The output was cut."), _why_unfinished(found))
    if verdict and verdict.same:
        return st.success, (_("This is the reference itself."),)
    if search.better:
        return st.warning, _search_error(found, search.better)
    if verdict and verdict.prefers_own:
        return st.info, _model_error(found)
    if verdict and verdict.excess:
        return st.info, (_("No verdict on the model."), _out_of_reach(verdict))
    return _without_reference(found)


def findings(found: Diagnosis) -> Iterator[str]:
    """What is behind it, a line a question."""
    against, search = found.against, found.search
    yield _line(_("Words of the source"), *_source_words(found))
    yield _line(_("Length"), _length(found))
    if search.judged:
        yield _line(_("Search"), _of_search(found))
    if against is None:
        yield _line(
            _("Reference"),
            _("none. With one, the first wrong token and the beam width are found, too."),
        )
        return
    verdict = against.verdict
    yield _line(_("Scores"), _scores(verdict))
    if unknown := verdict.compared.references[0].forced.unknown:
        words = plain("  ".join(map(visible, unknown)))
        cannot = _("No search can find it: the model cannot write {words}.").format(words=words)
        yield _line(_("Reference"), cannot)
    elif against.rare:
        yield _line(_("Reference"), _rare(against.rare))
    if against.departure:
        yield _line(_("First difference"), _difference(against))
        for influence in against.departure.influence:
            yield _line(_("Leave-one-out"), _influence(influence))
    if verdict.reachable and not verdict.same:
        yield _line(_("Beam width"), _fate(found, against), _width(against))


def _why_unfinished(found: Diagnosis) -> str:
    """Why the output has not ended."""
    if found.unfinished == "length":
        return _("It reached the maximum of {length} tokens, so there is no verdict.").format(
            length=found.own.max_length
        )
    return _("The search ended before any hypothesis was finished, so there is no verdict.")


def _line(title: str, *sentences: str) -> str:
    return _("**{title}:** {text}").format(title=title, text=paragraph(*sentences))


def _search_error(found: Diagnosis, better: Hypothesis) -> tuple[str, ...]:
    verdict = found.against.verdict if found.against else None
    if verdict and better.tokens == verdict.reference.tokens:
        return (
            _("A search error: the model itself prefers the reference."),
            _("It scores {more} higher, but the beam of width {width} missed it.").format(
                more=decimal(better.score - found.search.own.score, 3), width=found.own.width
            ),
        )
    missed = _("The model itself scores {found} higher, but the beam of width {width} missed it.")
    parts = (
        _("A search error: the beam missed something better."),
        missed.format(
            found=quoted(found.missed or _("(empty: it ends at once)")), width=found.own.width
        ),
    )
    if verdict and verdict.prefers_own:
        return (*parts, _("And a model error: it scores the reference lower than both."))
    return parts


def _model_error(found: Diagnosis) -> tuple[str, ...]:
    parts = (_("A model error: the model itself prefers this translation to the reference."),)
    if found.search.proved:
        return (*parts, _("No search can help: it is proved that nothing scores higher."))
    if found.proof is None:
        return parts
    return (*parts, _("Whether the search missed something better still is not proved."))


def _without_reference(found: Diagnosis) -> Answer:
    if found.search.proved:
        return st.success, (
            _("The search did its work: nothing scores higher."),
            _("That is proved. So whatever is wrong with this translation, the model is wrong."),
        )
    if found.proof is None:
        return st.info, (_("No search error so far."), _("Exact search looks for a proof."))
    return st.info, (_("No search error found."), _("That there is none is not proved."))


def _out_of_reach(verdict: Verdict) -> str:
    return _(
        "The reference is out of reach: it has {length} tokens including its end, "
        "{excess} more than the {most} that a search may write here."
    ).format(
        length=len(verdict.reference.tokens) + 1, excess=verdict.excess, most=verdict.max_length
    )


def _source_words(found: Diagnosis) -> Sequence[str]:
    parts = said(found.input)
    if found.rare:
        parts.append(_rare(found.rare))
    return parts or [_("all of them are known and none is rare.")]


def _rare(words: Sequence[str]) -> str:
    named = plain("  ".join(words))
    return _("rarest fifth of the vocabulary: {words}.").format(words=named)


def _length(found: Diagnosis) -> str:
    told = _("{read} tokens read, {written} written, the end included; the most is {most}.").format(
        read=len(found.output.source), written=len(found.own.n_best[0].tokens) + 1,
        most=found.own.max_length,
    )  # fmt: skip
    return told if found.output.finished else paragraph(told, _("It was cut there."))


def _of_search(found: Diagnosis) -> str:
    """What the exact search came to."""
    proof = found.proof
    if found.search.better:
        more = decimal(found.search.better.score - found.search.own.score, 3)
        told = _("{found} scores {more} higher.")
        return told.format(found=quoted(found.missed or _("(empty: it ends at once)")), more=more)
    if found.search.proved:
        return _("it is proved that nothing scores higher than this.")
    if proof is None:
        return _("the proof is being looked for.")
    return _left_open(proof)


def _left_open(proof: Proof) -> str:
    """What an exact search that came to no end has shown all the same."""
    why = {
        "seconds": _("exact search ended at its time limit"),
        "memory": _("exact search ended at its memory limit"),
    }.get(proof.stopped, _("exact search was stopped"))
    if not math.isfinite(proof.gap):
        return _("{why}; nothing is proved.").format(why=why)
    return _(
        "{why}; something unseen may score up to {gap} higher, but nothing of up to {length} "
        "tokens does."
    ).format(why=why, gap=decimal(proof.gap, 3), length=proof.length)


def _scores(verdict: Verdict) -> str:
    own, reference = verdict.own, verdict.reference
    return _(
        "this translation {own} (log p {own_log_prob}), the reference {reference} (log p "
        "{reference_log_prob})."
    ).format(
        own=decimal(own.score, 3) if own.finished else "–",
        own_log_prob=decimal(own.log_prob, 2),
        reference=decimal(reference.score, 3),
        reference_log_prob=decimal(reference.log_prob, 2),
    )


def _difference(against: Against) -> str:
    there = against.departure
    assert there is not None
    return _(
        "token {place}. The model writes {wrote} ({share}); the reference has {wanted} "
        "({wanted_share}, rank {rank})."
    ).format(
        place=there.place,
        wrote=plain(visible(there.wrote)),
        share=percent(math.exp(there.log_prob)),
        wanted=plain(visible(there.wanted.token)),
        wanted_share=percent(math.exp(there.wanted.log_prob)),
        rank=f"{there.wanted.rank:,}",
    )


def _influence(found: Influence) -> str:
    """The source words whose removal changes log p most."""
    strongest = sorted(found.words, key=lambda word: -abs(word[1]))[:_MOST]
    words = enumerated((f"{plain(visible(w))} {_signed(nats)}" for w, nats in strongest), _)
    told = _("what {token} owes to source words (nats of log p): {words}.")
    return told.format(token=plain(visible(found.token)), words=words)


def _signed(nats: float) -> str:
    return f"+{decimal(nats, 2)}" if nats > 0 else decimal(nats, 2)


def _fate(found: Diagnosis, against: Against) -> str:
    """What became of the reference in the beam."""
    rank, width = against.verdict.reference_rank, found.own.width
    if rank.found:
        return _("the beam of width {width} kept the reference to its end.").format(width=width)
    if rank.fell is None:
        told = _("the beam of width {width} never dropped the reference, but it ended before.")
        return told.format(width=width)
    step = rank.steps[rank.fell - 1]
    return _(
        "the beam of width {width} dropped the reference at token {step}: rank {rank}, {below} "
        "nats below the cutoff."
    ).format(width=width, step=rank.fell, rank=f"{step.rank:,}", below=decimal(step.below, 2))


def _width(against: Against) -> str:
    if not against.width_known:
        return _("Which width would keep it is not known yet.")
    least = against.width
    if least is None:
        return _("No beam up to width {most} keeps it to the end.").format(most=MOST_WIDTH)
    if least == 1:
        return _("Even a beam of width 1 keeps it to the end.")
    return _("A beam of width {width} keeps it to the end; one of width {less} does not.").format(
        width=least, less=least - 1
    )
