"""The labels, each against a plain loop or the words of its description."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.unit_analysis import character_labels as of
from explorer.unit_analysis.character_labels import CHARACTER_LABELS
from explorer.unit_analysis.chinese_labels import CHINESE_LABELS
from explorer.unit_analysis.labels import counted, is_binary, label_values, since
from explorer.unit_analysis.translation_labels import SOURCE_LABELS, TARGET_LABELS

texts = st.text(alphabet="aB the 'I\n\n.!(),-é我。", max_size=60)
flags = st.lists(st.booleans(), min_size=1, max_size=30)


def shown(values) -> str:
    """A yes or no a character; a dot where it is undefined."""
    return "".join("." if np.isnan(v) else str(int(v)) for v in values)


@given(texts)
def test_every_label_says_a_finite_number_or_nothing_at_each_character(text):
    values = label_values(CHARACTER_LABELS, tuple(text))
    assert values.shape == (len(CHARACTER_LABELS), len(text))
    assert (np.isfinite(values) | np.isnan(values)).all()


@given(texts, texts)
def test_no_label_but_of_what_comes_next_sees_the_future(text, after):
    """But of the last character, where an apostrophe waits for a letter."""
    ahead = {"word ends", "newline next"}
    labels = {name: label for name, label in CHARACTER_LABELS.items() if name not in ahead}
    alone = label_values(labels, tuple(text))[:, :-1]
    followed = label_values(labels, tuple(text + after))[:, : alone.shape[1]]
    np.testing.assert_array_equal(alone, followed)


@given(texts)
def test_the_column_is_what_a_loop_counts(text):
    expected, n = [], 0
    for character in text:
        expected.append(n)
        n = 0 if character == "\n" else n + 1
    assert of.column(text).tolist() == expected


@given(flags, st.data())
def test_counting_since_a_start_is_what_a_loop_counts(starts, data):
    events = data.draw(st.lists(st.booleans(), min_size=len(starts), max_size=len(starts)))
    ago, n, expected_ago, expected = 0, 0, [], []
    for place, (start, event) in enumerate(zip(starts, events, strict=True)):
        ago, n = (0, 0) if start or not place else (ago + 1, n)
        n += event
        expected_ago.append(ago)
        expected.append(n)
    assert since(np.array(starts)).tolist() == expected_ago
    assert counted(np.array(events), np.array(starts)).tolist() == expected


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        (of.letter_of_the_word, "to a don't", "12.1.12345"),
        (of.word_ends, "to a.", "01.1."),
        (of.newline_next, "to be\nor x", ".0..1..0.."),
        (of.words_of_the_sentence, "He is. I am.", "111222011222"),
        (of.first_word_of_a_sentence, "He is. I am.", "11.00..1.00."),
        (of.inside_quotation_marks, "a 'b c' don't", "00.111.000000"),
        (of.inside_quotation_marks, "“a\n\nb", ".1100"),
        (of.inside_brackets, "a (b) c", "00.1.00"),
        (of.first_line_of_a_paragraph, "a\nb\n\nc\nd", "1.0..1.0"),
        (of.lines_of_the_paragraph, "a\nb\nc\n\nc\nd", "0.1.2..0.1"),
        (of.after_a_capital, "aBc", "001"),
        (of.capitalised_word, "Ab cd", "11.00"),
        (of.after_an_article, "A cat, the", "0.111..000"),
        (of.after_a_pronoun, "She is it", "000.11.00"),
    ],
)
def test_a_label_means_what_it_says(label, text, expected):
    assert shown(label(tuple(text))) == expected


@pytest.mark.parametrize(
    ("sentence", "label", "expected"),
    [
        ("I do n't know .", "negation", 1),
        ("they won't go .", "negation", 1),
        ("I know .", "negation", 0),
        ("is he here ?", "question", 1),
        ("is he here ?", "subject he", 1),
        ("is she here ?", "subject he", 0),
        ("Mary sings .", "subject he", None),
        ("they sing .", "plural subject", 1),
        ("you sing .", "plural subject", None),
        ("he was here .", "past", 1),
        ("he is here .", "past", 0),
        ("he sings .", "past", None),
        ("he 'll sing .", "future", 1),
        ("he sings .", "source length", 3),
    ],
)
def test_a_source_is_labelled_at_its_end(sentence, label, expected):
    tokens = (*sentence.split(), "<eos>")
    values = SOURCE_LABELS[label](tokens)
    assert np.isnan(values[:-1]).all()
    assert np.isnan(values[-1]) if expected is None else values[-1] == expected


def test_a_target_is_labelled_by_what_is_still_to_be_written():
    tokens = ("<bos>", *["je", "ne", "le", "sais", "pas", ".", "il", "ne", "dort", "."])
    french, chinese = TARGET_LABELS["fr"], TARGET_LABELS["zh"]
    assert shown(french["words left"](tokens[:7])) == "6543210"
    assert shown(french["“pas” next"](tokens)) == "00001000000"
    assert shown(french["“pas” owed"](tokens)) == "00111000000"
    assert shown(french["end next"](tokens)) == "00000000001"
    tokens = ["<bos>", *"他不来了吗？"]
    assert shown(chinese["negation owed"](tokens)) == "1100000"
    assert shown(chinese["“了” next"](tokens)) == "0001000"
    assert shown(chinese["“吗” owed"](tokens)) == "1111100"


def test_a_label_of_ones_own_is_held_to_a_number_a_token():
    assert label_values({"length": lambda tokens: [len(t) for t in tokens]}, "ab").tolist() == [
        [1, 1]
    ]
    for wrong in ([1.0], [1.0, np.inf], ["a", "b"], None):
        with pytest.raises(ExplorerError, match="'mine' must return a number or NaN for each of 2"):
            label_values({"mine": lambda tokens, wrong=wrong: wrong}, "ab")


def test_yes_or_no_is_told_from_numbers():
    assert is_binary(np.array([0, 1, np.nan]))
    assert not is_binary(np.array([0, 2.0]))


_CHINESE = "他：“好。”我走，\n雪！"
_READ = {
    "characters of the paragraph": "012345678901",
    "characters of the sentence": "012345012.01",
    "characters of the clause": "0..0..01..0.",
    "clauses of the sentence": "011111001.00",
    "mark next": "1..1..01..1.",
    "sentence ends next": "...1...0..1.",
    "paragraph ends next": ".....0......",
    "speech in the paragraph": "001111111.00",
}


@pytest.mark.parametrize("name", _READ)
def test_chinese_is_labelled_as_a_reader_would(name):
    assert shown(CHINESE_LABELS[name](tuple(_CHINESE))) == _READ[name]


@given(st.text(alphabet="我们的，。！？“”\n：…a", max_size=60))
def test_every_chinese_label_says_a_finite_number_or_nothing_and_none_sees_far_ahead(text):
    values = label_values(CHINESE_LABELS, tuple(text))
    assert (np.isfinite(values) | np.isnan(values)).all()
    ahead = {"mark next", "sentence ends next", "paragraph ends next"}
    labels = {name: label for name, label in CHINESE_LABELS.items() if name not in ahead}
    alone = label_values(labels, tuple(text))[:, :-1]
    followed = label_values(labels, tuple(text + "好。"))[:, : alone.shape[1]]
    np.testing.assert_array_equal(alone, followed)
