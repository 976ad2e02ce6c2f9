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
BITS, TEST_BITS = "held-out bits per character", "test bits per character"
NGRAMS = f"{TEST_BITS} of n-grams, interpolated Kneser–Ney"


@pytest.mark.parametrize("name", catalogue.names("language model"))
def test_the_table_says_what_the_card_says(name):
    figures = catalogue.card(name).figures
    if NGRAMS in figures:
        bits, beside = figures[TEST_BITS], min(figures[NGRAMS].values())
    else:
        bits = figures[BITS]
        (beside,) = (value[BITS] for key, value in figures.items() if key.startswith("beside"))
    row = re.search(rf"^\| {name} \| [^|]+ \| ([\d.]+) \| ([\d.]+)", README, re.MULTILINE)
    assert [float(number) for number in row.groups()] == [
        pytest.approx(bits, abs=5.1e-4),
        pytest.approx(beside, abs=5.1e-4),
    ]


def test_the_sentences_on_recall_say_what_the_cards_say():
    promised = float(re.search(r"at least ([\d.]+) % right", README).group(1)) / 100
    common = {name for name in catalogue.names("recall") if name.endswith("-common")}
    for name in {*catalogue.names("recall")} - common:
        for by_lag in catalogue.card(name).figures["accuracy"].values():
            assert by_lag["100"] >= promised
    said = re.search(r"plain RNN answers ([\d.]+) % right at lag 100, and (.*?)\. Each", README)
    shares = re.findall(r"([\d.]+) %", said.group())
    accuracies = (
        catalogue.card(f"{cell}-recall-common").figures for cell in ("rnn", "gru", "lstm")
    )
    at = [of["accuracy"][task]["100"] for of in accuracies for task in ("recall", "skip")]
    assert [float(share) for share in shares] == pytest.approx([100 * one for one in at], abs=0.5)


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
    assert said == pytest.approx([*bleu, *others], abs=0.0501)


def test_what_it_says_of_rare_words_and_of_the_reading_is_on_the_cards():
    said = re.search(r"the GRU scores ([\d.]+) BLEU and the LSTM ([\d.]+)", README).groups()
    for name, number in zip(("en-fr-gru", "en-fr-lstm"), said, strict=True):
        rare = catalogue.card(name).figures["beam 5, sentences with a word seen less than 3 times"]
        assert float(number) == pytest.approx(rare["BLEU"], abs=0.0501)
    read = catalogue.card("en-zh-gru").figures["60 translations read by hand"]
    said = f"{read['right']} were right, {read['right but for a word']} right but for a word, "
    assert f"{said}{read['wrong']} wrong" in README
