import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.corpus.generic import tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I said no!", ["I", "said", "no", "!"]),
        ("aujourd'hui, l'arc-en-ciel", ["aujourd'hui", ",", "l'arc-en-ciel"]),
        ("我喜欢 GRU。", ["我", "喜", "欢", "GRU", "。"]),
        ("カタカナと3.14", ["カ", "タ", "カ", "ナ", "と", "3.14"]),
        ("ภาษา", ["ภ", "า", "ษ", "า"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שלום עולם?", ["שלום", "עולם", "?"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("👩\u200d🚀👍🏽❤\ufe0f", ["👩\u200d🚀", "👍🏽", "❤\ufe0f"]),
        ("(well-known) -x 'y' 1,5.", ["(", "well-known", ")", "-", "x", "'", "y", "'", "1,5", "."]),
    ],
)
def test_words_of_many_scripts(text: str, tokens: list[str]) -> None:
    assert list(tokenise(text)) == tokens


@given(st.text())
def test_nothing_but_blanks_is_lost(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(tokens) == "".join(text.split())
    assert all(tokens)
