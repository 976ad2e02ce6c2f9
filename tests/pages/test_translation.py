"""The translation page: what it says is what the model computes, and its address is its state."""

import json
import re
from types import SimpleNamespace

import pytest

import explorer
from explorer.models import catalogue
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.held_unit import HeldUnit, holding
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.prefix_constrained import translate_from
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import decimal
from explorer.text.vocabulary import EOS
from explorer.unit_analysis import shipped
from explorer.web.kit.markup import quoted
from explorer.web.pages.translation import source_changes as change

from .conftest import done, opened, tables

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
    assert f"log p = {decimal(best.log_prob, 2)}" in said(app)
    assert f"= {decimal(best.score, 3)}." in said(app)


def test_a_forced_beginning_is_priced_with_the_rest(translator):
    beginning = target_tokens(translator, "Il ne")
    now = translate_from(translator, TEXT, beginning)
    (before,) = translator.translate([TEXT])
    app = opened("translation", lang="en", text=TEXT, prefix="Il ne", show="change")
    assert f"log p = {decimal(now.log_prob, 2)}" in said(app)
    assert f"Before the change, log p was {decimal(before.log_prob, 2)}" in said(app)
    assert now.tokens[: len(beginning)] == beginning


def test_a_named_unit_can_be_held(translator):
    """The unit that tells a negation, held where it is without one; the page's own button holds."""
    (best,) = translator.translate([TEXT])
    app = opened("translation", lang="en", text=TEXT)
    (unit, *_) = [
        one.unit for one in shipped.named("en-fr-gru", "encoder") if one.label == "negation"
    ]
    (button,) = [one for one in app.button if f"Hold unit {unit} at" in one.label]
    button.click().run()
    assert app.query_params["hold"] == f"encoder-1-hidden-{unit}"
    low = float(re.search(r"at (−?[\d.]+)", button.label)[1].replace("−", "-"))
    found = shipped.summary("en-fr-gru", "encoder").sel(quantity="hidden", unit=unit)
    assert low == pytest.approx(float(found["quantiles"].isel(layer=1)[0, 0]), abs=0.005)
    held = HeldUnit("encoder", 1, "hidden", unit, low)
    (now,) = holding(translator, held).translate([TEXT])
    assert now.text != best.text
    assert f"With unit {unit} held at" in said(app)
    assert quoted(now.text) in said(app)


def test_a_swapped_word_is_translated(translator):
    words = translator.read(TEXT)
    app = opened(
        "translation", lang="en", text=TEXT, swap=str(words.index("dog")), **{"for": "train"}
    )
    (now,) = translator.translate(["She did not see the train."])
    assert f"log p = {decimal(now.log_prob, 2)}" in said(app)


#: What each view is made of: plotly charts, altair charts, tables, rows; the sentence is one.
MADE_OF = {
    "moved": (0, 0, 0, 1),
    "gates": (4, 0, 0, 2),
    "words": (2, 0, 0, 1),
    "change": (1, 1, 0, 1),
    "diagnosis": (0, 2, 3, 3),
    "forcing": (0, 1, 0, 2),
    "padding": (0, 0, 1, 2),
    "model": (0, 1, 2, 0),
}


