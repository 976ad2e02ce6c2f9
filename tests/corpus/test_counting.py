from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.corpus.growth import growth
from explorer.corpus.lengths import counted, cut_share, lengths, shares
from explorer.corpus.parallel import parallel
from explorer.corpus.reading import parse
from explorer.corpus.spectrum import spectrum, unknown
from explorer.corpus.summary import UNITS, summarise
from explorer.text.byte_pairs import cut_into_pieces
from explorer.text.sentences import sentences

words = st.lists(st.sampled_from(list("abcdefghij")), min_size=1, max_size=200)


def own_text() -> str:
    return "\n".join(f"{pair.english}\t{pair.french}" for pair in sentences())


@given(words)
def test_the_vocabulary_grows_as_counted_by_hand(tokens: list[str]) -> None:
    curve = growth(tokens, points=20)
    assert curve.read[-1] == len(tokens)
    assert list(curve.seen) == [len(set(tokens[:read])) for read in curve.read]
    assert len(curve.read) <= 20
    assert all(a < b for a, b in zip(curve.read, curve.read[1:], strict=False))


def test_nothing_read_has_no_growth() -> None:
    assert growth([]).read == ()


@given(words)
def test_the_unknown_share_is_the_one_counted_by_hand(tokens: list[str]) -> None:
    counts = Counter(tokens)
    got = unknown(spectrum(tokens), highest=12)
    for minimum, share, kept in zip(got.minimum, got.share, got.kept, strict=True):
        rare = {word for word, count in counts.items() if count < minimum}
        assert share == pytest.approx(sum(t in rare for t in tokens) / len(tokens))
        assert kept == len(counts) - len(rare)


@given(words)
def test_a_lower_smallest_frequency_never_makes_more_unknown(tokens: list[str]) -> None:
    got = unknown(spectrum(tokens), highest=30)
    assert got.share[0] == 0
    assert (np.diff(got.share) >= 0).all()
    assert (np.diff(got.kept) <= 0).all()


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1))
def test_counted_lengths_are_the_lengths(pairs: list[tuple[int, int]]) -> None:
    every = counted(pairs).every()
    assert sorted(map(tuple, every.tolist())) == sorted(pairs)
    source = every[:, 0]
    assert shares(source).sum() == pytest.approx(1)
    assert cut_share(source, 10) == pytest.approx(sum(s >= 10 for s, _ in pairs) / len(pairs))


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_pieces_spell_the_sentence(lines: list[str]) -> None:
    for size in (2, 200):
        for line, pieces in zip(lines, cut_into_pieces(lines, size=size), strict=True):
            assert "".join(pieces).replace("▁", "") == line.replace("▁", "")


def test_there_are_as_many_different_pieces_as_asked_at_most() -> None:
    text = [pair.english.lower() for pair in sentences()]
    for size in (100, 400):
        seen = {piece for pieces in cut_into_pieces(text, size=size) for piece in pieces}
        assert len(seen) <= size
    fewer = sum(map(len, cut_into_pieces(text, size=400)))
    assert fewer < sum(map(len, cut_into_pieces(text, size=100))) < sum(map(len, text))


def test_a_corpus_in_figures_agrees_with_counting_it_here() -> None:
    corpus = parallel(parse(own_text()), "en", "fr")
    seen: list[None] = []
    summary = summarise(corpus, pieces=300, watch=lambda: seen.append(None))
    assert summary.pairs == len(sentences())
    assert len(seen) == 2
    for side, figures in [(corpus.source, summary.source), (corpus.target, summary.target)]:
        tokens = [token for sentence in side.tokens for token in sentence]
        letters = "".join(side.sentences)
        assert set(figures.growth) == set(UNITS)
        assert figures.growth["word"].read[-1] == len(tokens) == figures.spectrum.tokens
        assert figures.growth["word"].seen[-1] == len(set(tokens))
        assert figures.growth["character"].read[-1] == len(letters)
        assert figures.growth["character"].seen[-1] == len(set(letters))
        assert figures.growth["piece"].seen[-1] <= 300
    assert sum(lengths(corpus).pairs) == summary.pairs


def test_both_sides_are_in_small_letters_and_each_is_cut_by_its_own_rules() -> None:
    corpus = parallel(parse("Don't GO!\tN'y va PAS !"), "en", "fr")
    assert corpus.source.tokens == (("do", "n't", "go", "!"),)
    assert corpus.target.tokens == (("n'", "y", "va", "pas", "!"),)
    plain = parallel(parse("Don't GO!\tN'y va PAS !"), "any", "any")
    assert plain.source.tokens == (("don't", "go", "!"),)
