"""What is said of a bad translation: the same as the models and the searches say."""

import re

import pytest

import explorer
from explorer.seq2seq.diagnosis import diagnose
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.translator import Translator
from explorer.web.kit.carried import LANGUAGE
from explorer.web.pages.translation import diagnosis_words
from tests.pages.conftest import done, number, opened, sentences, tables
from tests.seq2seq.conftest import a_translator

BEARS = "We didn't see any bears."
MISSED = {"text": "They enjoyed the old man's stories.", "alpha": "0.0"}


@pytest.fixture(scope="module")
def translator():
    return Translator.of(*explorer.load("en-fr-gru"))


def diagnosed(**asked):
    return done(opened("translation", lang="en", show="diagnosis", **asked))


def said(app):
    answers = [e.value for kind in (app.success, app.info, app.warning) for e in kind]
    return "\n".join([*answers, *sentences(app)])


def test_a_model_error_is_said_first_and_then_in_numbers(translator):
    app = diagnosed(text=BEARS)
    assert app.text_area[0].value == "Nous n'avons vu aucun ours."  # our own
    assert "A model error" in app.info[0].value
    assert "proved that nothing scores higher" in app.info[0].value
    found = diagnose(translator, BEARS, app.text_area[0].value, stopping="nothing can win")
    there, width = found.against.departure, found.against.width
    assert f"rank {there.wanted.rank})" in said(app)
    assert f"width {width} keeps it to the end; one of width {width - 1} does not" in said(app)
    beam, _bleu, scores = tables(app)
    own, reference = (number(score) for score in scores["log p"][:2])
    compared = forced(translator, BEARS, ("nous", "n'", "avons", "vu", "aucun", "ours", "."))
    assert reference == pytest.approx(compared.log_prob, abs=2e-3)
    assert own > reference
    lost = beam[beam["in the beam"] == ""].iloc[0]
    assert f"dropped the reference at token {lost['step']}: rank {lost['rank']}" in said(app)
    assert number(lost["log p so far (nats)"]) < number(lost["cutoff"])


def test_an_old_link_to_a_reference_opens_it():
    app = done(opened("translation", lang="en", text=BEARS, show="reference"))
    assert "A model error" in app.info[0].value
    assert app.query_params["show"] in ("diagnosis", ["diagnosis"])


def test_a_search_error_needs_no_reference_and_may_be_the_reference():
    alone = diagnosed(**MISSED, reference="")
    assert "A search error: the beam missed something better." in alone.warning[0].value
    best = re.search("scores “(.*?)” higher", alone.warning[0].value)[1].replace("\\", "")
    same = diagnosed(**MISSED, reference=best)
    assert "A search error: the model itself prefers the reference." in same.warning[0].value


def test_without_a_reference_a_proof_says_that_the_model_is_wrong():
    app = diagnosed(text=BEARS, reference="")
    assert "whatever is wrong with this translation, the model is wrong" in app.success[0].value
    (button,) = [b for b in app.button if "comes with this sentence" in b.label]
    button.click().run()
    assert app.text_area[0].value == "Nous n'avons vu aucun ours."
    assert not [b for b in app.button if "comes with this sentence" in b.label]


def test_the_reference_itself_is_no_error(translator):
    (best,) = translator.translate(["I wait."])
    assert "This is the reference itself." in diagnosed(text="I wait.").success[0].value
    assert best.text == "J'attends."


def test_words_that_are_rare_or_cannot_be_written_are_named():
    app = diagnosed(text="The zorblax sleeps.", reference="Elle qwЖz.")
    assert re.search("Words of the source:.*zorblax = ", said(app))
    assert re.search("the model cannot write .*qwЖz", said(app))


def test_a_forced_beginning_is_left_aside():
    app = diagnosed(text=BEARS, prefix="Il")
    assert "You forced a beginning" in app.info[0].value
    assert "A model error" in app.info[1].value


def test_chinese_has_a_reference_of_its_own_and_bleu_of_characters():
    app = diagnosed(model="en-zh-gru", text="She is laughing.")
    assert app.text_area[0].value == "她在笑。"
    assert "Chinese" in app.text_area[0].label
    assert "tok:zh" in said(app)
    assert "French" not in said(app)


@pytest.mark.parametrize(
    ("seed", "reference", "answer"),
    [
        (7, "Le chien dort.", "reached the maximum of 11 tokens, so there is no verdict"),
        (
            0,
            "le chien " * 9,
            "out of reach: it has 19 tokens including its end, 8 more than the 11",
        ),
    ],
)
def test_what_was_cut_or_is_too_long_has_no_verdict(seed, reference, answer):
    LANGUAGE.choose("en")  # an earlier test may have left another
    small = a_translator("gru", layers=1, seed=seed)
    found = diagnose(small, "the dog sleeps.", reference, width=1)
    said = " ".join([*diagnosis_words._answer(found)[1], *diagnosis_words.findings(found)])
    assert answer in said
    assert "model error" not in said.lower()
    assert "Beam width" not in said or found.against.verdict.reachable
