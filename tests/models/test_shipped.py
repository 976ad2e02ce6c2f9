"""What every shipped card says is measured again."""

from hashlib import sha256

import pytest
import torch

from explorer.models import catalogue
from explorer.models.checkpoint import WEIGHTS
from explorer.text import recall
from explorer.training.recall import accuracy
from explorer.training.recipe import PairsRecipe, PassagesRecipe, WindowsRecipe
from explorer.training.recipes import RECIPES
from explorer.training.trainer import best

NAMES = catalogue.names()
SLOW = (PairsRecipe, PassagesRecipe)
"""Recipes that take hours, some of them to teach or to compare."""
LARGEST = {"en-zh": 10_000_000, "en-fr": 16_000_000, "luxun": 4_000_000, "": 2_000_000}
"""Bytes of the weights, by what is in the name."""
BITS, TEST_BITS = "held-out bits per character", "test bits per character"
NGRAMS = f"{TEST_BITS} of n-grams, interpolated Kneser–Ney"
GATED = ["gru-recall", "lstm-recall", "gru-recall-common"]


def test_every_model_has_a_recipe_and_every_small_recipe_a_model() -> None:
    assert set(NAMES) <= set(RECIPES)
    slow = {name for name, recipe in RECIPES.items() if isinstance(recipe.reading, SLOW)}
    compared = {name for name, one in RECIPES.items() if isinstance(one.reading, WindowsRecipe)}
    assert set(NAMES) - slow == set(RECIPES) - slow - compared


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_true(name: str) -> None:
    model, card = catalogue.load(name)
    recipe, weights = RECIPES[name], catalogue.PRETRAINED / name / WEIGHTS
    assert card.name == name
    assert card.sha256 == sha256(weights.read_bytes()).hexdigest()
    assert card.parameters == sum(p.numel() for p in model.parameters())
    assert weights.stat().st_size < next(most for end, most in LARGEST.items() if end in name)
    assert (card.data, card.epochs) == (recipe.data, recipe.plan.epochs)
    assert card.command.startswith(f"python -m explorer train {name}")
    assert card.steps == best(card.curve).step
    assert all(torch.isfinite(p).all() for p in model.parameters())


@pytest.mark.parametrize("name", catalogue.names("language model"))
def test_a_language_model_beats_the_books_configuration_or_counting(name: str) -> None:
    figures, cell = catalogue.card(name).figures, catalogue.card(name).architecture.cell
    if NGRAMS in figures:
        assert figures[TEST_BITS] < min(figures[NGRAMS].values()) - 0.1
        assert figures["unknown characters, share"] <= 0.01
    elif cell == "gru-book":  # where the reset gate acts makes no great difference
        beside = figures["beside gru-timemachine"][BITS]
        assert figures[BITS] == pytest.approx(beside, rel=0.02)
    else:
        assert figures[BITS] < 0.9 * figures[f"beside {cell}-book"][BITS]


@pytest.mark.parametrize("situation", recall.SITUATIONS)
@pytest.mark.parametrize("name", GATED)
def test_a_gated_model_remembers_over_a_hundred_steps(name: str, situation: str) -> None:
    model, card = catalogue.load(name)
    assert card.vocabulary == recall.VOCABULARY.tokens
    assert card.figures["accuracy"][situation]["100"] >= 0.99
    assert accuracy(model, situation, 100, texts=200, seed=7) >= 0.97


def test_from_the_common_start_the_plain_network_forgets_and_the_gated_ones_remember() -> None:
    cards = {cell: catalogue.card(f"{cell}-recall-common") for cell in ("rnn", "gru", "lstm")}
    at = {cell: card.figures["accuracy"] for cell, card in cards.items()}
    assert len({card.curve[-1].step for card in cards.values()}) == 1
    for situation in ("recall", "skip"):
        assert at["rnn"][situation]["5"] > 0.8 > 0.6 > at["rnn"][situation]["100"]
        assert at["gru"][situation]["100"] > 0.99
    assert at["lstm"]["recall"]["100"] > 0.99 > 0.6 > at["lstm"]["skip"]["100"]


@pytest.mark.parametrize("name", catalogue.names("recall"))
def test_the_accuracies_on_the_card_are_measured_again(name: str) -> None:
    model, card = catalogue.load(name)
    for situation in recall.SITUATIONS:
        measured = accuracy(model, situation, 20, texts=300, seed=8)
        assert measured == pytest.approx(card.figures["accuracy"][situation]["20"], abs=0.1)
