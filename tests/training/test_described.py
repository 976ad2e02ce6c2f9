"""What cards say in words is what the recipes do: every figure in them, beside the recipe."""

import re

import pytest

from explorer.models.catalogue import card, names
from explorer.training.make import SPLIT_SEED
from explorer.training.recall import LAGS
from explorer.training.recipe import BlanksRecipe, PairsRecipe
from explorer.training.recipes import RECIPES


def figures(text: str) -> set[str]:
    """All numbers of a text but those in names: sections, years, commits."""
    return {*re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?=%|\b)(?![\w.]*[a-z])", text)}


@pytest.mark.parametrize("name", RECIPES)
def test_what_is_said_of_a_split_is_how_it_is_split(name):
    recipe = RECIPES[name]
    said = figures(recipe.data.name)
    if isinstance(recipe.reading, PairsRecipe | BlanksRecipe):
        assert said == {f"{recipe.reading.held_out:,}", str(SPLIT_SEED)}
    elif name.endswith(("recall", "recall-common")):
        assert said == {str(LAGS[0]), str(LAGS[-1])}
    else:
        assert not said


def test_what_is_said_of_sizes_and_updates_is_what_the_recipes_have():
    book, common, infill = RECIPES["gru-book"], RECIPES["gru-recall-common"], "-infill"
    reading, plan = book.reading, book.plan
    updates = plan.epochs * reading.epoch_steps
    sizes = {book.hidden_size, reading.window, updates, reading.windows, int(plan.clip)}
    assert figures(book.chosen) == set(map(str, sizes))
    assert figures(common.chosen) == {f"{common.plan.epochs * common.reading.epoch_steps:,}"}
    units = {str(RECIPES[name].hidden_size) for name in RECIPES if name.endswith(infill)}
    assert figures(RECIPES["bilstm-infill"].chosen) == {*units, "0.2"}
    deep = RECIPES["deep-lstm-timemachine"]
    assert (deep.layers, figures(deep.chosen)) == (3, {str(deep.hidden_size)})
    assert str(RECIPES["gru-timemachine"].hidden_size) in figures(RECIPES["gru-timemachine"].chosen)


def test_the_infill_models_have_as_many_parameters_to_the_share_that_is_said():
    sizes = [card(name).parameters for name in names("infill")]
    assert max(sizes) / min(sizes) - 1 < 0.002
    assert {card(name).chosen for name in names("infill")} == {RECIPES["bilstm-infill"].chosen}


@pytest.mark.parametrize(("said", "most"), [("4 MB", 4), ("16 MB", 16)])
def test_weights_are_no_larger_than_is_said(said, most):
    found = [one for one in map(card, names()) if said in one.chosen]
    assert found
    assert all(2 * one.parameters <= most * 2**20 for one in found)  # float16
