import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.words import Language, detokenise, tokenise

LANGUAGES = st.sampled_from(["en", "fr", "zh"])
WITH_SPACES = st.sampled_from(["en", "fr"])
WORDS = {
    "en": "tea I Tom o'clock mother-in-law is 42 3.5 a.m. don't can't we'll Mary's I'd couldn't",
    "fr": "été Tom l'eau qu'il aujourd'hui quelqu'un arc-en-ciel as-tu a-t-il donne-le-moi va-t'en "
    "là-bas jusqu'à 42 3,5 peut-être œuf",
}
ENDS = {"en": [".", "?", "!", "..."], "fr": [".", " ?", " !", "...", " ?!"]}
MIDDLES = {"en": [" ", ", ", "; ", ": "], "fr": [" ", ", ", " ; ", " : "]}
WRAPS = {"en": ["{}", '"{}"', "({})"], "fr": ["{}", '"{}"', "({})", "« {} »"]}


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, Language]:
    """A well-formed sentence and its language."""
    language = draw(WITH_SPACES)
    words = draw(st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=12))
    wrapped = [draw(st.sampled_from(WRAPS[language])).format(word) for word in words]
    middles = [draw(st.sampled_from(MIDDLES[language])) for _ in wrapped[1:]]
    text = "".join(w + m for w, m in zip(wrapped, [*middles, ""], strict=True))
    return text + draw(st.sampled_from(ENDS[language])), language


@given(sentences())
def test_a_well_formed_sentence_comes_back(sentence: tuple[str, Language]) -> None:
    text, language = sentence
    assert detokenise(tokenise(text, language), language) == text


@given(st.text(max_size=60), LANGUAGES)
def test_no_token_is_empty_or_has_a_space(text: str, language: Language) -> None:
    tokens = tokenise(text, language)
    assert all(token and not any(c.isspace() for c in token) for token in tokens)
    text = detokenise(tokens, language).translate(dict.fromkeys(map(ord, "“”"), '"'))
    assert all(token in text for token in tokens)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60), WITH_SPACES)
def test_no_character_is_lost(text: str, language: Language) -> None:
    assert "".join(tokenise(text, language)) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I don't, I can't.", "I do n't , I can't ."),
        ("ISN'T it Tom's?", "IS N'T it Tom 's ?"),
        ("They'd've gone at 2:30 p.m.", "They 'd 've gone at 2:30 p.m."),
        ("Mr. Smith won $5,000!", "Mr. Smith won $ 5,000 !"),
        ("It’s “odd”…", 'It \'s " odd " ...'),
        ("What?! No.", "What ?! No ."),
        ("A three-year-old.", "A three-year-old ."),
    ],
)
def test_english(text: str, tokens: str) -> None:
    assert tokenise(text, "en") == tuple(tokens.split())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Qu'as-tu vu ?", "Qu' as -tu vu ?"),
        ("Qu’est-ce que c’est ?", "Qu' est -ce que c' est ?"),
        ("Va-t'en, allez-vous-en !", "Va -t' en , allez -vous -en !"),
        ("Y a-t-il quelqu'un ?", "Y a -t-il quelqu'un ?"),
        ("Aujourd'hui, j'y vais.", "Aujourd'hui , j' y vais ."),
        ("L'arc-en-ciel, là-bas", "L' arc-en-ciel , là-bas"),
        ("M. Dupont a dit : « Oui. »", "M. Dupont a dit : « Oui . »"),
        ("Non\u202f!\xa0\u200bSi", "Non ! Si"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_french(text: str, tokens: str) -> None:
    assert tokenise(text, "fr") == tuple(tokens.split())


def test_french_marks_stand_apart_and_english_ones_do_not() -> None:
    tokens = ("so", "?", "no", ";", "yes", "!")
    assert detokenise(tokens, "fr") == "so ? no ; yes !"
    assert detokenise(tokens, "en") == "so? no; yes!"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("汤姆3点半来，好吗？", "汤 姆 3 点 半 来 ， 好 吗 ？"),
        ("你喜欢吗 ?", "你 喜 欢 吗 ？"),
        ("他用Facebook App, 花了3,000.50元.", "他 用 Facebook App ， 花 了 3,000.50 元 。"),
        ("“好！”他说……", '" 好 ！ " 他 说 ……'),
    ],
)
def test_chinese(text: str, tokens: str) -> None:
    assert tokenise(text, "zh") == tuple(tokens.split())


HAN = st.sampled_from(["我", "们", "，", "。", "？", "3", "1.5", "Tom", "《", "》"])


@given(st.lists(HAN, max_size=12))
def test_chinese_tokens_are_joined_to_what_is_cut_into_them_again(tokens: list[str]) -> None:
    text = detokenise(tokens, "zh")
    assert tokenise(text, "zh") == tuple(tokens)
    assert text.replace(" ", "") == "".join(tokens)


def test_a_chinese_sentence_has_spaces_between_foreign_words_alone() -> None:
    assert detokenise(("我", "爱", "New", "York", "。"), "zh") == "我爱New York。"
    assert detokenise(('"', "好", "！", '"'), "zh") == "“好！”"


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_nothing_is_nothing(language: Language) -> None:
    assert tokenise(" \t\x00\n", language) == ()
    assert detokenise((), language) == ""
