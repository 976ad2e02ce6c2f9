"""The gate pages: what they say is what the trace holds, their address is their state, and bad
input gets a sentence.
"""

import json
import re
import shutil

import pytest
import torch

import explorer
from explorer.models import catalogue
from explorer.recurrence.export import to_bytes
from explorer.text.numbers import decimal
from explorer.text.vocabulary import Vocabulary
from explorer.web.shared.example_texts import EXAMPLES, LONGEST
from explorer.web.shared.focus import telling_step
from explorer.web.shared.models import reading

from .conftest import given, number, opened, tables

PARAMETERS = {
    "text": "A lamp, and a mirror.",
    "step": "5",
    "unit": "3",
    "colour": "candidate",
    "of": "mean",
    "show": "lines",
    "with": "1,4",
}


def traced(model_name, text):
    model, card = explorer.load(model_name)
    ids = torch.tensor([Vocabulary(card.vocabulary).encode(text)])
    return explorer.trace(model.rnn, model.inputs(ids))


@pytest.mark.parametrize(
    ("page", "model", "state"),
    [
        ("gru", "gru-timemachine", "hidden"),
        ("gru", "gru-recall", "hidden"),
        ("lstm", "lstm-recall", "memory"),
        ("lstm", "deep-lstm-timemachine", "memory"),
    ],
)
def test_the_number_on_the_page_is_the_traced_one(page, model, state):
    app = opened(page, lang="en", model=model, text="!Aabc?A", step="4", unit="2", show="equation")
    expected = float(traced(model, "!Aabc?A")[state][0, 0, 0, 4, 2])
    said = given(app, f"{page}.strip.chosen")[f"text of {page}.convention.state"]
    symbol = "H_t" if page == "gru" else "C_t"
    assert f"computed {symbol} = {decimal(expected, 4)};" in said


def test_what_the_pages_share_is_kept_and_cannot_be_written_into():
    shared = reading("gru-timemachine", "a lamp")
    assert reading("gru-timemachine", "a lamp") is shared
    for array in (*(shared.trace[name].values for name in shared.trace), shared.log_probs):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert to_bytes(shared.trace, ".csv")


def test_an_address_opens_the_same_view():
    app = opened("gru", lang="en", **PARAMETERS)
    assert app.text_area[0].value == PARAMETERS["text"]
    assert app.session_state["gru.step"] == 5
    assert app.number_input[0].value == 3
    assert app.multiselect[0].value == [1, 4]
    assert app.query_params == {"lang": "en", **PARAMETERS}


def test_what_a_closed_view_was_set_to_stays_in_the_address():
    app = opened("gru", lang="en", **PARAMETERS)
    app.button_group(key="gru.show").set_value("heatmaps").run()
    assert app.query_params["with"] == "1,4"
    app.button_group(key="gru.show").set_value("lines").run()
    assert app.multiselect[0].value == [1, 4]


def test_what_a_reader_changes_is_in_the_address():
    app = opened("gru", lang="en")
    app.text_area[0].set_value("The brass wheel turned.").run()
    app.button_group(key="gru.colour").set_value("reset").run()
    assert app.query_params["text"] == "The brass wheel turned."
    assert app.query_params["colour"] == "reset"


def test_state_survives_a_change_of_language():
    app = opened("gru", lang="en", **PARAMETERS)
    app.sidebar.button_group[0].set_value("zh").run()
    assert app.query_params == {"lang": "zh", **PARAMETERS}
    assert "GRU" in app.title[0].value
    assert app.title[0].value != "Gated recurrent unit (GRU)"


def test_an_example_begins_at_a_step_that_tells_something_without_a_complaint():
    app = opened("gru", lang="en", step="100")
    app.button(key="gru.text.example1").click().run()
    assert app.text_area[0].value == EXAMPLES["english"][1].text
    step = app.session_state["gru.step"]
    assert step == telling_step(EXAMPLES["english"][1].text) > 0
    assert not app.warning


def test_a_unit_that_the_next_model_lacks_is_forgotten_without_a_complaint():
    app = opened("gru", lang="en", unit="200", show="lines", **{"with": "201"})
    app.selectbox[0].set_value("gru-recall").run()
    assert app.number_input[0].value < 24
    assert app.multiselect[0].value == []
    assert not app.warning


def test_another_task_brings_a_text_of_its_own_and_keeps_the_readers():
    app = opened("gru", lang="en")
    app.selectbox[0].set_value("gru-recall").run()
    assert app.text_area[0].value == EXAMPLES["recall"][0].text
    app.text_area[0].set_value("!B?B").run()
    app.selectbox[0].set_value("gru-timemachine").run()
    assert app.text_area[0].value == "!B?B"


@pytest.mark.parametrize(("lang", "word"), [("en", "at least one character"), ("zh", "至少")])
def test_an_empty_text_gets_a_sentence(lang, word):
    app = opened("gru", lang=lang, text="")
    assert word in app.error[0].value
    assert app.text_area[0].value == ""


