"""The story's labels are read off a line by hand, and the story keeps the rules of its marks."""

from collections import Counter

from explorer.text.story import PROPERTIES, labelled, story


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
    assert len(story()) >= 5
    for part in story():
        inside = Counter(part.labels["quotation"])
        assert min(inside["yes"], inside["no"]) > 50
        assert part.labels["quotation"][-1] == "no"
        assert part.text.count("'") % 2 == 0
        assert max(map(len, part.text.splitlines())) <= 66
        assert all(len(labels) == len(part.text) for labels in part.labels.values())
