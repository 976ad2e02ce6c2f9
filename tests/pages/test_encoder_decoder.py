"""The encoder–decoder page: its numbers are the model's, its address is its state, and whatever is
typed gets a state or a sentence.
"""

import re
import shutil
from dataclasses import replace

import pytest
import torch

import explorer
from explorer.errors import ExplorerError
from explorer.locale import LANGUAGES
from explorer.models import catalogue, checkpoint
from explorer.models.architecture import Seq2SeqArchitecture
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.translator import Translator
from explorer.text.sentences import sentences as own_sentences
from explorer.text.vocabulary import EOS, Vocabulary
from explorer.web.kit.markup import quoted
from explorer.web.pages.encoder_decoder.controls import EXAMPLES
from explorer.web.pages.encoder_decoder.values import count_words
from explorer.web.pages.encoder_decoder.views import VIEWS

from .conftest import opened, tables

MODEL = "en-fr-gru"
PARAMETERS = {
    "one": "They sing.",
    "two": "The old house stands on the hill.",
    "colour": "tense",
    "plane": "variance",
    "axes": "2",
}


@pytest.fixture(scope="module")
def translator():
    return Translator.of(*explorer.load(MODEL))


def context(translator, text):
    """The encoder's last hidden state of one sentence, by the model's own modules."""
    scorer = translator.scorer
    ids = translator.source.encode((*translator.read(text), "<eos>"))
    return scorer.start([ids]).decoder.context[0]


def said(app):
    return " ".join(element.value for element in app.markdown)


def test_the_first_two_sentences_are_the_projects_own_of_2_and_20_words():
    first = next(iter(EXAMPLES.values()))
    assert set(first) <= {sentence.english for sentence in own_sentences()}
    assert [count_words(text) for text in first] == [2, 20]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_sentences_of_any_length_have_states_of_one_shape(lang):
    app = opened("encoder_decoder", lang=lang, show="shape")
    sizes = catalogue.card(MODEL).architecture
    assert str(sizes.layers * sizes.hidden_size) in said(app)
    assert len(app.get("plotly_chart")) == 2


def test_the_page_opens_on_the_map_and_says_what_the_line_has_halfway():
    app = opened("encoder_decoder", lang="en")
    assert app.button_group(key="encoder_decoder.show").value == "map"
    (halfway,) = (one.value for one in app.markdown if "Halfway" in one.value)
    app.button(key="encoder_decoder.map.line").click().run()
    assert app.query_params["show"] == "line"
    (row,) = (row for _, row in tables(app)[0].iterrows() if "50%" in str(row.iloc[0]))
    assert quoted(row["beam search"].strip("“”")) in halfway


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_opens_by_its_address(lang, view):
    app = opened("encoder_decoder", lang=lang, show=view)
    assert not app.error
    assert not app.warning
    assert not app.info
    charts = len(app.get("plotly_chart"))
    assert charts == {"shape": 2, "map": 1, "way": 1, "line": 1}.get(view, 0)


def test_the_neighbours_are_those_of_the_largest_cosine(translator):
    text = "She will sing tomorrow."
    app = opened("encoder_decoder", lang="en", show="map", one=text)
    states = torch.stack([context(translator, s.english) for s in own_sentences()])
    cosines = torch.cosine_similarity(states, context(translator, text)[None])
    best = cosines.topk(5)
    shown = tables(app)[0]
    assert list(shown["sentence"]) == [own_sentences()[n].english for n in best.indices.tolist()]
    assert [float(x) for x in shown["cosine similarity"]] == pytest.approx(
        best.values.tolist(), abs=2e-3
    )


def test_a_sentence_of_the_project_is_no_neighbour_of_itself():
    first, _second = next(iter(EXAMPLES.values()))
    app = opened("encoder_decoder", lang="en", show="map")
    assert first not in list(tables(app)[0]["sentence"])
    assert len(tables(app)[0]) == 5


