"""A card describes the corpus that was read, not the one that the recipe was written for."""

import re
from hashlib import sha256

import pytest

from explorer.models import catalogue
from explorer.models.card import Data
from explorer.training import own_corpus
from explorer.training.described import CORPORA, TAUGHT
from explorer.training.own_corpus import as_read, described
from explorer.training.recipe import RecallRecipe
from explorer.training.recipes import RECIPES

READ = {name: recipe for name, recipe in RECIPES.items() if recipe.data in CORPORA}


def test_every_recipe_that_reads_a_text_knows_it_by_its_sum():
    generated = {n for n, one in RECIPES.items() if isinstance(one.reading, RecallRecipe)}
    assert set(RECIPES) == {*READ, *generated}
    for card in map(catalogue.card, catalogue.names("translation")):
        assert card.data in CORPORA


@pytest.mark.parametrize("name", READ)
def test_of_a_readers_text_nothing_is_said_but_its_name(name):
    recipe = as_read(RECIPES[name], "the time traveller", "mine.txt")
    assert recipe.data == Data(name="mine.txt")
    assert recipe.chosen != RECIPES[name].chosen


@pytest.mark.parametrize("name", ["en-fr-gru", "en-fr-lstm", "en-zh-gru", "teacher-gru"])
def test_a_card_says_that_a_model_was_taught_where_it_was_and_nowhere_else(name):
    """A recipe says nothing of teachers, since a training may do without."""
    alone, taught = (as_read(RECIPES[name], "a", "mine.txt", taught=each) for each in (False, True))
    assert taught.chosen == f"{alone.chosen} {TAUGHT}"
    for said in (RECIPES[name].chosen, alone.chosen):
        assert not re.search("larger|taught|wrote|other models", said)


def test_our_own_text_keeps_its_description(monkeypatch):
    recipe, text = RECIPES["gru-timemachine"], "the text itself"
    sums = {**CORPORA, recipe.data: sha256(text.encode()).hexdigest()}
    monkeypatch.setattr(own_corpus, "CORPORA", sums)
    assert as_read(recipe, text, "mine.txt") == recipe
    assert described(recipe.data, text, "mine.txt") == recipe.data
    assert as_read(RECIPES["gru-recall"], None, "") == RECIPES["gru-recall"]
