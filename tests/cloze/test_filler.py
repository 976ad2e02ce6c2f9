"""What models put into a blank, against the models themselves; and what reaches them."""

import math

import pytest
import torch

import explorer
from explorer.cloze.blanked_sentence import BLANK
from explorer.cloze.filler import UNSAID
from explorer.cloze.next_word_misuse import with_both_sides, without_the_right, write
from explorer.cloze.state_changes import moved
from explorer.errors import ExplorerError
from explorer.models.seq2seq import Source

TOKENS = ("I", "am", "so", "hungry", ".")
READS = ("both", "forward", "backward")


@pytest.mark.parametrize("reads", READS)
def test_guesses_are_the_models_own_softmax_without_what_no_word_is(fillers, reads):
    filler = fillers[reads]
    found = filler.guess(TOKENS, 2, most=4)
    ids = filler.vocabulary.encode(("<bos>", *TOKENS, "<eos>"))
    with torch.no_grad():
        shares = filler.model(Source(torch.tensor([ids]), torch.tensor([7])))[0, 2].softmax(-1)
    for guess in found.likeliest:
        assert guess.p == pytest.approx(float(shares[filler.vocabulary.number(guess.token)]))
        assert guess.token not in UNSAID
    assert [g.p for g in found.likeliest] == sorted((g.p for g in found.likeliest), reverse=True)
    assert found.answer.token == "so"
    said = shares.clone()
    said[filler.vocabulary.encode(UNSAID)] = 0
    assert found.rank == int((said >= shares[filler.vocabulary.number("so")]).sum())
    assert found.entropy == pytest.approx(float(-(shares * shares.log()).sum()), abs=1e-5)


@pytest.mark.parametrize("reads", READS)
@pytest.mark.parametrize("there", ["so", "hungry", BLANK, "zyzzyva", "😀"])
def test_the_word_in_the_blank_never_matters(fillers, reads, there):
    base = fillers[reads].guess(("I", "am", BLANK, "."), 2, most=5)
    assert fillers[reads].guess(("I", "am", there, "."), 2, most=5).likeliest == base.likeliest


def test_the_right_side_never_reaches_the_forward_model_nor_the_left_the_backward_one(fillers):
    others = (("I", "am", BLANK, "the", "cat", "?"), ("the", "cat", BLANK, "hungry", "."))
    for reads, same in (("forward", 0), ("backward", 1), ("both", None)):
        base = fillers[reads].guess(("I", "am", BLANK, "hungry", "."), 2, most=5)
        for number, other in enumerate(others):
            equal = fillers[reads].guess(other, 2, most=5).likeliest == base.likeliest
            assert equal == (number == same)


def test_several_sentences_at_once_are_filled_as_one_by_one(fillers):
    sentences = [("I", "am", BLANK, "."), TOKENS]
    together = fillers["both"].guess_all(sentences, 2, most=3)
    for tokens, found in zip(sentences, together, strict=True):
        alone = fillers["both"].guess(tokens, 2, most=3)
        assert [g.token for g in found.likeliest] == [g.token for g in alone.likeliest]
        assert [g.p for g in found.likeliest] == pytest.approx([g.p for g in alone.likeliest])


def test_an_unknown_word_in_the_blank_has_no_rank_and_no_place_is_made_up(fillers):
    found = fillers["both"].guess(("I", "am", "zyzzyva", "."), 2, most=2)
    assert (found.answer, found.rank) == (None, None)
    with pytest.raises(IndexError):
        fillers["both"].guess(TOKENS, 5, most=2)


@pytest.mark.parametrize("reads", ["forward", "backward"])
def test_the_states_of_one_direction_stand_at_the_words_they_have_read(fillers, reads):
    filler = fillers[reads]
    trace = filler.trace(TOKENS)
    assert trace["token"].values[0].tolist() == ["<bos>", *TOKENS, "<eos>"]
    assert trace["direction"].values.tolist() == [reads]
    ids = torch.tensor([filler.vocabulary.encode(("<bos>", *TOKENS, "<eos>"))])
    with torch.no_grad():
        around = filler.model.around(filler.model.embedding(ids), torch.tensor([7]))[0]  # (5, H)
    hidden = torch.from_numpy(trace["hidden"].values[0, 0, 0])
    torch.testing.assert_close(hidden[:-2] if reads == "forward" else hidden[2:], around)


@pytest.mark.parametrize("place", range(5))
def test_a_changed_word_moves_the_states_that_read_it_and_no_others(fillers, place):
    result = moved(fillers["both"], TOKENS, place, "cat")
    at = place + 1
    assert (result.forward_share[:at] == 0).all()
    assert (result.forward_share[at:] > 0).all()
    assert (result.backward_share[at + 1 :] == 0).all()
    assert (result.backward_share[: at + 1] > 0).all()


def test_a_word_that_is_read_alike_moves_nothing_and_that_is_said(fillers):
    with pytest.raises(ExplorerError, match="same way as"):
        moved(fillers["both"], ("I", "am", "zyzzyva", "."), 2, "quokka")


def test_both_sides_and_none_on_the_right_are_the_models_own_log_probabilities(fillers):
    for reads in READS:
        filler = fillers[reads]
        paid, alone = with_both_sides(filler, TOKENS), without_the_right(filler, TOKENS)
        for place, token in enumerate(TOKENS):
            number = filler.vocabulary.number(token)
            whole, cut = filler.log_probs([TOKENS, TOKENS[: place + 1]])
            assert paid[place] == pytest.approx(-float(whole[place, number]), abs=1e-5)
            assert alone[place] == pytest.approx(-float(cut[place, number]), abs=1e-5)
        assert (paid == pytest.approx(alone, abs=1e-5)) == (reads == "forward")


def test_writing_takes_the_likeliest_word_each_time(fillers):
    filler = fillers["forward"]
    written = write(filler, ("I",), most=4)
    total = 0.0
    for place in range(1, len(written.tokens)):
        (best,) = filler.guess((*written.tokens[:place], BLANK), place, most=1).likeliest
        assert best.token == written.tokens[place]
        total += math.log(best.p)
    assert written.log_prob == pytest.approx(total)


def test_a_model_is_loaded_with_its_card_and_fills_in():
    from explorer.cloze.filler import Filler

    filler = Filler.of(*explorer.load("bilstm-infill"))
    best = filler.guess(("She", "is", "my", BLANK, "."), 3, most=50).likeliest
    assert {"sister", "mother", "friend", "wife"} & {guess.token for guess in best}
