"""Tables: all of their text, none of it markup, laid out so that it has room on a phone."""

from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.web.kit import table
from explorer.web.kit.table import show_table

CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
TEXTS = st.text(CHARACTERS, max_size=20)


def drawn(monkeypatch, frame, **options) -> ElementTree.Element:
    """The table as it is sent, which is well-formed."""
    sent: list[str] = []
    monkeypatch.setattr(table.st, "html", sent.append)
    show_table(frame, **options)
    return ElementTree.fromstring(sent[0])


def cells(root: ElementTree.Element) -> list[list[str]]:
    return [[cell.text or "" for cell in row] for row in root.iter("tr")]


@given(st.lists(TEXTS, min_size=2, max_size=2, unique=True), st.lists(TEXTS, max_size=3))
def test_every_text_arrives_as_text(names, texts):
    with pytest.MonkeyPatch.context() as patch:
        root = drawn(patch, pd.DataFrame(dict.fromkeys(names, texts), dtype=object))
    assert cells(root) == [names, *([text, text] for text in texts)]


def test_markup_is_text(monkeypatch):
    hostile = '"><img src=x onerror=alert(1)>'
    wide = {hostile * n: [hostile] * 20 for n in range(1, 6)}
    root = drawn(monkeypatch, pd.DataFrame(wide))
    tags = {each.tag for each in root.iter()}
    assert tags == {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert [cell.get("data-name") for cell in root.iter("td")] == list(wide) * 20


def test_numbers_are_written_as_on_the_pages(monkeypatch):
    frame = pd.DataFrame({"n": [1234, 2], "log p": [-1.23456, float("nan")], "text": ["a", None]})
    root = drawn(monkeypatch, frame, digits={"log p": 2}, current=1)
    assert cells(root) == [["n", "log p", "text"], ["1,234", "−1.23", "a"], ["2", "", ""]]
    assert [row.get("aria-current") for row in root.iter("tr")] == [None, None, "true"]
    classes = [cell.get("class") for cell in root.iter("th")]
    assert classes == ["number short", "number short", "short"]


def test_a_number_with_its_spread_is_a_number(monkeypatch):
    spread = ["0.0006 ± <0.0001 (n\u00a0=\u00a05)", "12.07 ± 1.46", "251,061", "9.3%–28%"]
    frame = pd.DataFrame({"of its spread": spread, "of words alone": ["1 ± much", "2", "3", "4"]})
    root = drawn(monkeypatch, frame)
    assert [cell.get("class") for cell in root.iter("th")] == ["number", None]


def test_decimals_without_digits_are_a_mistake(monkeypatch):
    with pytest.raises(KeyError, match="p"):
        drawn(monkeypatch, pd.DataFrame({"p": [0.5]}))


@pytest.mark.parametrize(
    ("columns", "rows", "layout"),
    [(3, 100, "plain"), (8, 3, "turned"), (8, 20, "listed")],
)
def test_the_layout_on_a_phone_follows_the_room(monkeypatch, columns, rows, layout):
    frame = pd.DataFrame({f"name {n}": ["1,000.00"] * rows for n in range(columns)})
    assert drawn(monkeypatch, frame)[0].get("class") == layout
