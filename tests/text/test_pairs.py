import lzma
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.text.files import read_text
from explorer.text.pairs import Pair, Together, normalised, parse, split


def some(count: int) -> list[Pair]:
    return [Pair(f"Sentence number {n}.", (f"Phrase {n}.",)) for n in range(count)]


def test_lines_of_one_sentence_become_one_pair() -> None:
    text = "Go.\tVa !\nHi.\tSalut !\tBonjour.\n\nGo.\tAllez !\nGo.\tVa !\n"
    assert parse(text) == (
        Pair("Go.", ("Va !", "Allez !")),
        Pair("Hi.", ("Salut !", "Bonjour.")),
    )


def test_the_attribution_of_newer_files_is_no_translation() -> None:
    text = "Go.\tVa !\tCC-BY 2.0 (France) Attribution: tatoeba.org #2877272 (CM)\r\n"
    assert parse(text) == (Pair("Go.", ("Va !",)),)


@pytest.mark.parametrize("line", ["Go.", "Go.\t", "\tVa !", "Go. Va !"])
def test_a_line_that_is_no_pair_is_named(line: str) -> None:
    with pytest.raises(ExplorerError, match="Line 3 "):
        parse(f"Hi.\tSalut !\n\n{line}\n")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_without_pairs_is_refused(text: str) -> None:
    with pytest.raises(ExplorerError, match="no sentence pairs"):
        parse(text)


def test_compressed_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(lzma.compress("Go.\tÇa va !\n".encode()))
    assert read_text(path) == "Go.\tÇa va !\n"


@pytest.mark.parametrize(
    ("name", "content"), [("a.xz", b"no xz"), ("a.tsv", b"\xff\xfe\xfa"), ("a.xz", b"\xfd7zXZ\0")]
)
def test_a_damaged_file_is_named(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExplorerError, match=re.escape(name)):
        read_text(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="no file"):
        read_text(tmp_path / "none.tsv")


SPELLED = st.sampled_from(["Go now", "go now", "GO NOW!", "I'm here", "Im here.", "Stop it", "Go"])
SENTENCES = st.builds(lambda s, n: f"{s}{n}", SPELLED, st.sampled_from(["", " 1", " 2"]))
TRANSLATED = st.sampled_from(["Vas-y", "vas-y !", "J'y suis", "Jy suis.", "Arrête", "Va"])
LISTS = st.dictionaries(SENTENCES, st.sets(TRANSLATED, min_size=1, max_size=2), max_size=12)


def shared(sides: Sequence[Sequence[Pair]], read: Callable[[Pair], set[str]]) -> set[str]:
    """What stands on two sides at once."""
    words = [{word for pair in side for word in read(pair)} for side in sides]
    return (words[0] & words[1]) | (words[0] & words[2]) | (words[1] & words[2])


@settings(max_examples=100)
@given(LISTS, st.integers(0, 5), st.sampled_from(["sentence", "component"]))
def test_no_sentence_and_no_translation_is_on_two_sides(
    sentences: dict[str, set[str]], seed: int, together: Together
) -> None:
    pairs = [Pair(sentence, tuple(sorted(texts))) for sentence, texts in sentences.items()]
    pairs += some(20)
    parts = split(pairs, held_out=4, seed=seed, together=together)
    sides = (parts.training, parts.validation, parts.test)
    assert sorted(p.source for side in sides for p in side) == sorted(p.source for p in pairs)
    assert len(parts.test) == len(parts.validation) == 4
    assert not shared(sides, lambda pair: {normalised(pair.source)})
    if together == "component":
        assert not shared(sides, lambda pair: set(map(normalised, pair.references)))


def test_sentences_joined_by_way_of_others_stay_together() -> None:
    """Of a chain of ten, all or none are held out; by the sentence alone, some are."""
    chain = [Pair(f"Link {n}.", (f"Maille {n}.", f"maille {n + 1}")) for n in range(10)]
    pairs = chain + some(40)

    def held_out(seed: int, together: Together) -> int:
        parts = split(pairs, held_out=12, seed=seed, together=together)
        return len({*chain} & {*parts.test, *parts.validation})

    assert {held_out(seed, "component") for seed in range(9)} == {0, 10}
    assert not {held_out(seed, "sentence") for seed in range(9)} <= {0, 10}


def test_only_sentences_of_two_to_twenty_words_are_held_out() -> None:
    long = " ".join(map(str, range(21)))
    pairs = [Pair(text, (f"« {text} »",)) for text in ("Go.", "Don't!", long)] + some(6)
    for seed in range(9):
        parts = split(pairs, held_out=2, seed=seed)
        assert {"Go.", "Don't!", long} <= {pair.source for pair in parts.training}


def test_the_seed_decides_and_the_order_of_the_pairs_does_not() -> None:
    pairs = some(30)
    first = split(pairs, held_out=5, seed=1)
    assert first.test == split(pairs[::-1], held_out=5, seed=1).test
    assert first.test != split(pairs, held_out=5, seed=2).test


def test_a_corpus_that_is_too_small_is_refused() -> None:
    with pytest.raises(ExplorerError, match=r"29 sentences .* at least 30"):
        split(some(29), held_out=10, seed=0)
