import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.text.passages import PASSAGES, parts, passages

LINES = st.lists(st.text("一二三四，。", min_size=1, max_size=9), min_size=400, max_size=500)


@settings(max_examples=20)
@given(LINES)
def test_passages_are_the_text_cut_at_the_ends_of_lines(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    found = passages(text)
    assert "".join(found) == text
    assert len(found) == PASSAGES
    assert all(passage.endswith("\n") for passage in found)
    assert max(map(len, found)) <= len(text) / PASSAGES + 2 * max(map(len, lines)) + 2


def test_a_tenth_of_the_passages_is_held_out_and_none_is_learned_from() -> None:
    text = "".join(f"{n:03}\n" for n in range(500))
    found = parts(text)
    held_out = [*found.validation, *found.test]
    assert len(found.validation) == len(found.test) == 5
    assert not any(passage in found.training for passage in held_out)
    lines = [line for passage in (found.training, *held_out) for line in passage.splitlines()]
    assert sorted(lines) == text.splitlines()


@pytest.mark.parametrize("text", ["", "one line", "a\n" * 50, "a\n" * 100 + "b" * 1000])
def test_a_text_of_too_few_lines_is_refused(text: str) -> None:
    with pytest.raises(ExplorerError, match="more lines"):
        passages(text)
