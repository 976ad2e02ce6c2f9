"""The models of a reader's own folder on the pages."""

import os
import shutil
import sys
from pathlib import Path

import pytest
import streamlit as st
import torch

import explorer
from explorer.models import catalogue, own_folder
from explorer.web.shared.models import reading
from tests.decoding.small_marian import write_marian
from tests.models.own_modules import TOKENS, WORDS, modules

from .conftest import opened, sentences

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")

STRANGE = "<b>x<b> [a](b) $c$"
NAME = f"{own_folder.PREFIX}{STRANGE}"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Models of characters, words and numbers, a Hugging Face model, and what is none."""
    folder = tmp_path_factory.mktemp("models")
    explorer.save(modules(), TOKENS, folder / STRANGE, begin="<s>", end="</s>")
    deep = modules(torch.nn.LSTM, size=len(WORDS), num_layers=2)
    explorer.save(deep, WORDS, folder / "words", end="</s>")
    explorer.save(modules(torch.nn.LSTM, size=30), 30, folder / "numbers")
    write_marian(folder / "marian")
    (folder / "empty").mkdir()
    (folder / ".hidden").mkdir()
    shutil.copytree(folder / "words", folder / "damaged")
    (folder / "damaged" / "card.json").write_text("{")
    return folder


@pytest.fixture
def folder(written, monkeypatch):
    monkeypatch.setenv(own_folder.VARIABLE, str(written))
    return written


def options(app):
    return app.selectbox[0].options


def test_a_model_is_offered_by_its_name_as_plain_text_and_answers(folder):
    app = opened("gru", lang="en", model=NAME)
    assert not app.error
    assert [o for o in options(app) if STRANGE in o] == [f"{STRANGE} (yours): 6 units"]
    assert app.text_area[0].value == "abcde"
    app.text_area[0].set_value("a bad deed.").run()
    assert not app.error
    assert app.text_area[0].value == "a bad deed."
    said = "\n".join(sentences(app))
    assert "Time Machine" not in said
    assert "A model of your own" in said
    (warning,) = [w.value for w in app.warning]
    assert "` empty `: It has neither" in warning
    assert "` damaged `: The model card" in warning
    assert "hidden" not in warning
    for show in ("unit", "match", "texts", "what-if", "lines", "saturation", "model", "heatmaps"):
        view = opened("gru", lang="en", model=NAME, text="a bad deed.", show=show, held="story")
        assert not view.error, show
        said = "\n".join([*sentences(view), *(b.label for b in view.button)])
        assert "Time Machine" not in said, show
        assert "project" not in said, show
        assert not [m.value for m in view.markdown if "<b>" in m.value and "`" not in m.value]


def test_what_a_model_cannot_read_stays_in_the_field_with_the_reason(folder):
    app = opened("lstm", lang="en", model="own:numbers", text="1, 2 99 3")
    assert "no token “` 99 `”" in app.error[0].value
    assert "continues with: ` 0 1 2" in app.error[0].value
    app.text_area[0].set_value("1, 2 9 3").run()
    assert not app.error
    assert "predicts the next number" in "\n".join(sentences(app))


def test_a_deep_model_of_words_is_on_both_pages(folder):
    for page, show in (("lstm", "what-if"), ("deep", "grid"), ("deep", "memory")):
        app = opened(page, lang="en", model="own:words", text="the time tra velled", show=show)
        assert not app.error
        assert "bits per character" not in str([metric.label for metric in app.metric])


@pytest.mark.parametrize("name", ["own:../words", "own:", "own:.hidden", "own:empty", "own:/etc"])
def test_only_names_of_the_listing_are_models(folder, name):
    app = opened("gru", lang="en", model=name)
    assert not app.error
    assert [w.value for w in app.warning if name in w.value]


def test_a_model_that_ends_is_searched(folder):
    app = opened("search", lang="en", of=NAME, text="a b", show="chance")
    assert not app.error
    assert "Text that the model continues" in [field.label for field in app.text_input]
    app = opened("search", lang="en", of="own:words", text="the time", part="inside", node="beam.1")
    assert not app.error
    assert not any("numbers" in option for option in options(app))


def test_a_hugging_face_model_is_searched_and_judged(folder):
    marian = {"lang": "en", "of": "own:marian", "text": "a b c"}
    for show in ("prefix", "chance", "bill"):
        assert not opened("search", **marian, show=show).error, show
    ends = {**marian, "text": "the cat sits", "searches": "beam", "alpha": "0", "longest": "12"}
    app = opened("search", **ends, reference="le chat")
    assert not app.error
    (said,) = [one.value for one in app.info if "the reference" in one.value]
    assert "A model error" in said
    assert "The beam's output scores -5.899, the reference -" in said.replace("−", "-")
    app = opened("search", **marian, reference="le chat", longest="1", width="1")
    assert any("The output was cut" in one.value for one in app.warning)


def test_without_the_library_a_sentence_says_what_is_missing(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    st.cache_resource.clear()
    app = opened("search", lang="en", of="own:marian", text="a b c")
    assert "pip install transformers" in app.error[0].value


def test_what_train_wrote_is_offered_and_called_nothing_but_its_name(folder, tmp_path, monkeypatch):
    monkeypatch.setenv(own_folder.VARIABLE, str(tmp_path))
    for name in ("gru-timemachine", "en-fr-gru"):
        (tmp_path / name).symlink_to(catalogue.PRETRAINED / name)
    for page, model, show in (
        ("gru", "gru-timemachine", "units"),
        ("gru", "gru-timemachine", "model"),
        ("translation", "en-fr-gru", "model"),
        ("translation", "en-fr-gru", "gates"),
        ("encoder_decoder", "en-fr-gru", "shape"),
    ):
        app = opened(page, lang="en", model=f"own:{model}", show=show)
        assert not app.error, (page, show)
        assert not [w.value for w in app.warning], (page, show)
        assert app.selectbox[0].value == f"own:{model}"
        said = "\n".join(sentences(app))
        assert "Time Machine" not in said
        assert "Licence" not in said
    app = opened("search", lang="en", of="own:en-fr-gru", text="I am tired.", show="widths")
    assert not app.error


def test_a_model_that_is_written_anew_is_read_anew(tmp_path, monkeypatch):
    monkeypatch.setenv(own_folder.VARIABLE, str(tmp_path))
    values = []
    for seed in (0, 1):
        explorer.save(modules(seed=seed), TOKENS, tmp_path / "mine")
        opened("gru", lang="en", model="own:mine", text="abc")
        values.append(reading("own:mine", "abc").trace["hidden"].values.copy())
    assert abs(values[0] - values[1]).max() > 0.01


def test_a_folder_that_is_not_there_and_too_many_models_are_said(tmp_path, monkeypatch):
    monkeypatch.setenv(own_folder.VARIABLE, str(tmp_path / "none"))
    app = opened("gru", lang="zh")
    assert not app.error
    assert "none" in app.warning[0].value
    monkeypatch.setenv(own_folder.VARIABLE, str(tmp_path))
    for number in range(own_folder.MOST + 2):
        place = tmp_path / f"m{number:02}"
        place.mkdir()
        (place / "config.json").write_text("{}")
    (tmp_path / ("n" * 81)).mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")).mkdir()
    found = own_folder.listing()
    assert len(found.hugging_face) == own_folder.MOST
    assert len(found.refused) == 4
