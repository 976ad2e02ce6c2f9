"""Figures over sentences are those of each sentence's own searches, and are kept without text."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import explorer
from explorer.cli import main
from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.errors import ExplorerError
from explorer.evaluation.corpus import score
from explorer.models import catalogue
from explorer.search.sentence_widths import Answer, beam_answers, best_known, exact_answer
from explorer.search.stored_widths import FILE, StoredWidths
from explorer.search.text_search import translation_search
from explorer.search.width_figures import ALPHAS, WIDTHS, WidthFigures, eligible, width_figures
from explorer.seq2seq.translator import Translator
from explorer.text.pairs import Pair
from explorer.training import recipes
from explorer.training.recipes import RECIPES

SENTENCES = (
    ("She is laughing.", "Elle est en train de rire."),
    ("We eat.", "Nous mangeons."),
    ("I wait here for you.", "Je t'attends ici."),
    ("He knows the answer.", "Il connaît la réponse."),
)
PAIRS = tuple(Pair(english, (french,)) for english, french in SENTENCES)
MODEL = "en-fr-gru"


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.of(*explorer.load(MODEL))


@pytest.fixture(scope="module")
def measured(translator: Translator) -> WidthFigures:
    return width_figures(translator, eligible(PAIRS, 9), widths=(1, 5), seconds=60)


def test_only_sentences_of_three_to_twelve_words_are_measured() -> None:
    assert [pair.source for pair in eligible(PAIRS, 2)] == [SENTENCES[0][0], SENTENCES[2][0]]


def test_every_row_is_what_its_searches_give(
    translator: Translator, measured: WidthFigures
) -> None:
    some = eligible(PAIRS, 9)
    assert {(row.width, row.alpha) for row in measured.rows} == {
        (width, alpha) for width in (1, 5, None) for alpha in ALPHAS
    }
    for row in measured.rows:
        found, texts = [], []
        for pair in some:
            asked = translation_search(translator, pair.source)
            tree = decode(
                asked.scorer,
                asked.source,
                "exact" if row.width is None else "beam",
                width=row.width or 5,
                alpha=row.alpha,
                max_length=asked.max_length,
            )
            found.append(tree.n_best[0])
            texts.append(asked.written(tree.n_best[0]))
        assert row.score == pytest.approx(sum(h.score for h in found) / 3, abs=1e-4)
        assert row.log_prob == pytest.approx(sum(h.log_prob for h in found) / 3, abs=1e-4)
        assert row.bleu == pytest.approx(score(texts, [pair.references for pair in some]).bleu)


def test_errors_are_what_exact_search_beats(measured: WidthFigures) -> None:
    """With a minute for each of three short sentences, all is proved."""
    assert [proofs.proved for proofs in measured.proofs] == [1.0, 1.0]
    by = {(row.width, row.alpha): row for row in measured.rows}
    assert by[None, 0.0].errors == by[None, 0.75].errors == 0
    missed = (by[None, 0.0].score - by[5, 0.0].score) * 3
    assert (by[5, 0.0].errors > 0) == (missed > 1e-3)
    for alpha in ALPHAS:
        assert by[None, alpha].score >= by[5, alpha].score


def test_one_beam_serves_every_alpha(translator: Translator) -> None:
    asked = translation_search(translator, SENTENCES[0][0])
    answers = beam_answers(asked, 10, (0.0, 0.75, 2.0))
    for answer in answers:
        (alone,) = beam_answers(asked, 10, (answer.alpha,))
        assert (alone.best, alone.text) == (answer.best, answer.text)
        assert alone.bill.continuations_scored == answer.bill.continuations_scored


def test_an_answer_that_has_no_time_says_what_it_proved(translator: Translator) -> None:
    asked = translation_search(translator, "I would like to know when the train leaves.")
    answer: Answer = exact_answer(asked, 0.75, budget=Budget(seconds=1e-6))
    assert not answer.proved_optimal
    assert answer.best.finished
    assert answer.misses(answer.best.score + 0.01)
    assert not answer.misses(answer.best.score)


def test_what_was_cut_is_held_against_nothing(translator: Translator) -> None:
    """A prefix that has not ended may have a higher score than anything that has."""
    asked = replace(translation_search(translator, SENTENCES[0][0]), max_length=2)
    (cut,) = beam_answers(asked, 1, (0.0,))
    assert not cut.best.finished
    (whole,) = beam_answers(replace(asked, max_length=20), 5, (0.0,))
    assert whole.best.finished
    assert cut.best.score > whole.best.score
    assert best_known([cut, whole]) == whole.best.score
    assert best_known([cut]) == -math.inf
    assert not cut.misses(0.0)
    assert not cut.finds(whole.best.score)
    assert whole.finds(whole.best.score)


def test_the_command_measures_held_out_sentences_and_writes_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = RECIPES[MODEL]
    small = replace(recipe, reading=replace(recipe.reading, held_out=2))
    monkeypatch.setattr(recipes, "RECIPES", {MODEL: small})
    corpus, out = tmp_path / "pairs.tsv", tmp_path / FILE
    words = ("now", "today", "again", "here", "there")
    lines = [f"{e[:-1]} {word}.\t{f[:-1]} {word}." for e, f in SENTENCES for word in words]
    corpus.write_text("\n".join(lines), encoding="utf-8")
    command = ["widths", MODEL, "--pairs", str(corpus), "--out", str(out), "--seconds", "0.01"]
    done = CliRunner().invoke(main, [*command, "--sentences", "1"])
    assert done.exit_code == 0, done.output
    kept = StoredWidths.read(out)
    assert kept.widths.sentences == 1
    assert {row.width for row in kept.widths.rows} == {*WIDTHS, None}
    assert "--pairs pairs.tsv --sentences 1" in kept.command
    text = out.read_text(encoding="utf-8")
    assert not any(french in text or english[:-1] in text for english, french in SENTENCES)
    refused = CliRunner().invoke(main, [*command, "--sentences", "50"])
    assert refused.exit_code == 2
    assert "50 were requested" in refused.stderr


def test_what_is_written_is_read_again(measured: WidthFigures, tmp_path: Path) -> None:
    first, again = tmp_path / FILE, tmp_path / "again.json"
    StoredWidths(MODEL, "a command", "2.0", measured).write(first)
    StoredWidths.read(first).write(again)
    assert again.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")
    assert StoredWidths.read(first).widths.rows[0].bleu == pytest.approx(
        measured.rows[0].bleu, abs=1e-4
    )


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"rows": []}'])
def test_a_damaged_file_is_refused(damage: str, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(damage, encoding="utf-8")
    with pytest.raises(ExplorerError, match="missing or damaged"):
        StoredWidths.read(file)


@pytest.mark.parametrize("name", ["NaN", "1e999", '"much"'])
def test_a_figure_that_is_no_number_is_refused(
    name: str, measured: WidthFigures, tmp_path: Path
) -> None:
    file = tmp_path / FILE
    StoredWidths(MODEL, "a command", "2.0", measured).write(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["rows"][0]["bleu"] = "HERE"
    file.write_text(json.dumps(kept).replace('"HERE"', name), encoding="utf-8")
    with pytest.raises(ExplorerError, match="missing or damaged"):
        StoredWidths.read(file)


@pytest.mark.parametrize(
    "name",
    [n for n in catalogue.names("translation") if (catalogue.PRETRAINED / n / FILE).exists()],
)
def test_the_shipped_figures_agree_with_themselves(name: str) -> None:
    kept = StoredWidths.read(catalogue.PRETRAINED / name / FILE)
    assert kept.model == name
    assert kept.command.startswith(f"python -m explorer widths {name}")
    for row in kept.widths.rows:
        assert 0 <= row.errors <= 1
        assert 0 <= row.empty <= 1
        assert row.log_prob <= row.score <= 0 or row.alpha == 0
    for alpha in ALPHAS:
        beams = [row for row in kept.widths.rows if row.alpha == alpha and row.width]
        assert [row.width for row in beams] == list(WIDTHS)
        assert beams[0].errors >= beams[-1].errors
