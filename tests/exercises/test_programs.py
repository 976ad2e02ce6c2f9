"""The programs that answer exercises run, and what their numbers are made of is right."""

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from explorer.exercises import (
    both_directions,
    character_model,
    mixed_sources,
    number_words,
    output_layers,
    settings,
    time_series,
)
from explorer.exercises.programs import PROGRAMS, SETTINGS, TWO_LAYERS

#: Enough to see that everything runs; what training to the end gives, the app shows.
QUICK = {
    both_directions: "UPDATES",
    character_model: "UPDATES",
    number_words: "UPDATES",
    output_layers: "UPDATES",
    time_series: "EPOCHS",
}


@pytest.fixture
def quick(monkeypatch):
    for module, name in QUICK.items():
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(settings, "SETTINGS", settings.SETTINGS[:2])


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_says_a_number_for_each_of_its_rows(program, quick):
    rows = list(program.rows())
    assert len(rows) >= 2
    assert len({what for what, _ in rows}) == len(rows)
    for _what, number in rows:
        assert isinstance(number, str) or np.isfinite(number)
    assert "def answer()" in program.source()


def test_two_layers_compute_what_torch_computes():
    numbers = dict(TWO_LAYERS.rows())
    assert numbers["largest difference from torch’s"] < 1e-5 < numbers["largest state"]


def test_a_shell_runs_a_program_and_names_the_others():
    from explorer.exercises.command import main

    said = CliRunner().invoke(main, ["two_layers"])
    assert said.exit_code == 0
    assert "weights and biases: 928" in said.output
    assert all(program.name in CliRunner().invoke(main, ["none"]).output for program in PROGRAMS)


def test_a_position_is_marked_where_its_symbol_stands_on_both_sides():
    symbols, marked = both_directions.task(50, torch.Generator().manual_seed(0))
    for row, marks in zip(symbols.tolist(), marked.tolist(), strict=True):
        for at, symbol in enumerate(row):
            assert marks[at] == (symbol in row[:at] and symbol in row[at + 1 :])


def test_directions_of_different_sizes_stand_side_by_side_and_read_both_ways():
    torch.manual_seed(0)
    model = both_directions.Tagger(5, 3, layers=2)
    symbols = torch.randint(both_directions.SYMBOLS, (1, 6))
    states = model.states(symbols)
    assert states.shape == (1, 6, 8)
    symbols[0, -1] = (symbols[0, -1] + 1) % both_directions.SYMBOLS
    assert not torch.equal(model.states(symbols)[0, 0], states[0, 0])


def test_the_words_of_a_number_give_its_digits():
    ones = {word: number + 1 for number, word in enumerate(number_words.ONES)}
    tens = {word: 10 * (number + 2) for number, word in enumerate(number_words.TENS)}
    for number in (*range(1, 200), 700, 999, 1000, 3040, 9999):
        total, part = 0, 0
        for word in number_words.words(number):
            if word == "thousand":
                total, part = total + part * 1000, 0
            elif word == "hundred":
                part *= 100
            else:
                part += ones.get(word, 0) + tens.get(word, 0)
        assert total + part == number
    sources, digits = number_words.pairs(torch.tensor([702]))
    assert digits.tolist() == [[0, 7, 0, 2]]
    assert [number_words.WORDS[i] for i in sources[0] if i] == ["seven", "hundred", "two"]


def test_linear_regression_is_that_of_numpy():
    x = time_series.series()
    windows, following = x.unfold(0, 16, 1)[:-1], x[16:]
    ours = time_series.linear(windows[:500], following[:500], windows[500:])
    design = np.c_[windows[:, -4:].numpy(), np.ones(len(windows))].astype(np.float64)
    weights = np.linalg.lstsq(design[:500], following[:500].numpy(), rcond=None)[0]
    np.testing.assert_allclose(ours, design[500:] @ weights, atol=1e-4)


def test_the_story_is_numbered_by_frequency_and_its_last_tenth_is_not_learned_from():
    learned, tested, words = output_layers.story()
    counts = torch.bincount(torch.cat([learned, tested]), minlength=words)
    assert bool((counts[:-1] >= counts[1:]).all())
    assert len(learned) == pytest.approx(9 * len(tested), rel=0.01)


def test_bits_are_those_of_the_probabilities():
    model = character_model.CharacterModel(torch.nn.GRU, "abc", units=4, layers=1)
    numbers = model.numbers("abcab?c")
    assert numbers.tolist() == [0, 1, 2, 0, 1, 2]
    with torch.no_grad():
        p = model(numbers[None]).softmax(2)[0].double()
    costs = [-torch.log2(p[at, numbers[at + 1]]) for at in range(5)]
    assert model.bits("abcab?c") == pytest.approx(float(sum(costs) / 5), rel=1e-5)


def test_both_sources_give_equally_much(monkeypatch):
    lengths = []

    def train(text, characters):
        lengths.append(len(text))
        return character_model.CharacterModel(torch.nn.GRU, characters, units=4, layers=1)

    monkeypatch.setattr(mixed_sources, "train", train)
    list(mixed_sources.answer())
    assert lengths == [lengths[0], lengths[0], 2 * lengths[0]]


def test_a_continuation_of_the_settings_is_one_line(quick):
    for _name, said in SETTINGS.rows():
        assert "the time " in said
        assert "\n" not in said
