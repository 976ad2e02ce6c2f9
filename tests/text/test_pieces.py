from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.copying import NAME
from explorer.text.pieces import cut, joined, learn, marked, pieced, spans, spelled
from explorer.text.tokens import visible
from explorer.text.vocabulary import JOINER, UNKNOWN, Vocabulary
from explorer.text.words import detokenise

WORDS = st.text("abcdé-", min_size=1, max_size=8)
PIECES = [form for c in "abcdé-" for form in (f"{c}￭", f"￭{c}￭", f"￭{c}")]
KNOWN = Vocabulary((UNKNOWN, "ab", "cab", "dé￭", "￭ab", "￭abc￭", NAME, *PIECES))


@given(st.lists(WORDS, max_size=6))
def test_words_come_back_from_their_pieces(words: list[str]) -> None:
    pieces = spelled(words, KNOWN)
    assert joined(pieces) == tuple(words)
    assert all(piece in KNOWN for piece in pieces if JOINER in piece)
    assert all(word in KNOWN or len(word) == 1 for word in pieces if JOINER not in word)


@given(st.lists(st.text("ab￭", min_size=1, max_size=3), max_size=6))
def test_whatever_pieces_come_they_are_read_without_signs_and_nothing_is_lost(
    tokens: list[str],
) -> None:
    words = joined(tokens)
    letters = [c for c in "".join(tokens) if c != JOINER]
    assert [c for c in "".join(words) if c != JOINER] == letters
    assert all(word.strip(JOINER) in (word, "") for word in words)
    assert joined(words) == words


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("cab", "cab"),
        ("déab", "dé￭ ￭ab"),
        ("cabd", "c￭ ￭ab￭ ￭d"),  # ￭ab is an end, so the longest piece that goes on is not there
        ("dabcd", "d￭ ￭abc￭ ￭d"),
        ("axe", "axe"),  # of which no piece has the x
        ("a", "a"),
    ],
)
def test_the_longest_piece_comes_first(word: str, pieces: str) -> None:
    known = Vocabulary((*KNOWN.tokens, "￭ab￭"))
    assert cut(word, known) == tuple(pieces.split())


def test_no_more_is_tried_of_a_long_word_than_a_piece_may_have() -> None:
    tried: list[int] = []

    class Noting(Vocabulary):
        def __contains__(self, token: object) -> bool:
            tried.append(len(str(token)))
            return super().__contains__(token)

    known = Noting(KNOWN.tokens)
    assert len(cut("a" * 500, known)) == 500
    assert len(tried) <= 500 * known.longest
    assert max(tried) <= known.longest + 2


def test_names_and_numbers_are_left_to_be_copied_unless_they_are_to_be_cut() -> None:
    known = Vocabulary((*KNOWN.tokens, "B￭", "￭1", "a￭1"))
    assert spelled(("Bab", NAME, "a1"), known) == ("Bab", NAME, "a1")
    assert spelled(("Bab", NAME, "a1"), known, names=True) == ("B￭", "￭ab", NAME, "a￭", "￭1")


def test_a_vocabulary_without_pieces_cuts_nothing() -> None:
    plain = Vocabulary((UNKNOWN, "a", "b", "ab"))
    assert spelled(("ab", "ba", "abab"), plain) == ("ab", "ba", "abab")
    assert (plain.pieced, KNOWN.pieced) == (False, True)


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_the_parts_of_a_word_are_marked_where_they_are_joined(parts: list[str]) -> None:
    pieces = marked(parts)
    assert joined(pieces) == ("".join(parts),)
    assert [piece.startswith(JOINER) for piece in pieces] == [n > 0 for n in range(len(parts))]
    assert [piece.endswith(JOINER) for piece in pieces][::-1] == [n > 0 for n in range(len(parts))]


def test_pieces_that_are_learned_can_write_all_words_and_are_seen_often_enough() -> None:
    stems, ends = ("march", "parl", "chant", "regard"), ("erions", "eriez", "aient", "âmes")
    words = Counter({stem + end: 1 + n for n, stem in enumerate(stems) for end in ends})
    pieces = learn(words, size=60, minimum=3)
    known = Vocabulary((UNKNOWN, *pieces))
    found = {word: cut(word, known) for word in words}
    assert all(joined(some) == (word,) for word, some in found.items())
    assert sum(map(len, found.values())) < 0.5 * sum(map(len, words))
    counts = Counter(piece for word in words.elements() for piece in found[word])
    assert all(counts[piece] >= 3 for piece in counts if len(piece.strip(JOINER)) > 1)
    assert "￭âmes" in pieces
    forms = {f"{c}￭" for c in "mpâ"} | {f"￭{c}￭" for c in "mpâ"} | {f"￭{c}" for c in "mpâ"}
    assert forms <= set(pieces)  # characters are pieces wherever they may stand


def test_a_sentence_is_written_in_words() -> None:
    tokens = ("I", "see", "a", "gar￭", "￭go￭", "￭yle", ".")
    assert detokenise(tokens, "en") == "I see a gargoyle."
    assert detokenise(("l'", "é￭", "￭cu￭", "￭me", "-tu", "?"), "fr") == "l'écume-tu ?"


def test_a_vocabulary_has_frequent_words_names_and_pieces_by_their_frequency() -> None:
    words = {"the": 50, "walked": 9, "walking": 2, "talking": 2, "talked": 2, "Xu": 3, "Bo": 1}
    known = pieced(words, whole=5, minimum=2, size=30, reserved=("<pad>",))
    assert known.tokens[:3] == (UNKNOWN, "<pad>", "the")
    assert {"walked", "Xu"} <= set(known.tokens)
    assert not {"walking", "talked", "Bo"} & set(known.tokens)
    counts = Counter(t for word in Counter(words).elements() for t in cut(word, known))
    listed = [counts[token] for token in known.tokens[2:]]
    assert listed == sorted(listed, reverse=True)
    assert all(joined(cut(word, known)) == (word,) for word in words)


@given(st.lists(st.sampled_from(["a", "b￭", "￭c", "￭d￭", "￭", "e￭￭", "."])))
def test_the_spans_are_those_of_the_joined_words(tokens: list[str]) -> None:
    found = spans(tokens)
    assert [place for span in found for place in span] == list(range(len(tokens)))
    words = [joined([tokens[place] for place in span]) for span in found]
    assert tuple(word for one in words for word in one) == joined(tokens)


def test_a_piece_shows_where_its_word_goes_on() -> None:
    assert [visible(piece) for piece in ("bo￭", "￭n￭", "￭d", "￭", "<unk>", "-tu")] == [
        *("bo·", "·n·", "·d", "￭"),
        "\N{REPLACEMENT CHARACTER}",
        "-tu",
    ]
