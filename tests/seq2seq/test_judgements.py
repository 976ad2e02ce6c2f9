"""What one reader found in the shipped models' translations: from the file to the card."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import FILE as CARD
from explorer.models.card import Card, CheckpointError
from explorer.models.reading import FAULTS, VERDICTS, Reading, wilson
from explorer.seq2seq import judgements
from explorer.seq2seq.judgements import FILE, READ, drawn, parse

NAMES = catalogue.names("translation")
TEXTS = {name: (catalogue.folder(name) / FILE).read_text(encoding="utf-8") for name in NAMES}


def reading_of(name: str, text: str) -> Reading:
    """What a text of judgements comes to for a shipped model."""
    known = catalogue.card(name)
    assert known.reading is not None
    return judgements.reading(
        parse(text),
        sentences=known.figures["test sentences"]["all"],
        reader=known.reading.reader,
        day=known.reading.day,
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_its_judgements_come_to(name):
    card = catalogue.card(name)
    assert card.reading == reading_of(name, TEXTS[name])
    assert card.reading.sentences == READ
    other = TEXTS[name].replace("\tright\tnone", "\twrong\tword", 1)
    assert card.reading != reading_of(name, other)


def test_french_comes_first_for_readers_of_chinese_since_more_of_it_can_be_used():
    """The pages offer a French model first and the Chinese one behind it."""
    kept = {
        card.target_language: wilson(card.reading.kept, card.reading.sentences)
        for card in map(catalogue.card, ("en-fr-gru", "en-zh-gru"))
    }
    assert kept["zh"][1] < kept["fr"][0]


def test_the_draw_is_the_same_for_all_models_of_a_test_set_and_another_by_another_seed():
    places = drawn(2000)
    assert len({*places}) == READ
    assert list(places) == sorted(places)
    assert places == drawn(2000) != drawn(2000, seed=1)
    assert drawn(5) == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number\t", "place\t"),
        ("\tright\tnone", "\tright\tword"),
        ("\twrong\tword", "\twrong\tnone"),
        ("\twrong\tword", "\tfine\tword"),
        ("\twrong\tword", "\twrong\tsomething"),
        ("\twrong\tword", "\twrong"),
        ("\twrong\tword", "x\twrong\tword"),
    ],
)
def test_a_line_that_is_no_judgement_is_refused_with_its_number(old, new):
    text = TEXTS["en-fr-gru"]
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(ExplorerError, match=f"Line {line} is no judgement"):
        parse(text.replace(old, new, 1))


def test_judgements_of_other_sentences_are_refused():
    lines = TEXTS["en-fr-gru"].splitlines()
    for others in (lines[:-1], [*lines, lines[-1]], [lines[0], lines[2], lines[1], *lines[3:]]):
        with pytest.raises(ExplorerError, match="not judgements of the sentences"):
            reading_of("en-fr-gru", "\n".join(others))


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "yesterday"},
        {"reader": "everyone"},
        {"verdicts": {"right": 60}},
        {"verdicts": {**dict.fromkeys(VERDICTS, 0), "right": 33.5}},
        {"verdicts": {**dict.fromkeys(VERDICTS, 0), "right": -1}},
        {"verdicts": dict.fromkeys(VERDICTS, 0), "faults": {}},
        {"verdicts": {**dict.fromkeys(VERDICTS, 0), "right": 2**60}, "faults": {}},
        {"faults": {"word": 27, "<b>": 0}},
        {"faults": {"word": 26}},
        {"notes": "x"},
    ],
)
def test_a_reading_that_nobody_can_have_made_is_no_card(tmp_path: Path, changes):
    path = tmp_path / CARD
    card = catalogue.card("en-fr-gru")
    fields = card.fields()
    sound = {**fields["reading"], "faults": {"word": 27}}
    _write(path, {**fields, "reading": sound})
    assert Card.read(path).reading == Reading(**sound)
    _write(path, {**fields, "reading": {**sound, **changes}})
    with pytest.raises(CheckpointError, match="reading"):
        Card.read(path)


def _write(path: Path, fields: dict) -> None:
    path.write_text(json.dumps(fields), encoding="utf-8")


@given(st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_has_the_shares_that_the_sample_does_not_refuse(drawn_of):
    """Wilson's interval ends where the score test of a share gives p = 5 %."""
    count, of = drawn_of
    low, high = wilson(count, of)
    assert 0 <= low <= count / of + 1e-12
    assert count / of - 1e-12 <= high <= 1
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            distance = abs(count / of - end) / np.sqrt(end * (1 - end) / of)
            assert distance == pytest.approx(1.959964, abs=1e-4)


def test_the_names_are_those_of_the_documentation():
    text = (Path(__file__).parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
    for name in (*VERDICTS, *FAULTS):
        assert f"**{name}**" in text
