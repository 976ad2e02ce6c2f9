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


@pytest.mark.parametrize("name", catalogue.names("translation"))
def test_the_table_of_translation_models_says_what_the_cards_say(name):
    figures = catalogue.card(name).figures
    row = re.search(rf"^\| {name} \| [^|]+ \| [^|]+ \|(.*)\|$", README, re.MULTILINE).group(1)
    said = [float(cell) for cell in row.split("|")]
    bleu = [figures["BLEU"][f"beam {width}"]["all"] for width in (1, 5, 10)]
    others = [figures["chrF"]["beam 5"]["all"], figures["test perplexity"]]
    assert said == pytest.approx([*bleu, *others], abs=0.051)
