"""What the README and the pages it leads to say of the models is what their cards say."""

import re
from pathlib import Path

import pytest
import torch
from torch import nn

import explorer
from explorer.models import catalogue

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs/README.zh.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs/python.md").read_text(encoding="utf-8")
MODELS = (ROOT / "docs/models.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
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
    row = re.search(rf"^\| {name} \| [^|]+ \| ([\d.]+) \| ([\d.]+)", MODELS, re.MULTILINE)
    assert [float(number) for number in row.groups()] == [
        pytest.approx(bits, abs=5.1e-4),
        pytest.approx(beside, abs=5.1e-4),
    ]


def test_the_sentences_on_recall_say_what_the_cards_say():
    promised = float(re.search(r"at least ([\d.]+) % right", MODELS).group(1)) / 100
    common = {name for name in catalogue.names("recall") if name.endswith("-common")}
    for name in {*catalogue.names("recall")} - common:
        for by_lag in catalogue.card(name).figures["accuracy"].values():
            assert by_lag["100"] >= promised
    said = re.search(r"plain RNN answers ([\d.]+) % right at lag 100, and (.*?)\. Each", MODELS)
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


@pytest.mark.parametrize("page", [README, PYTHON], ids=["README", "python"])
def test_what_it_says_for_python_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names = {"your_model": Translator(), "batch": torch.randn(5, 2, 3)}
    exec(code, names)
    if page is PYTHON:
        assert (tmp_path / "unit.csv").exists()
        with names["explorer"].intervening(names["your_model"], names["patched"]):
            names["your_model"](names["batch"])


@pytest.mark.parametrize("name", explorer.__all__)
def test_every_public_name_is_in_it(name):
    assert re.search(rf"\bexplorer\.{name}\b", PYTHON)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_is_linked_is_there(page):
    prose = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    linked = re.findall(r"\]\((?!http|#)([^)#]+)", prose)
    assert [path for path in linked if not (page.parent / path).exists()] == []


def headline(card):
    """The one figure by which the README's table tells a model from its siblings."""
    figures = card.figures
    if card.task == "recall":
        return 100 * figures["accuracy"]["recall"]["100"]
    if card.task == "translation":
        return figures["BLEU"]["beam 5"]["all"]
    if card.task == "infill":
        return 100 * figures["words"]["top-1"]
    return figures[TEST_BITS if TEST_BITS in figures else BITS]


@pytest.mark.parametrize("page", [README, CHINESE], ids=["English", "Chinese"])
def test_the_readme_names_every_model_with_its_figure(page):
    said = {}
    for names, figures in re.findall(r"^\| ([a-z, -]+) \|[^|]+\| ([\d., ]+)", page, re.MULTILINE):
        said |= dict(zip(names.split(", "), figures.strip().split(", "), strict=True))
    assert said.keys() == {*catalogue.names()}
    for name, number in said.items():
        unit = 10.0 ** -len(number.partition(".")[2])
        assert float(number) == pytest.approx(headline(catalogue.card(name)), abs=0.51 * unit), name


@pytest.mark.parametrize("name", catalogue.names("translation"))
def test_the_table_of_translation_models_says_what_the_cards_say(name):
    figures = catalogue.card(name).figures
    row = re.search(rf"^\| {name} \| [^|]+ \| [^|]+ \|(.*)\|$", MODELS, re.MULTILINE).group(1)
    said = [float(cell) for cell in row.split("|")]
    bleu = [figures["BLEU"][f"beam {width}"]["all"] for width in (1, 5, 10)]
    others = [figures["chrF"]["beam 5"]["all"], figures["test perplexity"]]
    assert said == pytest.approx([*bleu, *others], abs=0.0501)


def test_what_it_says_of_rare_words_is_on_the_cards():
    said = re.search(r"the GRU scores ([\d.]+) BLEU and the LSTM ([\d.]+)", MODELS).groups()
    for name, number in zip(("en-fr-gru", "en-fr-lstm"), said, strict=True):
        rare = catalogue.card(name).figures["beam 5, sentences with a word seen less than 3 times"]
        assert float(number) == pytest.approx(rare["BLEU"], abs=0.0501)


def test_what_it_says_of_translations_that_were_judged_is_on_the_cards():
    gru, lstm, chinese = (
        catalogue.card(name).reading for name in ("en-fr-gru", "en-fr-lstm", "en-zh-gru")
    )
    assert f"{gru.kept} of the GRU's and {lstm.kept} of the LSTM's keep the meaning" in MODELS
    right, understandable, partly, wrong = chinese.verdicts.values()
    counts = f"{right} right, {understandable} understandable), {partly} are partly wrong, {wrong}"
    assert f"{chinese.kept} keep the meaning ({counts} wrong" in MODELS
    assert {one.reader for one in (gru, lstm, chinese)} == {"language model"}
