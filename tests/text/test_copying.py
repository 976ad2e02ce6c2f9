import pytest

from explorer.text.copying import NAME, NUMBER, hide, hide_shared, placeholder, restore
from explorer.text.vocabulary import UNKNOWN, Vocabulary

ENGLISH = Vocabulary((UNKNOWN, NAME, NUMBER, "Tom", "met", "in", "was", "30"))
FRENCH = Vocabulary((UNKNOWN, NAME, NUMBER, "Tom", "a", "vu", "en", "30"))
KNOWN = (ENGLISH, FRENCH)


@pytest.mark.parametrize(
    ("token", "kind"),
    [("Zoé", NAME), ("Éric", NAME), ("zoé", None), ("42", NUMBER), ("3rd", NUMBER), ("!", None)],
)
def test_names_and_numbers_are_told_by_their_look(token: str, kind: str | None) -> None:
    assert placeholder(token) == kind


def test_only_unknown_names_and_numbers_are_hidden() -> None:
    tokens = ("Tom", "met", "Zorblax", "gladly", "in", "1984")
    assert hide(tokens, ENGLISH) == ("Tom", "met", NAME, "gladly", "in", NUMBER)


def test_what_is_shared_is_hidden_on_both_sides() -> None:
    source, target = ("Tom", "met", "London", "Zoé"), ("Tom", "a", "vu", "Londres", "Zoé")
    hidden = hide_shared(source, target, known=KNOWN)
    assert hidden == (("Tom", "met", NAME, NAME), ("Tom", "a", "vu", "Londres", NAME))
    everything = hide_shared(source, target, known=KNOWN, all_of_them=True)
    assert everything[1] == (NAME, "a", "vu", "Londres", NAME)


def test_the_kth_placeholder_stands_for_the_kth_word() -> None:
    source = ("Zoé", "met", "Max", "in", "1984")
    hidden = hide(source, ENGLISH)
    output = ("en", NUMBER, NAME, "a", "vu", NAME)
    tokens, copied = restore(output, source=source, hidden=hidden)
    assert tokens == ("en", "1984", "Zoé", "a", "vu", "Max")
    assert copied == (False, True, True, False, False, True)


def test_the_last_word_is_copied_again_and_none_is_made_up() -> None:
    tokens, copied = restore((NAME, NAME, NUMBER), source=("Zoé",), hidden=(NAME,))
    assert tokens == ("Zoé", "Zoé", NUMBER)
    assert copied == (True, True, False)
