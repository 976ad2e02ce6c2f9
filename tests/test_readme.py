"""What the README says of the models is what their cards say."""

import re
from pathlib import Path

import pytest

from explorer.models import catalogue

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BITS = "held-out bits per character"


@pytest.mark.parametrize("name", catalogue.names("language model"))
def test_the_table_says_what_the_card_says(name):
    figures = catalogue.card(name).figures
    (beside,) = (value[BITS] for key, value in figures.items() if key.startswith("beside"))
    row = re.search(rf"^\| {name} \| [^|]+ \| ([\d.]+) \| ([\d.]+)", README, re.MULTILINE)
    assert [float(number) for number in row.groups()] == [
        pytest.approx(figures[BITS], abs=5e-4),
        pytest.approx(beside, abs=5e-4),
    ]


def test_the_sentence_on_recall_holds_for_every_model():
    promised = float(re.search(r"at least ([\d.]+) % right", README).group(1)) / 100
    for name in catalogue.names("recall"):
        for by_lag in catalogue.card(name).figures["accuracy"].values():
            assert by_lag["100"] >= promised


def test_every_file_that_is_linked_is_there():
    linked = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []
