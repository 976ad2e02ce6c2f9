import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.models import catalogue
from explorer.models.card import Card, Data
from explorer.recurrence.precomputed_example import PrecomputedExample

ORIGINAL = catalogue.PRETRAINED


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def refused(result: Result) -> str:
    """The one sentence on stderr of a command that exits with 2."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    return sentence


def test_models_lists_every_model_with_its_figures() -> None:
    listed = run("models")
    assert listed.exit_code == 0
    for name in catalogue.names():
        assert f"{name}: {catalogue.card(name).task}" in listed.stdout
    bits = catalogue.card("gru-timemachine").figures["held-out bits per character"]
    assert f"held-out bits per character: {bits}" in listed.stdout
    accuracy = catalogue.card("rnn-recall").figures["accuracy"]["skip"]
    line = "  ".join(f"{lag}: {share}" for lag, share in accuracy.items())
    assert f"accuracy, skip: {line}" in listed.stdout


def test_models_as_json_are_the_cards() -> None:
    listed = json.loads(run("models", "--json").stdout)
    assert tuple(listed) == catalogue.names()
    for name, card in listed.items():
        on_disk = (catalogue.PRETRAINED / name / "card.json").read_text(encoding="utf-8")
        assert card == json.loads(on_disk)


def check_card(out: Path, corpus: Path) -> None:
    """The card is true, and one that says 0.2 % more is found out."""
    agreeing = run("check", out, "--corpus", corpus)
    assert agreeing.exit_code == 0, agreeing.stderr
    assert "1 of 1 figures agree" in agreeing.stdout
    card = Card.read(out / "card.json")
    bits = {name: 1.002 * float(value) for name, value in card.figures.items()}
    replace(card, figures=bits).write(out / "card.json")
    found = run("check", out, "--corpus", corpus, "--json")
    assert found.exit_code == 1
    (figure,) = json.loads(found.stdout)["figures"]
    assert (figure["name"], figure["agrees"]) == ("held-out bits per character", False)
    card.write(out / "card.json")


def test_train_writes_a_model_that_its_card_tells_how_to_make(tmp_path: Path) -> None:
    corpus, out = tmp_path / "book.txt", tmp_path / "out"
    corpus.write_text("the time traveller " * 300, encoding="utf-8")
    options = ["--epochs", "1", "--hidden", "4", "--seed", "3"]
    done = run("train", "gru-timemachine", "--corpus", corpus, "--out", out, *options)
    assert done.exit_code == 0, done.stderr
    assert "update" in done.stderr
    assert "held-out bits per character" in done.stdout
    card = Card.read(out / "card.json")
    assert (card.architecture.hidden_size, card.epochs, card.seed) == (4, 1, 3)
    command = "python -m explorer train gru-timemachine --corpus book.txt --seed 3"
    assert card.command == f"{command} --epochs 1 --hidden 4"
    assert card.data == Data(name="book.txt")  # nothing of the recipe's own text
    assert "another corpus" in card.chosen
    check_card(out, corpus)
    # the command on the card, typed, makes the same weights
    words = card.command.replace("book.txt", str(corpus)).split()[3:]
    assert run(*words, "--out", tmp_path / "again").exit_code == 0
    assert Card.read(tmp_path / "again" / "card.json").sha256 == card.sha256


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("train", "none"), "gru-timemachine"),
        (("train", "gru-timemachine"), "--corpus"),
        (("train", "gru-timemachine", "--corpus", "no-such-file"), "no-such-file"),
        (("train", "gru-timemachine", "--corpus", "."), "not valid"),
        (("trace", "none", "text", "--out", "x.csv"), "gru-timemachine"),
        (("trace", "gru-timemachine", "", "--out", "x.csv"), "no text"),
    ],
)
def test_a_mistake_is_one_sentence(words: tuple[str, ...], part: str) -> None:
    assert part in refused(run(*words))


def test_trace_refuses_an_ending_that_it_does_not_know(tmp_path: Path) -> None:
    out = tmp_path / "gates.txt"
    refused(run("trace", "gru-recall", "!Aab?", "--out", out))
    assert not out.exists()


@pytest.mark.parametrize("ending", ["csv", "parquet", "nc"])
def test_trace_writes_every_gate(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"gates.{ending}"
    done = run("trace", "gru-recall", "!Aa§?", "--out", out)
    assert done.exit_code == 0, done.stderr
    assert "§" in done.stderr
    assert out.stat().st_size > 0


def test_the_columns_of_a_trace(tmp_path: Path) -> None:
    out = tmp_path / "gates.csv"
    assert run("trace", "gru-recall", "!Aa,?", "--out", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert ",".join(head) == "layer,direction,step,token,unit,reset,update,candidate,hidden"
    units = catalogue.card("gru-recall").architecture.hidden_size
    assert [row[3] for row in rows] == [token for token in "!Aa,?" for _ in range(units)]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of the reader's own, and beside it one with the name of a shipped model."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "gru-timemachine"):
        shutil.copytree(ORIGINAL / "gru-recall", tmp_path / name)
    return tmp_path / "mine"


@pytest.mark.parametrize("model", ["./mine", "mine/", "./gru-timemachine", "{folder}"])
def test_a_model_may_be_a_folder(mine: Path, model: str) -> None:
    name = model.replace("{folder}", str(mine))
    done = run("trace", name, "!Aa,?", "--out", "gates.csv")
    assert done.exit_code == 0, done.stderr
    units = catalogue.card("gru-recall").architecture.hidden_size
    assert len(Path("gates.csv").read_text("utf-8").splitlines()) == 1 + 5 * units


def test_a_shipped_name_wins_over_a_folder(mine: Path) -> None:
    assert run("trace", "gru-timemachine", "a", "--out", "gates.csv").exit_code == 0
    units = catalogue.card("gru-timemachine").architecture.hidden_size
    assert len(Path("gates.csv").read_text("utf-8").splitlines()) == 1 + units


@pytest.mark.parametrize(
    "words",
    [
        ("trace", "mine", "a", "--out", "gates.csv"),
        ("search", "mine", "a"),
        ("translate", "mine"),
        ("evaluate", "mine", "--pairs", "pairs.tsv"),
        ("widths", "mine", "--pairs", "pairs.tsv"),
        ("train", "gru-recall", "--beside", "mine"),
    ],
)
def test_every_command_says_which_models_there_are_and_how_to_name_a_folder(
    mine: Path, words: tuple[str, ...]
) -> None:
    Path("pairs.tsv").write_text("Go.\tVa !\n", encoding="utf-8")
    sentence = refused(run(*words))
    assert "gru-timemachine" in sentence
    assert sentence.endswith("./mine")


def test_a_model_is_trained_beside_a_shipped_one_or_a_folder(mine: Path) -> None:
    for beside, said in (("./mine", "trained/mine"), ("gru-recall", "gru-recall")):
        options = ["--epochs", "1", "--hidden", "2", "--out", "out", "--beside", beside]
        Path("book.txt").write_text("the time traveller " * 300, encoding="utf-8")
        done = run("train", "gru-timemachine", "--corpus", "book.txt", *options)
        assert done.exit_code == 0, done.stderr
        card = Card.read(Path("out/card.json"))
        assert f"--beside {said} " in card.command
        assert "beside gru-recall" in card.figures


@pytest.mark.parametrize("hidden", ["100000", "8000"])
def test_a_model_too_large_to_be_read_again_is_not_trained(tmp_path: Path, hidden: str) -> None:
    corpus = tmp_path / "book.txt"
    corpus.write_text("the time traveller " * 300, encoding="utf-8")
    options = ["--corpus", str(corpus), "--hidden", hidden, "--out", str(tmp_path / "out")]
    assert "at most" in refused(run("train", "gru-timemachine", *options))


def test_help_brings_in_neither_torch_nor_streamlit() -> None:
    script = (
        "import sys; from explorer.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(bool({'torch', 'streamlit', 'xarray'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert done.returncode == 0


def test_models_names_a_damaged_card_and_lists_the_others(tmp_path, monkeypatch) -> None:
    copy = tmp_path / "pretrained"
    shutil.copytree(catalogue.PRETRAINED, copy)
    monkeypatch.setattr(catalogue, "PRETRAINED", copy)
    (copy / "gru-recall" / "card.json").write_text("{")
    listed = run("models")
    assert "gru-recall" in listed.stderr
    assert "git checkout" in listed.stderr
    assert "lstm-recall: recall" in listed.stdout


def test_opening_writes_the_shipped_example(tmp_path, monkeypatch) -> None:
    copy = tmp_path / "pretrained"
    shutil.copytree(catalogue.PRETRAINED, copy)
    monkeypatch.setattr(catalogue, "PRETRAINED", copy)
    (copy / "opening.json").unlink()
    assert run("opening").exit_code == 0
    shipped, fresh = (PrecomputedExample.read(at / "opening.json") for at in (ORIGINAL, copy))
    assert (fresh.texts, fresh.units) == (shipped.texts, shipped.units)
    assert fresh.gates[0] == pytest.approx(shipped.gates[0], abs=2e-3)


def test_questions_are_a_table_and_a_sheet_with_the_key_apart(tmp_path: Path) -> None:
    table, sheet = tmp_path / "questions.csv", tmp_path / "questions.html"
    assert run("questions", "--lang", "zh", "--csv", table, "--html", sheet).exit_code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file))
    assert [row["number"] for row in asked] == [str(number) for number in range(1, 25)]
    assert all(row[f"option {row['answer']}"] for row in asked)
    before, _, key = sheet.read_text(encoding="utf-8").partition('class="key"')
    for row in asked:
        assert escape(row["question"]) in before
        assert escape(row["computed"]) in key
        assert escape(row["computed"]) not in before