@pytest.mark.parametrize(("share", "name"), [(0, "one"), (100, "two")])
def test_the_ends_of_the_line_are_the_sentences_own_translations(translator, share, name):
    texts = {"one": "I see a dog.", "two": "We are going home."}
    app = opened("encoder_decoder", lang="en", show="line", at=str(share), **texts)
    (expected,) = translator.translate([texts[name]])
    assert f"Beam search: {quoted(expected.text)}" in said(app)


def test_the_slider_moves_along_the_line_and_into_the_address():
    app = opened("encoder_decoder", lang="en", show="line")
    app.slider[0].set_value(80).run()
    assert app.query_params["at"] == "80"
    table = tables(app)[0]
    assert len(table) == 11
    bodies = "".join(html.proto.body for html in app.get("html"))
    assert re.findall(r'aria-current="true"><td[^>]*>([^<]*)', bodies) == ["80%"]


def test_bleu_by_length_is_the_cards():
    app = opened("encoder_decoder", lang="en", show="length")
    by_length = catalogue.card(MODEL).figures["BLEU"]["beam 5"]
    for name in ("2 to 4 words", "10 to 20 words"):
        assert f"{by_length[name]:.1f}" in said(app)
    assert "bottleneck" in said(app)


def test_an_address_opens_the_same_view():
    app = opened("encoder_decoder", lang="en", **PARAMETERS)
    assert [field.value for field in app.text_input] == [PARAMETERS["one"], PARAMETERS["two"]]
    assert app.query_params == {"lang": "en", **PARAMETERS}
    app.sidebar.button_group[0].set_value("zh").run()
    assert app.query_params == {"lang": "zh", **PARAMETERS}


def test_an_example_puts_both_sentences_in_place():
    app = opened("encoder_decoder", lang="en", **PARAMETERS)
    app.button(key="encoder_decoder.example2").click().run()
    assert tuple(field.value for field in app.text_input) == list(EXAMPLES.values())[2]
    assert not app.warning


@pytest.mark.parametrize(
    "view", [name for name, view in VIEWS.items() if view.needs == "sentences"]
)
@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("", "error", "no word"),
        (" \t ", "error", "no word"),
        ("dog " * 401, "error", "401"),
        ("🙂 🙃", "info", "Emoji"),
        ("שלום עולם", "info", "Hebrew"),
        ("zzqx vvbnm", "info", "in pieces"),
        ("The dog zzqxes.", "info", "zzqxes"),
        ("The\x07dog sleeps.", "info", "U+0007"),
    ],
    ids=["empty", "blank", "long", "emoji", "right to left", "unknown", "one unknown", "control"],
)
def test_what_is_wrong_with_a_sentence_is_said_and_the_rest_stays(text, kind, word, view):
    app = opened("encoder_decoder", lang="en", show=view, two=text)
    (element,) = getattr(app, kind)[:1]
    assert word in element.value
    # A field that is refused has its sentence right below it.
    refused = "page continues" in element.value
    assert element.value.startswith("Sentence 2: ") != refused
    unreadable = kind == "error" and not refused
    if view == "shape":
        assert len(app.get("plotly_chart")) == 2 - unreadable
    elif view in ("map", "way"):
        assert len(app.get("plotly_chart")) == 1
    elif view == "line":
        assert len(app.get("plotly_chart")) == 1 - unreadable
    assert app.text_input[1].value.strip() == text.strip()


@pytest.mark.parametrize(("lang", "word"), [("en", "needs two"), ("zh", "需要两个")])
def test_a_line_needs_two_sentences_and_says_so(lang, word, monkeypatch):
    """A model that reads pieces of words may find too many in a text that has few words."""

    def refuse(model, text):
        raise ExplorerError("There are no words here: type a sentence.")

    monkeypatch.setattr("explorer.web.pages.encoder_decoder.input_checks.encoded", refuse)
    app = opened("encoder_decoder", lang=lang, show="line")
    assert word in app.info[0].value


