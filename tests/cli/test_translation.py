"""``translate`` and ``evaluate`` as whole commands, with a small model of their own."""

import lzma
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.models import catalogue
from explorer.models.card import Card
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.test_scores import corpus_scores
from explorer.seq2seq.translator import Translator
from explorer.text.pairs import parse
from explorer.training import recipes
from explorer.training.described import ENGLISH_FRENCH
from explorer.training.make import make, split
from explorer.training.plan import Plan
from explorer.training.recipe import PairsRecipe, Recipe

ANIMALS = {"dog": "chien", "cat": "chat", "bird": "oiseau", "horse": "cheval", "fox": "renard"}
PLACES = {"here": "ici", "there": "là-bas", "now": "maintenant", "early": "tôt"}
PAIRS = "".join(
    f"Does the {a} {n} {p}?\tLe {b} {n}-t-il {q} ?\tEst-ce que le {b} {n} {q} ?\n"
    for a, b in ANIMALS.items()
    for p, q in PLACES.items()
    for n in ("sleep", "sing")
)

RECIPE = Recipe(
    "gru",
    32,
    PairsRecipe(embedding_size=16, tokens=150, minimum=2, held_out=5),
    Plan(epochs=40, rate=0.01),
    ENGLISH_FRENCH,
    "for the tests",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that has learned a little French."""
    folder = tmp_path_factory.mktemp("trained") / "tiny"
    make("tiny", RECIPE, text=PAIRS, folder=folder, command="")
    return folder


def run(*words: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def test_one_line_in_one_line_out(folder: Path) -> None:
    given = "Does the dog sleep here?\n\nDoes the cat sing now?\n   \n🙂\u2028\nZorblax?"
    done = run("translate", folder, given=given.encode())
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.split("\n")
    assert len(lines) == 7
    assert lines[1] == lines[3] == lines[6] == ""
    translator = Translator.of(*catalogue.load_as(Seq2Seq, folder))
    expected = [translator.translate([text])[0].text for text in given.split("\n")]
    assert lines[:-1] == expected
    assert lines[0].endswith(" ?")
    assert lines[0][0].isupper()
    assert "sentence" in done.stderr


def test_the_beam_and_alpha_are_those_that_are_asked_for(folder: Path) -> None:
    translator = Translator.of(*catalogue.load_as(Seq2Seq, folder))
    texts = [line.split("\t")[0] for line in PAIRS.splitlines()]
    given = "".join(f"{text}\n" for text in texts).encode()
    done = run("translate", folder, "--beam", "2", "--alpha", "3", given=given)
    expected = translator.translate(texts, width=2, alpha=3.0)
    assert done.stdout == "".join(f"{translation.text}\n" for translation in expected)


@pytest.mark.parametrize("given", [b"", b"\n", b"\xef\xbb\xbf"])
def test_nothing_in_nothing_out(folder: Path, given: bytes) -> None:
    done = run("translate", folder, given=given)
    assert done.exit_code == 0
    assert done.stdout_bytes == given.replace(b"\xef\xbb\xbf", b"")


def test_a_line_that_no_model_reads_is_named_before_any_is_translated(folder: Path) -> None:
    done = run("translate", folder, given=b"Does the dog sleep?\n" + b"a " * 600_000)
    assert done.exit_code == 2
    assert "Line 2 " in done.stderr
    assert done.stdout == ""


def test_evaluate_prints_what_is_measured(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(lzma.compress(PAIRS.encode()))
    done = run("evaluate", folder, "--pairs", path)
    assert done.exit_code == 0, done.stderr
    translator = Translator.of(*catalogue.load_as(Seq2Seq, folder))
    scores = corpus_scores(translator, parse(PAIRS), width=5)
    assert done.stdout.splitlines() == [
        f"BLEU {scores.bleu:.2f}",
        f"chrF {scores.chrf:.2f}",
        f"signature {scores.signature}",
    ]
    assert scores.bleu > 60


def test_the_card_says_where_its_figures_come_from(folder: Path) -> None:
    card = Card.read(folder / "card.json")
    assert card.task == "translation"
    assert "case:lc" in card.figures["signature"]
    assert card.score == "validation perplexity"


@pytest.mark.parametrize(
    ("words", "given", "part"),
    [
        (("translate", "none"), b"x", "“none”"),
        (("translate", "gru-recall"), b"x", "“recall”"),
        (("translate", "./none"), b"x", "card.json"),
        (("evaluate", "FOLDER", "--pairs", "no-such-file"), b"", "no-such-file"),
        (("translate", "FOLDER"), b"one\ntwo\n\xff\n", "Line 3 "),
        (("trace", "FOLDER", "text", "--out", "x.csv"), b"", "FOLDER"),
    ],
)
def test_a_mistake_is_one_sentence(
    words: tuple[str, ...], given: bytes, part: str, folder: Path
) -> None:
    done = run(*(word.replace("FOLDER", str(folder)) for word in words), given=given)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert part.replace("FOLDER", str(folder)) in done.stderr.splitlines()[0]


def test_a_file_that_is_no_list_of_pairs_is_named_by_its_line(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Go.\tVa !\nStop.\n", encoding="utf-8")
    done = run("evaluate", folder, "--pairs", path)
    assert done.exit_code == 2
    assert "Line 2 " in done.stderr


def test_what_is_drawn_is_judged_and_put_on_the_card(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipes, "RECIPES", {"tiny": RECIPE})
    pairs, mine = tmp_path / "pairs.tsv", tmp_path / "mine"
    pairs.write_text(PAIRS, encoding="utf-8")
    shutil.copytree(folder, mine)
    blind = [line.split("\t") for line in _drawn(mine, pairs)]
    test = split(RECIPE.reading, PAIRS).test
    assert [(int(number), source) for number, source, _ in blind] == [
        (place, pair.source) for place, pair in enumerate(test)
    ]
    translator = Translator.of(*catalogue.load_as(Seq2Seq, folder))
    expected = translator.translate([pair.source for pair in test])
    assert [said for *_, said in blind] == [translation.text for translation in expected]
    known = [line.split("\t", 3)[3] for line in _drawn(mine, pairs, "--references")]
    assert known == ["\t".join(pair.references) for pair in test]

    verdicts = ["right\tnone", "wrong\tword", "right\tnone", "wrong\tword", "wrong\tomitted"]
    lines = ["number\tjudgement\tfault", *(f"{n}\t{one}" for n, one in enumerate(verdicts))]
    (mine / "judgements.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("reading", "note", mine, "--reader", "person", "--day", "2026-02-03")
    assert done.exit_code == 0, done.stderr
    assert "judged by one reader, a person" in done.stdout
    card = Card.read(mine / "card.json")
    assert card == replace(Card.read(folder / "card.json"), reading=card.reading)
    assert card.reading is not None
    assert card.reading.day == "2026-02-03"
    assert [*card.reading.verdicts.values()] == [2, 0, 0, 3]
    assert card.reading.faults == {"omitted": 1, "word": 2}


def _drawn(model: Path, pairs: Path, *more: str) -> list[str]:
    done = run("reading", "draw", model, "--pairs", pairs, *more)
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()