@pytest.mark.parametrize("view", MADE_OF)
@pytest.mark.parametrize("model", catalogue.names("translation"))
def test_every_view_shows_what_it_is_made_of(model, view):
    more = {"prefix": "Il", "reference": "Elle ne vit pas le chien.", "gates": "heatmaps"}
    app = done(opened("translation", lang="en", text=TEXT, model=model, show=view, **more))
    assert not app.error
    plotly, altair, expected, rows = MADE_OF[view]
    gates = {"gru": 4, "lstm": 6}[catalogue.card(model).architecture.cell]
    assert len(app.get("plotly_chart")) == (gates if view == "gates" else plotly)
    charts = len(app.get("vega_lite_chart")) or len(app.get("arrow_vega_lite_chart"))
    assert charts == altair
    assert len(tables(app)) == expected
    silent = (".chosen", ".colouring")  # told to what is drawn
    drawn = [part for part in app.get("bidi_component") if not part.key.endswith(silent)]
    units = [part for part in drawn if ".moved." in part.key]
    assert bool(units) == (view == "moved")
    assert len(drawn) - len(units) == rows


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "About {} of 10"), ("zh", "每 10 句译文中约有 {} 句")]
)
def test_the_card_says_first_what_a_reader_found(lang, said):
    app = opened("translation", lang=lang, text=TEXT, model="en-zh-gru", show="model")
    found = catalogue.card("en-zh-gru").reading
    sentence = said.format(round(10 * found.kept / found.sentences))
    assert any(sentence in one.value for one in app.markdown)
    assert list(tables(app)[0].iloc[:, 1]) == list(found.verdicts.values())


def test_another_sentence_begins_without_the_change_and_the_reference_of_the_old_one():
    app = opened(
        "translation", lang="en", text=TEXT, show="diagnosis", prefix="Il", reference="Ah !"
    )
    app.text_input(key="translation.text").set_value("We have no milk left.").run()
    assert not {"prefix", "reference"} & set(app.query_params)
    assert app.text_area[0].value == "Nous n'avons plus de lait."
    app.button(key="translation.text.example2").click().run()
    assert app.text_area[0].value == ""


@pytest.mark.parametrize("bad", ["mot " * 401, "\u200b"])
def test_a_bad_beginning_can_still_be_undone(bad):
    app = opened("translation", lang="en", text=TEXT)
    app.text_input(key="translation.prefix").set_value(bad).run()
    app.button(key="translation.undo").click().run()
    assert not app.error
    assert "log p =" in said(app)


def test_two_fields_may_change_in_one_run():
    app = opened("translation", lang="en", text=TEXT)
    app.text_input(key="translation.text").set_value("We have no milk left.")
    app.text_input(key="translation.prefix").set_value("Il").run()
    assert not app.exception
    assert "log p =" in said(app)


def test_whatever_alternative_is_clicked_is_what_is_forced(translator):
    (best,) = translator.translate([TEXT])
    steps = forced(translator, TEXT, best.tokens, alternatives=8, copied=best.copied).steps
    for place, step in enumerate(steps[:4]):
        for other in step.alternatives:
            if other.token == EOS:
                continue
            wanted = (*best.tokens[:place], other.token)
            state = _forced(translator, wanted, ())
            clicked = tuple(str(state["tokens"]).split())
            assert change._tokens(translator, state["prefix"], clicked) == wanted


def _forced(translator, beginning, before):
    """What a click puts into the address."""
    found: dict[str, object] = {}

    def put(values):
        found.update({parameter.name: value for parameter, value in values.items()})

    frame = SimpleNamespace(address=SimpleNamespace(put=put))
    change.force(frame, translator, beginning, forced=before)
    return found


def test_undo_takes_every_change_back():
    app = opened("translation", lang="en", text=TEXT, prefix="Il", swap="0", **{"for": "we"})
    app.button(key="translation.undo").click().run()
    assert not {"prefix", "swap", "for"} & set(app.query_params)
    assert "Before the change" not in said(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There are no words here"),
        ("   ", "There are no words here"),
        ("dog " * 401, r"This text has 401 words and punctuation marks; the limit is 400"),
        ("qwxz vbnm", "in pieces: .*qwxz"),
        ("x" * 1500, r"becomes 1500 tokens, .*The page continues with"),
        ("Собака спит.", "these letters are: Cyrillic"),
        ("הכלב ישן.", "right to left"),
        ("I see 🐶.", "Emoji without a corresponding word: .*🐶"),
        ("I see\x07 the dog.", r"U\+0007 \(6\)"),
        ("<script>alert(1)</script> **dog**", "log p"),
    ],
)
def test_odd_input_gets_a_sentence_and_leaves_the_page(text, sentence):
    app = opened("translation", lang="en", text=text)
    assert re.search(sentence, said(app))
    assert app.title[0].value == "Sequence to sequence"


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


