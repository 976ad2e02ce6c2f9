"""One bad translation, diagnosed: what every question about it has as its answer, in one place."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from explorer.decoding.beam import Stopping
from explorer.decoding.budget import Budget, Progress
from explorer.decoding.decode import decode
from explorer.decoding.tree import SearchTree
from explorer.decoding.verdict import SearchVerdict, judge_search, keeping_width, knowing
from explorer.seq2seq import input_diagnostics
from explorer.seq2seq.attribution import leave_one_out
from explorer.seq2seq.findings import Against, Departure, Diagnosis, Influence, Proof
from explorer.seq2seq.model_input import Sentence, read_source
from explorer.seq2seq.prefix_constrained import first_difference
from explorer.seq2seq.translator import Translation, Translator, longest
from explorer.seq2seq.verdict import Verdict, judge
from explorer.text.pieces import joined
from explorer.text.vocabulary import Vocabulary

RARE = 0.8
"""A word is called rare whose place in its vocabulary, which begins with the most frequent, is
beyond this share of it."""
MOST_WIDTH = 200
"""The widest beam that is tried for the reference."""

Stop = Callable[[], bool]


class _StoppedError(Exception):
    """Between two beams."""


def diagnose(
    translator: Translator,
    text: str,
    reference: str | None = None,
    *,
    width: int = 5,
    alpha: float = 0.75,
    stopping: Stopping = "first k",
    budget: Budget | None = None,
) -> Diagnosis:
    """Translate a sentence, and say what is wrong with the translation.

    Args:
        translator: The model with its words.
        text: The sentence.
        reference: A translation of it that a person wrote; without one, all is said that needs
            none.
        width: Of the beam.
        alpha: The exponent of the length.
        stopping: When the beam stops.
        budget: Of the exact search that proves the verdict; without one, at its usual memory.

    Raises:
        ExplorerError: The sentence or the reference has no words, or too many.
    """
    *_before, found = diagnosing(
        translator, text, reference, width=width, alpha=alpha, stopping=stopping, budget=budget
    )
    return found


def diagnosing(
    translator: Translator,
    text: str,
    reference: str | None = None,
    *,
    width: int = 5,
    alpha: float = 0.75,
    stopping: Stopping = "first k",
    budget: Budget | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    stop: Stop = lambda: False,
) -> Iterator[Diagnosis]:
    """The diagnosis as it grows: what is soon known, then the proof, then the width.

    Args:
        translator: As for `diagnose`, and so the others.
        text: See there.
        reference: See there.
        width: See there.
        alpha: See there.
        stopping: See there.
        budget: See there.
        watch: Told how far the exact search is.
        stop: Whether to come to an end; what is known by then stays.

    Raises:
        ExplorerError: As `diagnose`.
    """
    sentence, scorer = read_source(translator, text), translator.scorer
    most = longest(sentence.hidden, translator.language)
    source = sentence.numbers
    own = decode(
        scorer, source, "beam", width=width, alpha=alpha, max_length=most, stopping=stopping
    )
    found = _at_once(translator, sentence, text, reference, own, stopping)
    yield found
    exact = decode(
        scorer, source, "exact", width=width, alpha=alpha, max_length=most, budget=budget,
        watch=watch, stop=stop,
    )  # fmt: skip
    found = _proved(translator, sentence, found, exact)
    yield found
    if found.against:
        yield replace(found, against=_with_width(translator, source, own, found.against, stop))


def rare(vocabulary: Vocabulary, tokens: Sequence[str]) -> tuple[str, ...]:
    """The words that are among the last of a vocabulary, each of them once."""
    least = RARE * len(vocabulary)
    known = [token for token in joined(tokens) if token in vocabulary]
    return tuple(dict.fromkeys(t for t in known if vocabulary.number(t) >= least))


def _at_once(
    translator: Translator,
    sentence: Sentence,
    text: str,
    reference: str | None,
    own: SearchTree,
    stopping: Stopping,
) -> Diagnosis:
    """All that takes no exact search and no second beam."""
    scorer = translator.scorer
    output = translator.written(own.n_best[0], sentence.tokens, sentence.hidden)
    against = None
    if reference is not None:
        verdict = judge(translator, text, reference, own, [own], scorer=scorer, stopping=stopping)
        wanted = verdict.compared.references[0].forced
        against = Against(
            verdict,
            rare(translator.target, wanted.tokens),
            _departure(translator, text, output, verdict),
        )
    search = against.verdict if against else judge_search(scorer, sentence.numbers, own, [])
    return Diagnosis(
        output=output,
        input=input_diagnostics.diagnose(translator, text),
        rare=rare(translator.source, sentence.hidden),
        own=own,
        search=search,
        missed=_missed(translator, sentence, search),
        proof=None,
        against=against,
    )


def _proved(
    translator: Translator, sentence: Sentence, found: Diagnosis, exact: SearchTree
) -> Diagnosis:
    """The same with what exact search found."""
    trees = [found.own, exact]
    proof = Proof(exact.stopped, exact.gap, exact.proved_length)
    search = knowing(found.search, trees)
    against = found.against
    if against:
        search = knowing(against.verdict, trees)
        against = replace(against, verdict=search)
    missed = _missed(translator, sentence, search)
    return replace(found, search=search, missed=missed, proof=proof, against=against)


def _missed(translator: Translator, sentence: Sentence, search: SearchVerdict) -> str | None:
    if search.better is None:
        return None
    return translator.written(search.better, sentence.tokens, sentence.hidden).text


def _with_width(
    translator: Translator, source: Sequence[int], own: SearchTree, against: Against, stop: Stop
) -> Against:
    def check() -> None:
        if stop():
            raise _StoppedError

    verdict = against.verdict
    if verdict.reference_rank.found:
        return replace(against, width=own.width, width_known=True)
    with suppress(_StoppedError):
        width = keeping_width(translator.scorer, source, own, verdict, most=MOST_WIDTH, check=check)
        return replace(against, width=width, width_known=True)
    return against


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
