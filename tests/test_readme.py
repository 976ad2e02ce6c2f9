"""What the README says of the models is what their cards say."""

import re
from pathlib import Path

import pytest
import torch
from torch import nn

import explorer
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


class Translator(nn.Module):
    """What the README calls your_model."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.ModuleDict({"rnn": nn.LSTM(3, 8)})

    def forward(self, batch):
        return self.encoder["rnn"](batch)


def test_what_it_says_for_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {"your_model": Translator(), "batch": torch.randn(5, 2, 3)}
    exec(code, names)
    assert (tmp_path / "unit.csv").exists()
    with names["explorer"].intervening(names["your_model"], names["patched"]):
        names["your_model"](names["batch"])


@pytest.mark.parametrize("name", explorer.__all__)
def test_every_public_name_is_in_it(name):
    assert re.search(rf"\bexplorer\.{name}\b", README)


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