def test_an_unknown_forced_word_is_said_by_name():
    app = opened("translation", lang="en", text=TEXT, prefix="XyzzЖ le")
    (said,) = (info.value for info in app.info if "cannot write" in info.value)
    assert "xyzzж" in said.lower()
    assert " le" not in said
    known = opened("translation", lang="en", text=TEXT, prefix="Il ne")
    assert not any("cannot write" in info.value for info in known.info)


def test_an_unknown_swapped_word_is_said_by_name():
    app = opened("translation", lang="en", text=TEXT, swap="5", **{"for": "blorping"})
    assert any("blorping" in info.value for info in app.info)


def test_of_a_clicked_beginning_only_what_was_chosen_is_forced(translator):
    assert _forced(translator, ("il", "ne", "a"), ())["forced"] == [2]
    assert _forced(translator, ("il", "ne", "a", "pas", "vu"), {2})["forced"] == [2, 4]
    assert _forced(translator, ("il", "me"), {2, 4})["forced"] == [1]
    app = opened("translation", lang="en", text=TEXT, prefix="Il ne l'a", forced="2")
    assert app.query_params["forced"] in ("2", ["2"])
    app.text_input(key="translation.prefix").set_value("Elle").run()
    assert "forced" not in app.query_params


@pytest.mark.parametrize(("lang", "place"), [("en", 2), ("zh", 1)])
@pytest.mark.parametrize("page", ["translation", "search"])
def test_a_reader_of_chinese_is_offered_chinese_right_behind_the_first(page, lang, place):
    app = opened(page, lang=lang)
    offered = [name for name in app.selectbox[0].options if name.startswith("en-")]
    assert offered[0] == "en-fr-gru"
    assert offered.index("en-zh-gru") == place


def test_a_rare_word_is_one_word_until_it_is_opened():
    app = opened("translation", lang="en", text="The blacksmith waits.", show="words")
    assert "blacksmith = black· ·s· ·mit· ·h" in said(app)
    assert "blacksmith" in str(_axes(app))
    apart = opened(
        "translation", lang="en", text="The blacksmith waits.", show="words", pieces="apart"
    )
    assert "·mit·" in str(_axes(apart))
    assert "￭" not in str(_axes(apart))


def _axes(app):
    """What stands along the axes of the maps."""
    layouts = [json.loads(chart.proto.spec)["layout"] for chart in app.get("plotly_chart")]
    return [layout[axis]["ticktext"] for layout in layouts for axis in ("xaxis", "yaxis")]


def test_french_is_glossed_in_the_readers_language_or_by_what_moves_it(translator):
    text = "The blacksmith irons a tuxedo."
    (best,) = translator.translate([text], stopping="nothing can win")
    for lang, one, most in (("en", "a, one", "most from: "), ("zh", "一个", "主要来自：")):
        words = _words(opened("translation", lang=lang, text=text))
        found = {word["token"]: word["gloss"] for word in words}
        assert found["un"] == one
        assert found["<eos>"] == found["."] == ""
        (guessed, *_) = [gloss for gloss in found.values() if gloss.startswith(most)]
        assert guessed.removeprefix(most) in (*translator.words(text),)
    assert [word["token"] for word in words] == [*best.tokens, EOS]
    off = _words(opened("translation", lang="en", text=text, gloss="False"))
    chinese = _words(opened("translation", lang="en", text="I wait.", model="en-zh-gru"))
    assert not any(word["gloss"] for word in (*off, *chinese))


def _words(app):
    """What the component is given of the translation's words."""
    (part,) = [p for p in app.get("bidi_component") if p.key.endswith(".sentence")]
    return json.loads(part.proto.bytes)["words"]