@pytest.mark.parametrize("view", VIEWS)
def test_two_empty_sentences_leave_the_page_standing(view):
    app = opened("encoder_decoder", lang="zh", show=view, one="", two=" ")
    assert len(app.error) == 2
    assert app.title[0].value


def test_the_same_sentence_twice_is_a_line_without_length():
    app = opened("encoder_decoder", lang="en", show="line", one="I wait.", two="I wait.")
    assert not app.error
    assert len(set(tables(app)[0]["beam search"])) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("at", "55"), ("at", "x"), ("axes", "1"), ("colour", "mood"), ("plane", "z"), ("model", "no")],
)
@pytest.mark.parametrize(("lang", "word"), [("en", "cannot show"), ("zh", "无法")])
def test_a_bad_address_gets_a_sentence_and_the_page(name, value, lang, word):
    view = "line" if name == "at" else "map"
    app = opened("encoder_decoder", lang=lang, show=view, **{name: value})
    assert word in app.warning[0].value
    assert not app.error


def test_fewer_groups_have_fewer_axes_without_a_complaint():
    app = opened("encoder_decoder", lang="en", show="map", axes="4")
    app.button_group(key="encoder_decoder.colour").set_value("length").run()
    assert not app.warning
    assert not app.exception


@pytest.fixture
def with_lstm(own_models):
    """The shipped models, and an LSTM of random weights."""
    card = catalogue.card(MODEL)
    sizes = Seq2SeqArchitecture(
        "lstm",
        card.architecture.vocabulary_size,
        12,
        3,
        source_size=card.architecture.source_size,
        embedding_size=6,
    )
    torch.manual_seed(0)
    model = Seq2Seq(sizes)
    count = sum(weights.numel() for weights in model.parameters())
    named = replace(card, name="en-fr-lstm", architecture=sizes, parameters=count)
    checkpoint.save(own_models / "en-fr-lstm", model, named)
    return own_models


@pytest.mark.parametrize("view", VIEWS)
def test_an_lstm_shows_every_view(with_lstm, view):
    app = opened("encoder_decoder", lang="en", model="en-fr-lstm", show=view, at="30")
    assert not app.error
    assert not app.exception


def test_an_lstm_shows_its_memory_too(with_lstm):
    app = opened("encoder_decoder", lang="en", model="en-fr-lstm", show="shape", part="memory")
    assert "72 numbers" in said(app)
    app.selectbox[0].set_value(MODEL).run()
    assert not app.warning
    assert not app.exception


def test_the_numbers_of_one_part_are_not_all_that_an_lstm_hands_over(with_lstm):
    for model, given in ((MODEL, "These numbers are all"), ("en-fr-lstm", "of the other state")):
        app = opened("encoder_decoder", lang="en", model=model, show="shape")
        assert given in " ".join(caption.value for caption in app.caption)


def test_an_output_that_does_not_end_says_so(with_lstm):
    model, card = checkpoint.read(with_lstm / "en-fr-lstm")
    model.head_bias.data[Vocabulary(card.vocabulary).number(EOS)] = -1e4
    checkpoint.save(with_lstm / "en-fr-lstm", model, card)
    app = opened("encoder_decoder", lang="en", model="en-fr-lstm", show="line")
    table = tables(app)[0]
    for search in ("greedy search", "beam search"):
        assert all(text.endswith("(truncated)") for text in table[search])
    assert said(app).count("(truncated)") == 2


def test_a_damaged_model_is_named_with_its_cure(own_models):
    path = own_models / MODEL / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    app = opened("encoder_decoder", lang="en")
    assert f"{MODEL}/model.safetensors" in app.error[0].value
    assert len(app.error) == 1


def test_without_a_model_the_page_says_so(own_models):
    for name in catalogue.names("translation"):
        shutil.rmtree(own_models / name)
    assert "no translation model" in opened("encoder_decoder", lang="en").error[0].value
