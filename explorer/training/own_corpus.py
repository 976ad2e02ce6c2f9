"""What a card says of what was read: our corpus is known by its text, a reader's by its name."""

from dataclasses import replace
from hashlib import sha256

from explorer.models.card import Data
from explorer.training.described import CORPORA, OWN_CHOSEN, TAUGHT
from explorer.training.recipe import Recipe


def described(known: Data, text: str, corpus: str) -> Data:
    """What is known of a corpus if this is its text; of another only what the reader calls it.

    Args:
        known: What is said of a corpus of ours.
        text: The text that is read.
        corpus: What it is called if it is another, such as the name of its file.
    """
    ours = sha256(text.encode()).hexdigest() == CORPORA[known]
    return known if ours else Data(name=corpus)


def as_read(recipe: Recipe, text: str | None, corpus: str, *, taught: bool = False) -> Recipe:
    """The recipe, saying of its data and its choices what is true of what is read.

    Args:
        recipe: What is trained.
        text: What it is trained on; None for a language that is generated.
        corpus: As of `described`.
        taught: Whether it learns from other models' translations, too.
    """
    if text is None or recipe.data not in CORPORA:
        return recipe
    data = described(recipe.data, text, corpus)
    chosen = recipe.chosen if data == recipe.data else OWN_CHOSEN
    return replace(recipe, data=data, chosen=f"{chosen} {TAUGHT}" if taught else chosen)
