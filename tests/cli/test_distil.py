"""A large model teaches a small one: ``distil``, then ``train --taught``, as whole commands."""

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.models import catalogue
from explorer.models.card import FILE, Card
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translator
from explorer.training import recipes
from explorer.training.described import ENGLISH_FRENCH, TAUGHT
from explorer.training.make import build, make, split
from explorer.training.plan import Plan
from explorer.training.recipe import PairsRecipe, Recipe, StreamsRecipe
from tests.cli.test_translation import PAIRS, run

READING = PairsRecipe(embedding_size=8, tokens=150, minimum=1, held_out=5)
TINY = Recipe("gru", 8, READING, Plan(epochs=2, rate=0.01), ENGLISH_FRENCH, "for the tests")


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus and two teachers, and a recipe by the name of ``tiny``."""
    monkeypatch.setattr(recipes, "RECIPES", {"tiny": TINY})
    (tmp_path / "pairs.tsv").write_text(PAIRS, encoding="utf-8")
    for cell in ("gru", "lstm"):
        make(cell, replace(TINY, cell=cell), text=PAIRS, folder=tmp_path / cell, command="")
    return tmp_path


def distil(folder: Path, *more: str | Path) -> list[str]:
    options = ("--pairs", folder / "pairs.tsv", "--recipe", "tiny", "--out", folder / "taught.tsv")
    done = run("distil", folder / "gru", *options, *more)
    assert done.exit_code == 0, done.stderr
    return (folder / "taught.tsv").read_text(encoding="utf-8").splitlines()


def test_the_training_sentences_are_translated_and_no_others(lesson: Path) -> None:
    lines = distil(lesson)
    training = split(READING, PAIRS).training
    assert [line.split("\t")[0] for line in lines] == [pair.source for pair in training]
    translator = Translator.of(*catalogue.load_as(Seq2Seq, lesson / "gru"))
    assert lines[3].split("\t")[1] == translator.translate([training[3].source])[0].text


def test_an_interrupted_run_goes_on_behind_its_last_whole_line(lesson: Path) -> None:
    whole = distil(lesson)
    cut = "\n".join(whole)[: len("\n".join(whole)) // 2]
    (lesson / "taught.tsv").write_text(cut, encoding="utf-8")
    assert distil(lesson) == whole
    assert distil(lesson) == whole


def test_several_teachers_are_averaged(lesson: Path) -> None:
    both = distil(lesson, "--with", lesson / "lstm")
    one, other = (
        Translator.of(*catalogue.load_as(Seq2Seq, lesson / cell)) for cell in ("gru", "lstm")
    )
    (expected,) = one.together(other).translate([both[0].split("\t")[0]])
    assert both[0].split("\t")[1] == expected.text


def test_what_was_taught_is_learned_from_beside_the_corpus(lesson: Path) -> None:
    taught = "\n".join(distil(lesson))
    plain, more = (build(TINY, text=PAIRS, seed=0, taught=text) for text in (None, taught))
    assert len(more._training) == len(plain._training) + len(plain.split.training)
    assert more.vocabulary == plain.vocabulary
    assert more.split == plain.split
    options = ("--corpus", lesson / "pairs.tsv", "--taught", lesson / "taught.tsv")
    done = run("train", "tiny", *options, "--out", lesson / "small")
    assert done.exit_code == 0, done.stderr
    card = Card.read(lesson / "small" / FILE)
    assert card.command.endswith("--taught taught.tsv")
    assert card.chosen.endswith(TAUGHT)


def test_what_is_held_out_is_not_taught(lesson: Path) -> None:
    held_out = split(READING, PAIRS).test[0].source
    (lesson / "taught.tsv").write_text(f"{held_out.upper()}\tLe chien.\n", encoding="utf-8")
    options = ("--corpus", lesson / "pairs.tsv", "--taught", lesson / "taught.tsv")
    done = run("train", "tiny", *options, "--out", lesson / "small")
    assert done.exit_code == 2
    assert "held out" in done.stderr


def test_a_recipe_that_does_not_translate_is_refused(
    lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipes, "RECIPES", {"tiny": replace(TINY, reading=StreamsRecipe())})
    options = ("--pairs", lesson / "pairs.tsv", "--recipe", "tiny", "--out", lesson / "taught.tsv")
    done = run("distil", lesson / "gru", *options)
    assert done.exit_code == 2
    assert "translate" in done.stderr
