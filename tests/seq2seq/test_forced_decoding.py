import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.seq2seq.forced_decoding import Forced, forced
from explorer.seq2seq.model_input import (
    MOST_WRITTEN,
    read_source,
    read_target,
    target_tokens,
)
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.copying import NAME, NUMBER, hide
from explorer.text.limits import MOST
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN
from tests.seq2seq.conftest import ENGLISH, FRENCH, a_translator

SENTENCES = ["The dog sleeps.", "I see Tom.", "Zorblax sees 42 dogs?", "🙂 § ½", "Tom " * 12]
WORDS = st.lists(st.sampled_from(["le", "chien", "dort", "Tom", "Zoé", "7", "xyz"]), max_size=6)


def by_hand(translator: Translator, source_text: str, numbers: list[int]) -> torch.Tensor:
    """The model's log-probabilities at every step, one step after the other, (T + 1, V)."""
    words = hide(translator.read(source_text), ENGLISH)
    source = source_batch([ENGLISH.encode((*words, EOS))], pad=ENGLISH.number(PAD))
    state, rows = translator.model.encode(source), []
    for number in [FRENCH.number(BOS), *numbers]:
        logits, state = translator.model(torch.tensor([[number]]), state)
        rows.append(logits[0, 0] - logits[0, 0].logsumexp(0))
    return torch.stack(rows)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("width", [1, 4])
def test_a_models_own_translation_is_worth_what_the_search_said(
    translator: Translator, text: str, width: int
) -> None:
    (own,) = translator.translate([text], width=width)
    judged = forced(translator, text, own.tokens, copied=own.copied, finished=own.finished)
    assert judged.log_prob == pytest.approx(own.log_prob, abs=1e-5)
    assert judged.score(0.75) == pytest.approx(own.score, abs=1e-5)
    assert (judged.source, judged.tokens) == (own.source, own.tokens)
    assert len(judged.steps) == len(own.tokens) + own.finished
    if width == 1:
        assert judged.leaves_greedy is None


@given(WORDS, st.sampled_from(SENTENCES[:3]), st.sampled_from(["gru", "lstm"]))
def test_every_step_is_the_models_distribution(words: list[str], text: str, cell: str) -> None:
    translator = a_translator(cell)
    judged = forced(translator, text, words, alternatives=99)
    rows = by_hand(translator, text, [step.number for step in judged.steps[:-1]])
    without = {kind for kind in (NAME, NUMBER) if kind not in hide(translator.read(text), ENGLISH)}
    banned = [FRENCH.number(token) for token in {UNKNOWN, PAD, BOS} | without]
    free = [number for number in range(len(FRENCH)) if number not in banned]
    for step, row in zip(judged.steps, rows, strict=True):
        assert step.log_prob == pytest.approx(row[step.number].item())
        shares = row.exp()
        assert step.banned == pytest.approx(shares[banned].sum().item())
        assert step.entropy == pytest.approx(-(shares * row).sum().item())
        assert step.rank == 1 + sum(row[n] > row[step.number] for n in free if n != step.number)
        by_rank = sorted((row[n].item() for n in free), reverse=True)
        assert [a.log_prob for a in step.alternatives] == pytest.approx(by_rank)
    assert judged.steps[-1].token == EOS
    assert judged.log_prob == pytest.approx(sum(step.log_prob for step in judged.steps))


def test_a_known_token_has_the_rank_of_its_place_among_the_alternatives(
    translator: Translator,
) -> None:
    judged = forced(translator, "I see Tom.", ["je", "vois", "Tom", "."], alternatives=99)
    for step in judged.steps:
        assert step.alternatives[step.rank - 1].token == step.token
        assert step.alternatives[step.rank - 1].log_prob == step.log_prob
    assert len(forced(translator, "I see Tom.", ["je"], alternatives=2).steps[0].alternatives) == 2


def test_a_word_that_the_model_does_not_know_is_scored_as_unknown(translator: Translator) -> None:
    judged = forced(translator, "The dog sleeps.", ["le", "chat", "dort"])
    assert [step.known for step in judged.steps] == [True, False, True, True]
    assert judged.steps[1].number == FRENCH.number(UNKNOWN) == 0
    assert judged.steps[1].token == "chat"
    assert math.isfinite(judged.log_prob)


def test_a_shared_stranger_is_a_copy_and_alternatives_name_it(translator: Translator) -> None:
    judged = forced(translator, "Zorblax sees Quux.", ["Zorblax", "vois", "Quux"], alternatives=99)
    assert [step.copied for step in judged.steps] == [True, False, True, False]
    assert [judged.steps[n].number for n in (0, 2)] == [FRENCH.number(NAME)] * 2
    for place, word in ((0, "Zorblax"), (2, "Quux"), (3, "Quux")):
        (copy,) = [a.token for a in judged.steps[place].alternatives if a.copied]
        assert copy == word


def test_what_is_a_copy_can_be_said(translator: Translator) -> None:
    """Tom is known on both sides; a translation whose placeholder was filled with it says so."""
    sentence = read_source(translator, "I see Tom.")
    assert read_target(translator, sentence, ["Tom"]).numbers == (FRENCH.number("Tom"),)
    told = read_target(translator, sentence, ["Tom"], copied=[True])
    assert told.numbers == (FRENCH.number(NAME),)


def test_a_word_that_looks_reserved_is_only_a_word(translator: Translator) -> None:
    judged = forced(translator, "The dog sleeps.", [EOS, NAME, PAD])
    assert [(step.known, step.number) for step in judged.steps[:3]] == [(False, 0)] * 3


def test_a_beginning_has_no_end() -> None:
    translator = a_translator("gru")
    assert len(forced(translator, "I see Tom.", ["je"], finished=False).steps) == 1
    nothing = forced(translator, "I see Tom.", [], finished=False)
    assert nothing == Forced(nothing.source, (), (), finished=False)
    assert nothing.log_prob == nothing.score(0.75) == 0


def test_a_reference_becomes_the_targets_words(translator: Translator) -> None:
    assert target_tokens(translator, "Je vois l’chien.") == ("je", "vois", "l'", "chien", ".")


@pytest.mark.parametrize(("text", "said"), [(" \x00", "no word"), ("a " * (MOST + 1), "401 words")])
def test_a_text_that_cannot_be_read_is_refused(
    translator: Translator, text: str, said: str
) -> None:
    with pytest.raises(ExplorerError, match=said):
        forced(translator, text, ["le"])
    with pytest.raises(ExplorerError, match=said):
        target_tokens(translator, text)


def test_a_translation_longer_than_any_is_refused(translator: Translator) -> None:
    with pytest.raises(ExplorerError, match=f"{MOST_WRITTEN + 1} words"):
        forced(translator, "I see.", ["je"] * (MOST_WRITTEN + 1))
    assert len(forced(translator, "I see.", ["je"] * MOST_WRITTEN).steps) == MOST_WRITTEN + 1
