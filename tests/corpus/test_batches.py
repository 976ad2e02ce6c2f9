import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.corpus.minibatch import drawn, minibatch, row
from explorer.corpus.padding import bucketed, fixed_share, padding, padding_share
from explorer.text.vocabulary import EOS, PAD, UNKNOWN, Vocabulary

VOCABULARY = Vocabulary.from_tokens("aabbccdd", minimum=2)
pairs = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=60)
sizes = st.integers(1, 16)


@given(st.lists(st.sampled_from("abcdxyz")), st.integers(1, 15))
def test_a_row_is_cut_or_padded_and_knows_its_valid_length(tokens: list[str], steps: int) -> None:
    got = row(tokens, VOCABULARY, num_steps=steps)
    assert len(got.tokens) == steps
    assert got.valid == min(len(tokens) + 1, steps) == len(got.words)
    assert got.lost == max(0, len(tokens) + 1 - steps)
    assert got.tokens[got.valid :] == (PAD,) * (steps - got.valid)
    assert PAD not in got.tokens[: got.valid]
    assert (got.tokens[got.valid - 1] == EOS) == (got.lost == 0)
    for fed, written in zip(got.tokens, got.words, strict=False):
        assert fed == (written if written in "abcd" or written == EOS else UNKNOWN)


def test_it_is_the_books_array() -> None:
    # truncate_pad(line + [<eos>], num_steps, <pad>) and (array != pad).sum(1), written out.
    sentences = ["abc", "abcdab", "a"]
    got = minibatch(sentences, VOCABULARY, numbers=[2, 1, 0], num_steps=4)
    assert [r.tokens for r in got] == [
        ("a", EOS, PAD, PAD),
        ("a", "b", "c", "d"),
        ("a", "b", "c", EOS),
    ]
    assert [r.valid for r in got] == [2, 4, 4]


def test_sentences_are_drawn_once_and_the_seed_decides() -> None:
    assert sorted(drawn(5, size=9, seed=1)) == [0, 1, 2, 3, 4]
    assert len(set(drawn(100, size=9, seed=1))) == 9
    assert drawn(100, size=9, seed=1) == drawn(100, size=9, seed=1) != drawn(100, size=9, seed=2)


@given(pairs, sizes)
def test_the_share_of_padding_is_the_one_counted_by_hand(lengths, size) -> None:
    places = held = 0
    for start in range(0, len(lengths), size):
        batch = lengths[start : start + size]
        for side in (0, 1):
            places += len(batch) * max(pair[side] for pair in batch)
            held += sum(pair[side] for pair in batch)
    assert padding_share(np.array(lengths), size) == pytest.approx((places - held) / places)


@given(pairs, st.integers(1, 30))
def test_fixed_rows_hold_the_padding_counted_by_hand(lengths, steps) -> None:
    got = fixed_share(np.array(lengths), steps)
    rows = [row("a" * n, VOCABULARY, num_steps=steps) for pair in lengths for n in pair]
    pads = sum(r.tokens.count(PAD) for r in rows)
    assert got == pytest.approx(pads / (steps * len(rows)))


@given(pairs, st.integers(0, 9))
def test_a_bucketed_order_holds_every_pair_once_and_rises(lengths, seed) -> None:
    every = np.array(lengths)
    order = bucketed(every, np.random.default_rng(seed).permutation(len(every)))
    assert sorted(order.tolist()) == list(range(len(every)))
    assert [(t, s) for s, t in every[order].tolist()] == sorted((t, s) for s, t in lengths)


def test_buckets_hold_less_padding_than_chance_on_the_average() -> None:
    chance = np.random.default_rng(0)
    for size in (2, 8, 32):
        source = chance.poisson(8, 500) + 1
        every = np.stack([source, source + chance.integers(-1, 4, 500).clip(0)], axis=1)
        of = [padding(every, size=size, seed=seed) for seed in range(10)]
        assert np.mean([p.bucketed for p in of]) < np.mean([p.random for p in of])


def test_one_sentence_a_batch_needs_no_padding() -> None:
    got = padding(np.array([(3, 9), (7, 1)]), size=1, seed=0)
    assert got.random == got.bucketed == 0
