"""One bad translation, diagnosed: what every question about it has as its answer, in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.decoding.tree import SearchTree
from explorer.decoding.verdict import keeping_width
from explorer.seq2seq import input_diagnostics
from explorer.seq2seq.attribution import leave_one_out
from explorer.seq2seq.forced_decoding import Step
from explorer.seq2seq.input_diagnostics import Diagnostic
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.prefix_constrained import first_difference
from explorer.seq2seq.translator import Translation, Translator, longest
from explorer.seq2seq.verdict import Verdict, judge
from explorer.text.vocabulary import Vocabulary

RARE = 0.8
"""A word is called rare whose place in its vocabulary, which begins with the most frequent, is
beyond this share of it."""
MOST_WIDTH = 64
"""The widest beam that is tried for the reference."""


@dataclass(frozen=True)
class Influence:
    """How much likelier each source word made a token, found by leaving it out, nats, (S + 1,)."""

    token: str
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Departure:
    """The first place at which output and reference differ.

    Args:
        place: From 1.
        wrote: What the output has there; ``<eos>`` if it has ended.
        wanted: What the reference has there, as the model judges it after the words before it:
            its probability, its rank, what else came to mind.
        log_prob: Of what was written there, nats.
        influence: On what was written, and on what was wanted.
    """

    place: int
    wrote: str
    wanted: Step
    log_prob: float
    influence: tuple[Influence, Influence]


@dataclass(frozen=True)
class Diagnosis:
    """What is to be said of one translation.

    Args:
        output: What the beam returned.
        input: Remarks on the source: unknown words, length, script.
        rare_source: Its rare words.
        rare_reference: The reference's.
        unfinished: Why the output was cut, if it was.
        verdict: A search error, a model error, or both, and whether that is proved.
        departure: Where the output leaves the reference; None where it never does.
        width: A beam width that keeps the reference; None if none that was tried does.
    """

    output: Translation
    input: tuple[Diagnostic, ...]
    rare_source: tuple[str, ...]
    rare_reference: tuple[str, ...]
    unfinished: str | None
    verdict: Verdict
    departure: Departure | None
    width: int | None


def diagnose(
    translator: Translator,
    text: str,
    reference: str,
    *,
    width: int = 5,
    alpha: float = 0.75,
    budget: Budget | None = None,
) -> Diagnosis:
    """Translate a sentence, and say what is wrong with the translation.

    Args:
        translator: The model with its words.
        text: The sentence.
        reference: A translation of it that a person wrote.
        width: Of the beam, which stops once as many hypotheses are finished.
        alpha: The exponent of the length.
        budget: Of the exact search that proves the verdict; without one, at its usual memory.

    Raises:
        ExplorerError: The sentence or the reference has no words, or too many.
    """
    sentence = read_source(translator, text)
    scorer = translator.scorer
    most = longest(sentence.hidden, translator.language)
    own, exact = (
        decode(
            scorer, sentence.numbers, kind, width=width, alpha=alpha, max_length=most, budget=budget
        )
        for kind in ("beam", "exact")
    )
    verdict = judge(translator, text, reference, own, [own, exact], scorer=scorer)
    output = translator.written(own.n_best[0], sentence.tokens, sentence.hidden)
    wanted = verdict.compared.references[0].forced
    return Diagnosis(
        output=output,
        input=input_diagnostics.diagnose(translator, text),
        rare_source=rare(translator.source, sentence.hidden),
        rare_reference=rare(translator.target, wanted.tokens),
        unfinished=own.unfinished,
        verdict=verdict,
        departure=_departure(translator, text, output, verdict),
        width=_width(translator, sentence.numbers, own, verdict),
    )


def rare(vocabulary: Vocabulary, tokens: Sequence[str]) -> tuple[str, ...]:
    """The tokens that are among the last of a vocabulary, each of them once."""
    least = RARE * len(vocabulary)
    known = [token for token in tokens if token in vocabulary]
    return tuple(dict.fromkeys(t for t in known if vocabulary.number(t) >= least))


def _width(
    translator: Translator, source: Sequence[int], own: SearchTree, verdict: Verdict
) -> int | None:
    if verdict.reference_rank.found:
        return own.width
    return keeping_width(translator.scorer, source, own, verdict, most=MOST_WIDTH)


def _departure(
    translator: Translator, text: str, output: Translation, verdict: Verdict
) -> Departure | None:
    """The first difference, with what leave-one-out says of both tokens there."""
    written, wanted = verdict.compared.output, verdict.compared.references[0].forced
    place = first_difference(
        [step.token for step in written.steps], [step.token for step in wanted.steps]
    )
    if place is None or place >= len(wanted.steps) or place >= len(written.steps):
        return None
    step = written.steps[place]
    influence = (
        _influence(translator, text, output.tokens, place, output.copied),
        _influence(translator, text, wanted.tokens, place, None),
    )
    return Departure(place + 1, step.token, wanted.steps[place], step.log_prob, influence)


def _influence(
    translator: Translator,
    text: str,
    tokens: Sequence[str],
    place: int,
    copied: Sequence[bool] | None,
) -> Influence:
    found = leave_one_out(translator, text, tokens, copied=copied)
    values = found.values[place].tolist()
    return Influence(found.target[place], tuple(zip(found.source, values, strict=True)))
