"""The translation page: what it says is what the model computes, and its address is its state."""

import re

import pytest

import explorer
from explorer.inspection.forced import forced
from explorer.inspection.onward import go_on
from explorer.inspection.sentence import target_tokens
from explorer.models import catalogue
from explorer.translation.translator import Translator
from explorer.web.translation.views import VIEWS

from .conftest import opened

TEXT = "She did not see the dog."


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.of(*explorer.load("en-fr-gru"))


def said(app) -> str:
    kinds = (app.markdown, app.caption, app.info, app.error, app.metric)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_the_price_on_the_page_is_the_models(translator):
    (best,) = translator.translate([TEXT], width=3, alpha=0.5)
    app = opened("translation", lang="en", text=TEXT, beam="3", alpha="0.5")
    assert f"log p = {best.log_prob:.2f}" in said(app)
    assert f"= {best.score:.3f}." in said(app)


def test_a_forced_beginning_is_priced_with_the_rest(translator):
    beginning = target_tokens(translator, "Il ne")
    now = go_on(translator, TEXT, beginning)
    (before,) = translator.translate([TEXT])
    app = opened("translation", lang="en", text=TEXT, prefix="Il ne", show="change")
    assert f"log p = {now.log_prob:.2f}" in said(app)
    assert f"Before the change, log p was {before.log_prob:.2f}" in said(app)
    assert now.tokens[: len(beginning)] == beginning


def test_a_swapped_word_is_translated(translator):
    words = translator.read(TEXT)
    app = opened(
        "translation", lang="en", text=TEXT, swap=str(words.index("dog")), **{"for": "train"}
    )
    (now,) = translator.translate(["She did not see the train."])
    assert f"log p = {now.log_prob:.2f}" in said(app)


def test_a_reference_is_priced_and_scored(translator):
    reference = "Elle n'a pas vu le chien."
    app = opened("translation", lang="en", text=TEXT, show="reference", reference=reference)
    judged = forced(translator, TEXT, target_tokens(translator, reference))
    assert f"The reference: log p {judged.log_prob:.2f}" in said(app)
    assert len(app.metric) == 2
    assert len(app.dataframe) == 1


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("model", catalogue.names("translation"))
def test_every_view_shows_something_and_stays_in_the_address(model, view):
    app = opened("translation", lang="en", text=TEXT, model=model, show=view, prefix="Elle")
    assert not app.error
    assert app.query_params.get("show", ["gates"]) in (view, [view])
    assert len(app.get("plotly_chart")) + len(app.dataframe) + len(app.get("bidi_component")) > 0


def test_undo_takes_every_change_back():
    app = opened("translation", lang="en", text=TEXT, prefix="Il", swap="0", **{"for": "we"})
    app.button(key="translation.undo").click().run()
    assert not {"prefix", "swap", "for"} & set(app.query_params)
    assert "Before the change" not in said(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no word here"),
        ("   ", "There is no word here"),
        ("dog " * 401, r"This text has 401 words and marks; at most 400"),
        ("qwxz vbnm", "none of these words: .*qwxz"),
        ("Собака спит.", "these letters are: Cyrillic"),
        ("הכלב ישן.", "right to left"),
        ("I see 🐶.", "Pictures that no word stands for: .*🐶"),
        ("I see\x07 the dog.", r"U\+0007 \(6\)"),
        ("<script>alert(1)</script> **dog**", "log p"),
    ],
)
def test_odd_input_gets_a_sentence_and_leaves_the_page(text, sentence):
    app = opened("translation", lang="en", text=text)
    assert re.search(sentence, said(app))
    assert app.title[0].value == "Sequence to sequence"
    assert all("<script>" not in m.value for m in app.markdown if m.allow_html)


def test_a_model_that_is_damaged_is_named(own_models):
    (own_models / "en-fr-gru" / "model.safetensors").write_bytes(b"no")
    app = opened("translation", lang="en", model="en-fr-gru")
    assert "en-fr-gru" in app.error[0].value


def test_without_a_model_the_page_says_how_to_restore_it(own_models):
    for name in catalogue.names("translation"):
        for file in (own_models / name).iterdir():
            file.unlink()
    app = opened("translation", lang="en")
    assert "git checkout -- pretrained" in app.error[0].value
