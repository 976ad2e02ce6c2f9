import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.seq2seq import input_diagnostics as module
from explorer.seq2seq.input_diagnostics import (
    Control,
    Controls,
    Copied,
    Diagnostic,
    Emoji,
    Empty,
    Long,
    LooksFrench,
    NoWords,
    OnlyUnknown,
    OtherLanguage,
    OtherScript,
    Pieced,
    RightToLeft,
    TooLong,
    Unknown,
    clean,
    diagnose,
)
from explorer.seq2seq.model_input import read_source
from explorer.text.limits import MOST
from explorer.text.vocabulary import Vocabulary
from explorer.text.words import tokenise
from tests.seq2seq.conftest import ENGLISH, a_translator

TRANSLATOR = a_translator("gru", layers=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The dog sleeps.", ()),
        ("I see TOM?", ()),
        (" \n\t", (Empty(),)),
        ("", (Empty(),)),
        ("\x07", (Controls((Control(0, "U+0007"),)), Empty())),
        ("I\u200bsee\x00 Tom", (Controls((Control(1, "U+200B"), Control(5, "U+0000"))),)),
        ("?", (NoWords(),)),
        ("?!", (NoWords(), Unknown(("?!",)))),
        ("cat bird cat", (OtherLanguage(), OnlyUnknown(("cat", "bird")))),
        ("I see the cat, cat.", (Unknown(("cat", ",")),)),
        ("I see Zorblax, 42 and Zorblax", (Unknown((",", "and")), Copied(("Zorblax", "42")))),
        ("je vois le chien", (LooksFrench(), OnlyUnknown(("je", "vois", "le", "chien")))),
        ("Tom " * 21, (Long(21, 20),)),
        ("Tom . " * 20, ()),
        ("Tom " * (MOST + 1), (TooLong(MOST + 1, MOST),)),
        ("我", (OtherScript(("Chinese",)), OnlyUnknown(("我",)))),
        ("I see кот", (OtherScript(("Cyrillic",)), Unknown(("кот",)))),
        ("I see שלום", (OtherScript(("Hebrew",)), RightToLeft(), Unknown(("שלום",)))),
        (
            "ひらー ไท 한",
            (OtherScript(("Japanese", "Thai", "Korean")), OnlyUnknown(("ひらー", "ไท", "한"))),
        ),
        ("ᚠ I see", (OtherScript(("other",)), Unknown(("ᚠ",)))),
        ("I see Ａ", (Copied(("Ａ",)),)),
        ("I ❤\ufe0f Tom 👍🏽", (Emoji(("❤", "👍")), Unknown(("❤", "👍")))),
        ("👩\u200d👧", (NoWords(), Emoji(("👩", "👧")), Unknown(("👩", "👧")))),
        ("❤\ufe0f\u200d🔥", (NoWords(), Emoji(("❤", "🔥")), Unknown(("❤", "🔥")))),
    ],
)
def test_what_is_said_of_a_sentence(text: str, said: tuple[Diagnostic, ...]) -> None:
    assert diagnose(TRANSLATOR, text) == said


@given(st.text(max_size=40))
def test_a_clean_text_shows_everything_and_says_the_same_words(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(c).startswith("C") for c in cleaned)
    plain = "".join(c for c in text if ord(c) not in module._VARIANTS)
    assert tokenise(cleaned, "en") == tokenise(plain, "en")


@given(st.text(max_size=60) | st.text("Tom sees 42 кот.\u200e❤ ", max_size=60))
def test_any_text_has_remarks_and_is_refused_where_they_say_so(text: str) -> None:
    said = diagnose(TRANSLATOR, text)
    assert len({type(remark) for remark in said}) == len(said)
    if any(isinstance(remark, Empty | TooLong) for remark in said):
        with pytest.raises(ExplorerError):
            read_source(TRANSLATOR, clean(text))
        return
    sentence = read_source(TRANSLATOR, clean(text))
    unknown = {t for t in sentence.hidden if t not in TRANSLATOR.source}
    assert unknown == {w for r in said if isinstance(r, Unknown | OnlyUnknown) for w in r.words}
    hidden = {t for t, h in zip(sentence.tokens, sentence.hidden, strict=True) if t != h}
    assert hidden == {word for r in said if isinstance(r, Copied) for word in r.words}


@given(st.lists(st.sampled_from("a\x00\u200b\u202e\n é"), max_size=20).map("".join))
def test_every_invisible_character_is_named_with_its_place(text: str) -> None:
    found = [r for r in diagnose(TRANSLATOR, text) if isinstance(r, Controls)]
    named = [(c.place, int(c.code[2:], 16)) for controls in found for c in controls.found]
    assert named == [(n, ord(c)) for n, c in enumerate(text) if c in "\x00\u200b\u202e"]


def test_what_is_read_in_pieces_is_said_and_is_no_known_word() -> None:
    known = Vocabulary((*ENGLISH.tokens, "j￭", "￭e", "v￭", "￭ois", "l￭", "ch￭", "￭ien"))
    found = replace(TRANSLATOR, source=known)
    pieces = Pieced((("chien", ("ch￭", "￭ien")),))
    assert diagnose(found, "I see the chien.") == (pieces,)
    assert LooksFrench() in diagnose(found, "je vois le chien")


def test_a_model_that_writes_chinese_is_given_no_french() -> None:
    said = diagnose(replace(TRANSLATOR, language="zh"), "je vois le chien")
    assert LooksFrench() not in said
