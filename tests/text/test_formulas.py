"""docs/saved-files.md promises it: no token of a model's own is a formula that calls anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.words import Language, tokenise

CALLS = re.compile(r"[=+\-@\t\r].*[(!|]", re.DOTALL)
PARTS = st.sampled_from(["=", "+", "-", "@", "\t", "HYPERLINK", "cmd", "|", "(", '"', ")", "!A0"])


@pytest.mark.parametrize("language", ["en", "fr"])
@given(text=st.lists(PARTS | st.text(max_size=4), max_size=8).map("".join))
def test_no_word_is_a_formula_that_calls(language: Language, text: str) -> None:
    assert not any(CALLS.match(token) for token in tokenise(text, language))


def test_a_formula_that_calls_would_be_noticed() -> None:
    assert CALLS.match('=HYPERLINK("a")')
    assert CALLS.match("-cmd|' /C calc'!A0")
