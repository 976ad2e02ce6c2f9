"""A character model of Chinese text on the pages: a small one of random weights, as if shipped."""

from dataclasses import replace

import pytest
import torch

from explorer.models import checkpoint
from explorer.models.architecture import Architecture
from explorer.models.card import Card, Point
from explorer.models.network import network, parameters
from explorer.training.described import LU_XUN, LU_XUN_CHOSEN
from explorer.web.pages.search.searchable_models import subjects
from explorer.web.shared.example_texts import EXAMPLES, EXPLAINED

from .conftest import opened, sentences, tables

CHARACTERS = ("<unk>", *dict.fromkeys("，的。\n“”" + EXAMPLES["chinese"][0].text))
FIGURES = {
    "test bits per character": 6.4262,
    "validation bits per character": 6.5076,
    "test characters": 12420,
    "unknown characters, share": 0.00483,
    "test bits per character of n-grams, interpolated Kneser–Ney": {"1": 8.7447, "2": 6.8968},
}


@pytest.fixture(params=["gru", "lstm"])
def cell(request, own_models):
    """A cell of which there is a model that knows a few Chinese characters."""
    sizes = Architecture(request.param, len(CHARACTERS), 8, embedding_size=4)
    torch.manual_seed(0)
    model = network(sizes)
    card = Card(
        name=f"{request.param}-luxun",
        task="language model",
        architecture=sizes,
        vocabulary=CHARACTERS,
        parameters=parameters(model),
        data=replace(LU_XUN, source="made for the tests"),  # no sibling of a shipped model
        command=f"python -m explorer train {request.param}-luxun --corpus luxun.txt",
        seed=0,
        epochs=1,
        steps=10,
        chosen=LU_XUN_CHOSEN,
        torch="2",
        precision="float32",
        sha256="",
        score="validation bits per character",
        figures=FIGURES,
        curve=(Point(10, 4.0, 6.5),),
    )
    (own_models / card.name / "units.nc").unlink()  # it is of the shipped model's units
    checkpoint.save(own_models / card.name, checkpoint.rounded(model), card)
    return request.param


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_reads_a_text_of_its_own_language(cell, lang):
    app = opened(cell, lang=lang, model=f"{cell}-luxun")
    assert app.text_area[0].value == EXAMPLES["chinese"][0].text
    assert any("鲁迅" in said or "Lu Xun" in said for said in sentences(app))
    assert EXPLAINED["english"] not in sentences(app)
    assert not app.error
    assert not app.warning


def test_its_card_has_the_n_grams_and_no_model_of_another_text(cell):
    app = opened(cell, lang="en", model=f"{cell}-luxun", show="model")
    (frame,) = tables(app)
    assert frame["model"].tolist() == [f"{cell}-luxun", "n-gram of order 1", "n-gram of order 2"]
    assert frame["bits per character"].tolist() == [6.426, 8.745, 6.897]
    assert any("0.5%" in said for said in sentences(app))
    others = opened(cell, lang="en", model=f"{cell}-timemachine", show="model")
    assert "luxun" not in " ".join(tables(others)[0]["model"])


def test_the_examples_follow_the_models_language_and_a_readers_text_stays(cell):
    app = opened(cell, lang="en")
    app.selectbox[0].set_value(f"{cell}-luxun").run()
    assert app.text_area[0].value == EXAMPLES["chinese"][0].text
    app.text_area[0].set_value("灯，雪。").run()
    app.selectbox[0].set_value(f"{cell}-timemachine").run()
    assert app.text_area[0].value == "灯，雪。"


def test_a_model_without_a_space_is_not_searched(cell):
    assert f"{cell}-luxun" not in subjects()
    assert f"{cell}-timemachine" in subjects()