@pytest.mark.parametrize(("lang", "word"), [("en", "shorten it by 7"), ("zh", "7")])
def test_a_text_that_is_too_long_gets_a_sentence_and_is_kept(lang, word):
    text = "x" * (LONGEST + 7)
    app = opened("lstm", lang=lang, text=text)
    assert word in app.error[0].value
    assert app.text_area[0].value == text


def test_the_longest_text_is_read():
    app = opened("lstm", lang="en", text="The lamp. " * (LONGEST // 10))
    assert not app.error
    (strip,) = (part for part in app.get("bidi_component") if part.key == "lstm.strip")
    assert len(json.loads(strip.proto.bytes)["tokens"]) == LONGEST


def test_unknown_characters_are_named():
    app = opened("gru", lang="en", text="Дом <b>ж</b>")
    assert not app.error
    assert "Д" in app.info[0].value
    assert "ж" in app.info[0].value
    assert "l" not in app.info[0].value.split(":")[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("step", "9999"),
        ("step", "-1"),
        ("step", "two"),
        ("unit", "100000"),
        ("colour", "forget"),
        ("model", "no-such-model"),
        ("show", "<script>"),
        ("with", "1,x"),
        ("with", "1,1"),
        ("with", "1,2,3,4,5,6"),
    ],
)
@pytest.mark.parametrize(("lang", "word"), [("en", "cannot show"), ("zh", "无法")])
def test_a_bad_address_gets_a_sentence_and_the_page(name, value, lang, word):
    app = opened("gru", lang=lang, **{"show": "lines", name: value})
    assert word in app.warning[0].value
    assert not app.error
    assert app.query_params.get(name) != value


def test_an_unknown_language_falls_back_to_the_browsers():
    app = opened("gru", lang="xx")
    assert app.query_params["lang"] == "en"
    assert not app.error


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("model.safetensors", "missing"),
        ("model.safetensors", "cut"),
        ("card.json", "missing"),
        ("card.json", "cut"),
    ],
)
def test_a_damaged_model_is_named_with_its_cure_and_the_others_go_on(own_models, file, damage):
    path = own_models / "gru-recall" / file
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    app = opened("gru", lang="en", model="gru-recall")
    assert f"gru-recall/{file}" in app.error[0].value
    assert "git checkout" in app.error[0].value
    app.selectbox[0].set_value("gru-timemachine").run()
    assert not app.error
    assert not opened("lstm", lang="en").error


def test_the_damaged_model_works_again_when_it_is_restored(own_models):
    path = own_models / "gru-recall" / "model.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    app = opened("gru", lang="en", model="gru-recall")
    assert app.error
    path.write_bytes(content)
    app.run()
    assert not app.error


def test_models_are_known_by_their_cards_whatever_they_are_called(own_models):
    (own_models / "gru-timemachine").rename(own_models / "time")
    (own_models / "lstm-recall").rename(own_models / "gru-lstm-recall")
    app = opened("gru", lang="en")
    names = (
        "gru-luxun: 528",
        "gru-recall: 24",
        "gru-recall-common: 24",
        "gru-timemachine-book: 256",
        "time: 256",
    )
    assert app.selectbox[0].options == [f"{name} units" for name in names]
    assert app.selectbox[0].value == "time"
    assert not app.error
    deep = opened("deep", lang="en")
    assert deep.selectbox[0].options == ["deep-lstm-timemachine: 3 × 128 units"]


def test_without_any_model_the_page_says_so(own_models):
    for name in catalogue.names():
        shutil.rmtree(own_models / name)
    app = opened("gru", lang="en")
    assert "no ` GRU `" in app.error[0].value
    assert "` git checkout -- pretrained `" in app.error[0].value


def test_only_what_the_books_configuration_reached_stands_as_such():
    """The GRU of the book's convention stands beside another model of ours."""
    (table,) = tables(opened("gru", lang="en", model="gru-timemachine", show="model"))
    said = dict(zip(table["model"], table["the book's configuration"], strict=True))
    assert said.pop("gru-timemachine-book") == ""
    for name, bits in said.items():
        beside = catalogue.card(name).figures
        (books,) = [value for key, value in beside.items() if key.startswith("beside")]
        assert number(bits) == pytest.approx(books["held-out bits per character"], abs=5e-4)


@pytest.mark.parametrize(("convention", "agrees"), [("book", True), ("pytorch", False)])
def test_the_books_model_agrees_with_the_books_equation(convention, agrees):
    options = {"text": "a pale light", "step": "6", "show": "equation", "unit": "140"}
    app = opened("gru", lang="en", model="gru-timemachine-book", convention=convention, **options)
    said = given(app, "gru.strip.chosen")["text of gru.convention.state"]
    ours, theirs = (number(n) for n in re.findall(r"[−\d.]*\d", said))
    assert (abs(ours - theirs) < 2e-4) == agrees
    own = opened("gru", lang="en", model="gru-timemachine-book", **options)
    assert own.session_state["gru.convention"] == "book"
