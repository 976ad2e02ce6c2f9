"""What every shipped card says is measured again."""

from hashlib import sha256

import pytest
import torch

from explorer.models import catalogue
from explorer.models.checkpoint import WEIGHTS
from explorer.text import recall
from explorer.training.recall import accuracy
from explorer.training.recipes import RECIPES
from explorer.training.trainer import best

NAMES = catalogue.names()
GATED = [n for n in catalogue.names("recall") if catalogue.card(n).architecture.cell != "rnn"]


def test_every_model_has_a_recipe_and_every_recipe_for_characters_a_model() -> None:
    spared = ("-book", "-luxun", "en-fr-gru", "en-fr-lstm", "en-zh-gru", "-fresh")
    spared += ("teacher-gru", "teacher-lstm", "pupil-gru")
    assert set(NAMES) - set(catalogue.names("translation")) == {
        name for name in RECIPES if not name.endswith(spared)
    }
    assert set(NAMES) <= set(RECIPES)


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_true(name: str) -> None:
    model, card = catalogue.load(name)
    recipe, weights = RECIPES[name], catalogue.PRETRAINED / name / WEIGHTS
    assert card.name == name
    assert card.sha256 == sha256(weights.read_bytes()).hexdigest()
    assert card.parameters == sum(p.numel() for p in model.parameters())
    assert weights.stat().st_size < (16_000_000 if card.task == "translation" else 2_000_000)
    assert (card.data, card.epochs) == (recipe.data, recipe.plan.epochs)
    assert card.command.startswith(f"python -m explorer train {name}")
    assert card.steps == best(card.curve).step
    assert all(torch.isfinite(p).all() for p in model.parameters())


@pytest.mark.parametrize("name", catalogue.names("language model"))
def test_a_language_model_beats_the_books_configuration(name: str) -> None:
    figures = catalogue.card(name).figures
    book = figures[f"beside {catalogue.card(name).architecture.cell}-book"]
    assert figures["held-out bits per character"] < 0.9 * book["held-out bits per character"]


@pytest.mark.parametrize("situation", recall.SITUATIONS)
@pytest.mark.parametrize("name", GATED)
def test_a_gated_model_remembers_over_a_hundred_steps(name: str, situation: str) -> None:
    model, card = catalogue.load(name)
    assert card.vocabulary == recall.VOCABULARY.tokens
    assert card.figures["accuracy"][situation]["100"] >= 0.99
    assert accuracy(model, situation, 100, texts=200, seed=7) >= 0.97


@pytest.mark.parametrize("name", catalogue.names("recall"))
def test_the_accuracies_on_the_card_are_measured_again(name: str) -> None:
    model, card = catalogue.load(name)
    for situation in recall.SITUATIONS:
        measured = accuracy(model, situation, 20, texts=300, seed=8)
        assert measured == pytest.approx(card.figures["accuracy"][situation]["20"], abs=0.1)
