import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.teacher_forcing import teacher_forcing
from explorer.seq2seq.translator import Translator
from tests.seq2seq.conftest import a_translator

SENTENCES = ["The dog sleeps.", "I see Tom.", "Zorblax sees 42 dogs?"]
WORDS = st.lists(st.sampled_from(["le", "chien", "vois", "Tom", "xyz", "."]), max_size=6)


@given(WORDS, st.sampled_from(SENTENCES), st.integers(0, 30), st.sampled_from(["gru", "lstm"]))
@example(["xyz"], "The dog sleeps.", 15, "lstm")  # <unk> is likeliest, and may not come
def test_they_part_at_the_first_wrong_guess(
    words: list[str], text: str, seed: int, cell: str
) -> None:
    both = teacher_forcing(a_translator(cell, layers=1, seed=seed), text, words)
    assert both.parts == both.teacher.leaves_greedy
    same = both.parts if both.parts is not None else len(both.guesses)
    for step in range(same):
        read, wrote = both.teacher.steps[step], both.free.steps[step]
        assert read.log_prob == pytest.approx(wrote.log_prob)
        assert both.guesses[step].token == wrote.token
    if both.parts is not None and both.parts < len(both.free.steps):
        assert both.guesses[both.parts].token == both.free.steps[both.parts].token


@pytest.mark.parametrize("text", SENTENCES)
def test_the_greedy_translation_as_its_own_reference_never_parts(
    translator: Translator, text: str
) -> None:
    (greedy,) = translator.translate([text], width=1)
    both = teacher_forcing(translator, text, greedy.tokens)
    assert both.translation == greedy
    assert both.parts == (None if greedy.finished else len(greedy.tokens))
    assert both.free.log_prob == pytest.approx(greedy.log_prob, abs=1e-5)


def test_both_rows_are_forced_rows(translator: Translator) -> None:
    tokens = ("je", "vois", "Tom", ".")
    both = teacher_forcing(translator, "I see Tom.", tokens, alternatives=3)
    assert both.teacher == forced(translator, "I see Tom.", tokens, alternatives=3)
    assert both.free.tokens == both.translation.tokens
    assert len(both.guesses) == len(tokens) + 1
