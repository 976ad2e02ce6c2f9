"""One diagnosis says what each of its parts says alone."""

import pytest

from explorer.decoding.decode import decode
from explorer.decoding.reference_rank import kept_by
from explorer.seq2seq.attribution import leave_one_out
from explorer.seq2seq.diagnosis import RARE, diagnose, diagnosing, rare
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.input_diagnostics import Unknown
from explorer.seq2seq.input_diagnostics import diagnose as remarks
from explorer.seq2seq.model_input import read_source
from explorer.text.vocabulary import Vocabulary
from tests.seq2seq.conftest import a_translator

TEXT, REFERENCE = "the dog sleeps.", "Le chien dort."


@pytest.mark.parametrize("seed", range(4))
def test_it_says_what_its_parts_say(seed):
    translator = a_translator("gru", layers=1, seed=seed)
    found = diagnose(translator, TEXT, REFERENCE, width=2)
    told, verdict = found.against, found.against.verdict
    source = read_source(translator, TEXT).numbers
    longest = verdict.max_length
    exact = decode(translator.scorer, source, "exact", width=2, max_length=longest)
    assert found.search.proved == (exact.proved_optimal and found.output.finished)
    assert found.input == remarks(translator, TEXT)
    tokens = verdict.reference.tokens
    if told.width is not None:
        assert kept_by(translator.scorer, source, tokens, width=told.width, max_length=longest)
    there = told.departure
    if there is None:
        assert verdict.same
        return
    wanted = forced(translator, TEXT, ("le", "chien", "dort", "."))
    written = forced(
        translator, TEXT, found.output.tokens, copied=found.output.copied,
        finished=found.output.finished,
    )  # fmt: skip
    place = there.place - 1
    assert there.wanted == wanted.steps[place]
    assert there.log_prob == pytest.approx(written.steps[place].log_prob)
    assert there.wrote != there.wanted.token
    shared = [step.token for step in wanted.steps[:place]]
    assert shared == [step.token for step in written.steps[:place]]
    left = leave_one_out(translator, TEXT, ("le", "chien", "dort", "."))
    values = [value for _word, value in there.influence[1].words]
    assert values == pytest.approx(left.values[place].tolist())


@pytest.mark.parametrize("seed", range(4))
def test_without_a_reference_it_says_the_same_of_the_search(seed):
    translator = a_translator("gru", layers=1, seed=seed)
    told = diagnose(translator, TEXT, REFERENCE, width=2, alpha=0.0)
    alone = diagnose(translator, TEXT, width=2, alpha=0.0)
    assert alone.against is None
    assert alone.output == told.output
    assert alone.search.proved == told.search.proved
    assert alone.search.known == told.search.known
    best = alone.search.known[0]
    missed = best.score > alone.search.own.score + alone.search.slack
    assert (alone.search.better is not None) == (alone.search.judged and missed)


def test_it_grows_and_can_be_stopped_between_two_steps():
    translator = a_translator("gru", layers=1)
    first, proved, whole = diagnosing(translator, TEXT, REFERENCE, width=2)
    assert (first.proof, first.against.width_known) == (None, False)
    assert proved.proof.stopped == "proved"
    assert whole.against.width_known
    assert whole.search == proved.search
    *_first, last = diagnosing(translator, TEXT, REFERENCE, width=2, stop=lambda: True)
    assert last.proof.stopped == "asked"
    assert last.output == whole.output


def test_unknown_words_are_remarked_and_words_at_the_vocabularys_end_are_rare():
    found = diagnose(a_translator("gru", layers=1), "the zorble sleeps.", REFERENCE, width=1)
    assert Unknown(("zorble",)) in found.input
    words = Vocabulary(("<unk>", *(f"w{n}" for n in range(1, 100))))
    assert rare(words, ("w1", "w90", "none", "w90")) == ("w90",)
    assert words.number("w90") >= RARE * len(words)
