"""``diagnose`` as a whole command, with a model that comes with the program."""

import json

from click.testing import CliRunner, Result

from explorer.cli import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["diagnose", "en-fr-gru", *words])


def test_a_model_error_is_proved_and_the_first_wrong_word_explained() -> None:
    asked = ("--source", "You never answer my letters.")
    asked += ("--reference", "Vous ne répondez jamais à mes lettres.")
    done = run(*asked, "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["model_error"]
    assert found["proved"]
    assert found["search_error"] is None
    assert found["own"]["score"] > found["reference"]["score"]
    place = found["departure"]
    assert place["log_prob"] > place["wanted_log_prob"]
    assert place["alternatives"][place["wanted_rank"] - 1]["token"] == place["wanted"]
    said = run(*asked).stdout
    assert "no search error (proved)" in said
    assert "model error" in said
    assert f"wanted “{place['wanted']}”" in said
    assert f"width {found['width_that_keeps_it']} keeps it" in said


def test_words_that_are_not_known_are_named_and_nothing_is_a_sentence() -> None:
    done = run("--source", "The zorblax sleeps.", "--reference", "Le Щ dort.")
    assert "source: pieced: zorblax (z￭ ￭orb￭" in done.stdout
    assert "the model cannot write: Щ" in done.stdout
    refused = run("--source", "", "--reference", "Le chat.")
    assert refused.exit_code == 2
    assert len(refused.stderr.strip().splitlines()) == 1


def test_without_a_reference_it_says_what_needs_none() -> None:
    asked = ("--source", "We sleep upstairs.")
    found = json.loads(run(*asked, "--json").stdout)
    assert found["proved"]
    assert "reference" not in found
    assert "no search error (proved)" in run(*asked).stdout
