from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.corpus.reading import LONGEST, MOST_BYTES, clean, decode, parse
from explorer.errors import ExplorerError


def test_pairs_are_read_and_what_cannot_be_is_named_by_its_line() -> None:
    text = "One.\tUn.\n\nno tab here\nTwo.\t\n\tTrois.\nFour.\tQuatre.\tCC-BY\nFive\x07.\tCinq.\r\n"
    read = parse(text + f"{'x' * (LONGEST + 1)}\tSix.\rSeven ||| Sept")
    assert read.sources == ("One.", "Four.", "Five .", "Seven")
    assert read.targets == ("Un.", "Quatre.", "Cinq.", "Sept")
    assert read.without_tab == (3,)
    assert read.without_side == (4, 5)
    assert read.more_columns == (6,)
    assert read.controls == (7,)
    assert read.too_long == (8,)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_nothing_is_said_to_be_nothing(text: str) -> None:
    with pytest.raises(ExplorerError, match=r"no sentence pairs yet|No line"):
        parse(text)


@pytest.mark.parametrize("text", ["One language.\nOnly.", 'id,en,fr\n1,"Go, now",Va', "a;b\nc;d"])
def test_a_text_without_tabs_is_told_what_a_line_is(text: str) -> None:
    with pytest.raises(ExplorerError, match="No line contains a tab"):
        parse(text)


def test_the_first_line_that_is_no_pair_is_named_where_none_is() -> None:
    with pytest.raises(ExplorerError, match="line 2"):
        parse("\n\tx\nonly this\n")


def test_bytes_that_are_no_text_are_named_by_line_and_place() -> None:
    with pytest.raises(ExplorerError, match=r"Byte 8 .*line 2\) is not valid UTF-8"):
        decode(b"a\tb\nc\td\xff\n")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_the_encodings_of_common_programs_are_read(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Été\t夏 😀\n".encode(encoding)) == "Été\t夏 😀\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_file_of_just_the_greatest_size_is_read_whatever_its_encoding(encoding: str) -> None:
    line = "夏天在这里。\t" + "été " * 400 + "\n"
    content = (line * (MOST_BYTES // len(line.encode(encoding)) - 1)).encode(encoding)
    blank = "\n".encode(encoding.replace("-16", "-16-le").replace("-32", "-32-le"))
    content += blank * ((MOST_BYTES - len(content)) // len(blank))
    assert 0 <= MOST_BYTES - len(content) < len(blank)
    assert set(parse(decode(content)).sources) == {"夏天在这里。"}
    with pytest.raises(ExplorerError, match=r"5\.01 MB"):
        decode(content + blank)


def test_a_half_utf_16_file_is_refused() -> None:
    with pytest.raises(ExplorerError, match="UTF-16"):
        decode("Été\t夏".encode("utf-16")[:-1])


def test_a_text_that_is_too_large_is_refused_however_it_comes() -> None:
    line = "a " * 48 + "a\tb\n"
    text = line * (MOST_BYTES // len(line) + 1)
    with pytest.raises(ExplorerError, match=f"shorten it by {len(text) - MOST_BYTES}"):
        parse(text)
    with pytest.raises(ExplorerError, match=r"5\.01 MB; this page reads at most 5"):
        decode(text.encode())
    assert len(parse(text, most=None).sources) > MOST_BYTES // len(line)


def test_what_shapes_words_and_emoji_stays_and_what_turns_the_line_goes() -> None:
    assert clean("\u202e e\u0301\x00t\ufeff ") == "é t"
    assert clean("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"


@given(st.text(), st.text())
def test_any_two_sides_are_read_or_refused_in_a_sentence(source: str, target: str) -> None:
    try:
        read = parse(f"{source}\t{target}")
    except ExplorerError:
        return
    assert len(read.sources) == len(read.targets) > 0
    assert all(s == s.strip() and "\n" not in s for s in read.sources + read.targets)


@given(st.binary())
def test_any_bytes_are_decoded_or_refused_in_a_sentence(content: bytes) -> None:
    with suppress(ExplorerError):
        decode(content)
