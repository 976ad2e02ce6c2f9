"""Models of the recall language trained from a recipe and any seed."""

import torch

from explorer.models.language_model import LanguageModel
from explorer.training.make import begun
from explorer.training.recipes import RECIPES


def recall_model(name: str, seed: int) -> LanguageModel:
    """The model of a recipe after training: of its epochs, the one with the fewest wrong answers.

    Args:
        name: Of the recipe.
        seed: Decides weights and texts.
    """
    with torch.random.fork_rng():
        trainer = begun(RECIPES[name], text=None, seed=seed)
    while trainer.step < trainer.steps:
        trainer.epoch()
    model: LanguageModel = trainer.model
    model.load_state_dict(trainer.best)
    return model.eval()
