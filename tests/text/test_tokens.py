"""Tokens are the text, and can be seen."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.text.tokens import characters, visible


@given(st.text())
def test_the_tokens_are_the_text(text):
    assert "".join(characters(text)) == text


def test_what_cannot_be_seen_has_a_sign():
    tokens = (" ", "\n", "\t", "<unk>", "a", "<b>", "\u200d", "\u202e", "\x1b", "\u0301")
    assert [visible(token) for token in tokens] == [
        "␣",
        "⏎",
        "⇥",
        "\N{REPLACEMENT CHARACTER}",
        "a",
        "<b>",
        "U+200D",
        "U+202E",
        "U+001B",
        "\u0301",
    ]
