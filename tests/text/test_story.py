"""The story's labels are read off a line by hand, and the story keeps the rules of its marks."""

from collections import Counter
from importlib.resources import files

from explorer.models.catalogue import card, names
from explorer.text.story import PROPERTIES, chinese_story, labelled, scenes, story


def test_a_line_is_labelled_as_a_reader_would() -> None:
    part = labelled("I said ‘go on’.\nNo")
    assert part.text == "I said 'go on'.\nNo"
    said = {name: "".join(label or "·" for label in part.labels[name]) for name in PROPERTIES}
    assert said["letter"] == "1·1234··12·12···12"
    yes_no = {name: "".join((label or "·")[0] for label in part.labels[name]) for name in said}
    assert yes_no["word end"] == "y·nnny··ny·ny···ny"
    assert yes_no["quotation"] == "nnnnnnn·yyyyy·nnnn"
    assert said["column"] == "0000000000000111" + "00"


def test_the_story_opens_and_closes_its_marks_in_turn_and_fits_its_lines() -> None:
    written = files("explorer.text").joinpath("story.txt").read_text(encoding="utf-8")
    assert 35_000 < len(written) < 45_000
    for paragraph in written.split("\n\n"):
        marks = "".join(character for character in paragraph if character in "‘’")
        assert marks == "‘’" * (len(marks) // 2)
    for part in story():
        assert max(map(len, part.text.splitlines())) <= 66
        assert all(len(labels) == len(part.text) for labels in part.labels.values())


def test_each_opening_scene_speaks_and_tells() -> None:
    for part in scenes():
        inside = Counter(part.labels["quotation"])
        assert min(inside["yes"], inside["no"]) > 50
        assert part.text.count("'") % 2 == 0


def test_the_models_that_read_the_story_know_all_its_characters() -> None:
    readers = [name for name in names("language model") if name.endswith("timemachine")]
    assert readers
    for name in readers:
        assert {*"".join(part.text for part in story())} <= {*card(name).vocabulary}


def test_the_chinese_story_opens_and_closes_its_marks_and_its_readers_know_its_characters() -> None:
    written = chinese_story()
    assert 2000 < len(written) < 4000
    for paragraph in written.splitlines():
        marks = "".join(character for character in paragraph if character in "“”")
        assert paragraph
        assert marks == "“”" * (len(marks) // 2)
    for name in ("gru-luxun", "lstm-luxun"):
        assert set(written) <= set(card(name).vocabulary)
