"""The verdict is what forced decoding and the searches say, on models with random weights."""

import math

import pytest

from explorer.decoding.allowed_tokens import allow_only
from explorer.decoding.decode import decode
from explorer.decoding.ranking import SLACK
from explorer.decoding.reference_rank import token_log_probs
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.translator import Translator
from explorer.seq2seq.verdict import Verdict, judge
from tests.seq2seq.conftest import FRENCH, a_translator

TEXT = "the dog sleeps."
REFERENCE = "Le chien dort."


def verdict(
    translator: Translator,
    *,
    reference: str = REFERENCE,
    width: int = 2,
    alpha: float = 0.75,
    exact: bool = False,
    longest: int = 7,
) -> Verdict:
    source = read_source(translator, TEXT).numbers
    asked = {"width": width, "alpha": alpha, "max_length": longest}
    own = decode(translator.scorer, source, "beam", **asked)
    trees = [own, decode(translator.scorer, source, "exact", **asked)] if exact else [own]
    return judge(translator, TEXT, reference, own, trees, scorer=translator.scorer)


@pytest.mark.parametrize("alpha", [0.0, 0.75, 1.5])
def test_the_scores_are_those_of_forced_decoding(translator: Translator, alpha: float) -> None:
    found = verdict(translator, alpha=alpha)
    theirs = forced(translator, TEXT, ("le", "chien", "dort", "."))
    assert found.reference.log_prob == pytest.approx(theirs.log_prob)
    assert found.reference.score == pytest.approx(theirs.log_prob / 5**alpha)
    assert found.own.score == pytest.approx(found.compared.output.score(alpha), abs=1e-6)
    assert found.judged == found.own.finished
    assert found.prefers_own == (found.judged and found.own.score > found.reference.score)
    assert found.reference_rank.steps[-1].total == pytest.approx(theirs.log_prob)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_with_exact_search_an_error_is_the_searchs_or_proved_not_to_be(
    translator: Translator, width: int
) -> None:
    found = verdict(translator, width=width, exact=True)
    best = found.known[0]
    assert found.proved == found.judged
    assert (found.better is not None) == (
        found.judged and best.score > found.own.score + found.slack
    )
    if found.better is not None:
        assert found.better == best
    assert found.reference.score <= best.score + found.slack
    assert found.slack == pytest.approx(SLACK / found.max_length**found.alpha)


def test_what_the_search_returned_is_no_error_of_the_model() -> None:
    made = ((t, verdict(t, width=8)) for t in (a_translator("gru", seed=n) for n in range(50)))
    translator, found = next((t, v) for t, v in made if v.own.finished and v.own.tokens)
    same = verdict(translator, width=8, reference=" ".join(found.compared.output.tokens))
    assert same.same
    assert not same.prefers_own
    assert same.reference_rank.found


def test_a_likelier_reference_is_a_search_error_unless_no_search_can_find_it(
    translator: Translator,
) -> None:
    whole = verdict(translator, width=1, exact=True)
    words = [FRENCH.tokens[token] for token in whole.known[0].tokens]
    if whole.better is not None and words:
        missed = verdict(translator, width=1, reference=" ".join(words))
        assert missed.better is not None
        assert missed.better.tokens == whole.known[0].tokens
    strange = verdict(translator, reference="strangement")
    assert not strange.writable
    assert strange.compared.references[0].forced.unknown == ("strangement",)
    assert strange.better is None or strange.better.tokens != strange.reference.tokens
    assert not strange.reference_rank.found


def test_a_scorer_that_may_not_write_the_reference_cannot_find_it(translator: Translator) -> None:
    source = read_source(translator, TEXT).numbers
    scorer = allow_only(translator.scorer, [FRENCH.number("le"), FRENCH.number("chien")])
    rules = {"width": 50, "stopping": "nothing can win"}
    own = decode(scorer, source, "beam", max_length=7, **rules)
    found = judge(
        translator, TEXT, REFERENCE, own, [own], scorer=scorer, stopping="nothing can win"
    )
    assert not found.writable
    assert found.reference_rank.fell == 3  # dort
    assert math.isfinite(found.reference.log_prob)


def test_of_an_output_that_was_cut_nothing_is_said() -> None:
    """Exact search proves its own best, which says nothing of a beam that finished nothing."""
    cut = 0
    for seed in range(30):
        translator = a_translator("gru", seed=seed)
        found = verdict(translator, width=1, exact=True, longest=3, reference="Le")
        cut += not found.own.finished
        assert found.judged == found.own.finished
        if not found.judged:
            assert found.better is None
            assert not found.prefers_own
            assert not found.proved
    assert cut > 5


@pytest.mark.parametrize("longest", [1, 2, 4, 5, 6])
def test_a_reference_that_does_not_fit_is_out_of_reach_by_so_many_tokens(longest: int) -> None:
    for seed in range(20):
        found = verdict(a_translator("gru", seed=seed), exact=True, longest=longest)
        assert found.excess == max(0, 5 - longest)  # le chien dort . <eos>
        assert found.reachable == (longest >= 5)
        if found.excess:
            assert not found.prefers_own
            assert found.better is None or found.better.tokens != found.reference.tokens


def test_the_reference_is_followed_through_the_search_that_was_run() -> None:
    """When nothing can win depends on α: the search that is followed stops where the own did."""
    for seed in range(40):
        translator = a_translator("gru", seed=seed)
        source = read_source(translator, TEXT).numbers
        rules = {"width": 3, "alpha": 1.0, "max_length": 9, "stopping": "nothing can win"}
        own = decode(translator.scorer, source, "beam", **rules)
        found = judge(translator, TEXT, "Le le le le le le le.", own, [own],
                      scorer=translator.scorer, stopping="nothing can win")  # fmt: skip
        assert len(found.reference_rank.steps) == min(9, own.bill.decoder_calls)


def test_the_empty_translation_is_the_end_at_the_start(translator: Translator) -> None:
    found = verdict(translator, exact=True)
    source = read_source(translator, TEXT).numbers
    (end,) = token_log_probs(translator.scorer, source, (translator.scorer.end,))
    assert found.empty.log_prob == found.empty.score == pytest.approx(end)
    better = [one for one in found.known if one.score > end]
    assert found.above_empty == len(better)
