"""Text from a reader becomes a Markdown code span, whatever it holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.web.kit.errors import sentence
from explorer.web.kit.markup import bold, literal, plain

#: Unicode's marks that turn what stands around them (UAX 9).
TURNING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"


@given(st.text())
def test_no_text_breaks_out_of_its_code_span(text):
    span = plain(text)
    fence = re.match("`+", span).group()
    inside = span[len(fence) : -len(fence)]
    assert span.endswith(fence)
    assert fence not in re.findall("`+", inside)
    assert "\n" not in span


@given(st.text() | st.from_regex(r"(www\.|https?://|\w+@)\w+\.\w+"))
def test_nothing_in_the_letters_of_the_page_is_markup(text):
    shown = literal(text)
    assert not re.search(r"(?<!\\)(\\\\)*[!-/:-@\[^-`{-~]", shown)
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)
    assert not re.search(r"://|www\.|[:@]\w|->|--|<=", bare, re.I)
    told = re.sub(TURNING, lambda mark: f"U+{ord(mark[0]):04X}", " ".join(text.splitlines()))
    assert bare.replace("\u2060", "") == told.replace("\u2060", "")


@given(st.text(st.characters() | st.sampled_from("\u061c\u200f\u202e\u2066\u2069")))
def test_no_text_turns_the_sentence_around_it(text):
    assert not re.search(TURNING, plain(text) + literal(text))


@pytest.mark.parametrize("text", ["www.evil.example", "$x$", ":red[y]", "<b>", "[a](b)"])
def test_the_text_stays_as_it_is(text):
    assert plain(text) == f"` {text} `"


def test_a_bold_sentence_has_its_full_width_stop_outside():
    assert bold("It ends.") == "**It ends.**"
    assert bold("它结束。") == "**它结束**。"


def test_an_errors_values_are_shown_as_they_are_and_numbers_as_numbers():
    error = ExplorerError("{name} has {count}.", name="https://evil.example", count=3)
    assert sentence(error) == "` https://evil.example ` has 3."
