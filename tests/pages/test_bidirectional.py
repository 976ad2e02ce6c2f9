"""The page on bidirectional networks: its guesses are the models', its address is its state, and
whatever is typed gets guesses or a sentence.
"""

import json
import shutil

import numpy as np
import pytest

import explorer
from explorer.cloze.blanked_sentence import read
from explorer.cloze.filler import Filler
from explorer.locale import LANGUAGES
from explorer.markov.examples import SWITCH
from explorer.text.numbers import percent
from explorer.web.pages.bidirectional.controls import EXAMPLES
from explorer.web.pages.bidirectional.views import VIEWS

from .conftest import opened, sentences, tables

MODELS = ("forward-infill", "bilstm-infill", "backward-infill")


@pytest.fixture(scope="module")
def fillers():
    return [Filler.of(*explorer.load(name)) for name in MODELS]


def columns(app, name="guesses"):
    """What a component that shows guesses was given."""
    parts = {part.key: part.proto.bytes for part in app.get("bidi_component")}
    return json.loads(parts[f"bidirectional.{name}"])["columns"]


def said(app):
    return "\n".join(sentences(app))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_opens_by_its_address(lang, view):
    app = opened("bidirectional", lang=lang, show=view)
    assert not app.error
    assert not app.warning
    charts = {"states": 2, "moves": 2, "models": 3}
    assert len(app.get("plotly_chart")) == charts.get(view, 0)


@pytest.mark.parametrize("text", EXAMPLES.values())
def test_the_guesses_are_the_models_own(fillers, text):
    sentence = read(text)
    app = opened("bidirectional", lang="en", text=text)
    for column, filler in zip(columns(app), fillers, strict=True):
        own = filler.guess(sentence.tokens, sentence.blank, most=6).likeliest
        assert [row["word"] for row in column["rows"]] == [guess.token for guess in own]
        shown = [row["p"] for row in column["rows"]]
        assert shown == pytest.approx([guess.p for guess in own], abs=1e-6)


def test_the_page_says_what_one_word_on_the_right_does_to_the_blank(fillers):
    app = opened("bidirectional", lang="en", text="I am ___ very hungry.")
    cards = columns(app, "one-word")
    assert [card["subtitle"] for card in cards] == [
        "I am ___.",
        "I am ___ very.",
        "I am ___ very hungry.",
    ]
    own = [
        fillers[1].guess(read(text).tokens, 2, most=1).likeliest[0]
        for text in ("I am ___.", "I am ___ very.")
    ]
    (sentence,) = (one.value for one in app.markdown if "Without “very”" in one.value)
    for guess in own:
        assert guess.token in sentence
        assert percent(guess.p) in sentence
    alone = opened("bidirectional", lang="en", text="I am ___.")
    assert not [one for one in alone.markdown if "Without" in one.value]


def test_the_right_side_grows_up_to_the_sentence_itself(fillers):
    app = opened("bidirectional", lang="en", text="I am ___ very hungry.")
    shown = columns(app, "growth")
    assert [card["subtitle"] for card in shown] == [
        "I am ___.",
        "I am ___ very.",
        "I am ___ very hungry.",
    ]
    full = columns(app)[1]
    assert [r["word"] for r in shown[-1]["rows"]] == [r["word"] for r in full["rows"]][:4]


def test_a_word_is_blanked_by_the_address_and_its_probability_is_said(fillers):
    app = opened("bidirectional", lang="en", text="She drinks hot coffee.", at="3")
    (_, both, _) = columns(app)
    own = fillers[1].guess(read("She drinks hot coffee.").tokens, 3, most=6)
    assert "The original word, “coffee”" in both["note"]
    assert f"rank {own.rank}" in both["note"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("", "error", "Type an English sentence"),
        ("I am hungry.", "info", "No word is blanked yet"),
        ("___ am ___.", "error", "2 blanks"),
        ("word " * 400, "error", "400 words and punctuation"),
        ("I am ___", "info", "A full stop was added"),
        ("I ___ a 😀 zyzzyva.", "info", "read as unknown"),
        ("<b>___</b> $x$ [a](b) is here.", "info", "read as unknown"),
    ],
)
def test_whatever_is_typed_gets_a_sentence(text, kind, expected):
    app = opened("bidirectional", lang="en", text=text)
    assert any(expected in element.value for element in getattr(app, kind))


def test_a_word_is_first_changed_into_one_that_fits():
    app = opened("bidirectional", lang="en", show="moves")
    assert app.text_input(key="bidirectional.word").value == "cake"  # half a pig
    assert "word" not in app.query_params


def test_a_changed_word_moves_each_half_on_its_own_side():
    app = opened("bidirectional", lang="en", show="moves", text="We see a dog.", word="cat")
    assert "Before the changed word, 0/4 forward states and 4/4 backward states" in said(app)
    assert "Joined: 7/7 positions" in said(app)  # 4 words, a mark and both ends
    app = opened("bidirectional", lang="en", show="moves", text="We see a dog.", word="two words")
    assert "Give one word" in app.error[0].value
    assert "python -m explorer experiment both-directions" in said(app)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"to0": "0.8 0.1 0.05"}, "` P(z′ | rests) ` sums to ` 0.95 `"),
        ({"shows1": "a b c"}, "not a number"),
        ({"start": "1 0"}, "has 2 numbers; it needs 3"),
        ({"states": "one"}, "2 to 5 names"),
        ({"seen": "song bang"}, "not a symbol"),
    ],
)
def test_a_model_that_will_not_do_is_refused_by_name_and_the_measured_claim_stays(
    parameters, expected
):
    app = opened("bidirectional", lang="en", show="markov", **parameters)
    assert expected in app.error[0].value
    assert "python -m explorer experiment forward-backward" in said(app)


def test_an_example_fills_every_field_and_the_address():
    app = opened("bidirectional", lang="en", show="markov")
    app.button(key="bidirectional.hmm1").click().run()
    assert not app.error
    assert app.query_params["states"] == ", ".join(SWITCH.states)
    again = opened("bidirectional", **app.query_params)
    assert not again.error
    assert again.text_input(key="bidirectional.to1").value == "0.1 0.9"


def test_networks_are_trained_in_a_thread_and_their_distances_shown():
    app = opened("bidirectional", lang="en", show="markov")
    app.button(key="bidirectional.train").click().run()
    job = app.session_state["jobs"].last("markov")
    job.stop()
    job.wait(60)
    app.run()
    assert not app.exception
    assert f"after {job.result.lesson.updates} updates" in said(app)
    shown = tables(app)[0]
    assert np.isfinite(shown.iloc[:, 1].astype(float)).all()


def test_models_are_known_by_what_their_cards_say_that_they_read(own_models):
    (own_models / "forward-infill").rename(own_models / "aside")
    (own_models / "backward-infill").rename(own_models / "forward-infill")
    app = opened("bidirectional", lang="en", show="models")
    assert not app.error
    assert list(tables(app)[0]["units"]) == ["246", "2 × 160", "246"]


def test_without_its_models_the_page_says_how_to_have_them_back(own_models):
    shutil.rmtree(own_models / "bilstm-infill")
    app = opened("bidirectional", lang="en")
    assert "fills in words is missing" in app.error[0].value
    assert "` git checkout -- pretrained `" in app.error[0].value
