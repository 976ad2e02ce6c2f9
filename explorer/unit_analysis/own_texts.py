"""The project's own texts, which a result may point into: they ship with it."""

from explorer.models.card import Card
from explorer.text.sentences import sentences
from explorer.text.story import story


def own_texts(card: Card) -> tuple[str, ...]:
    """Those that a model of this card reads: the story, or a line for each sentence pair."""
    if card.source_vocabulary:
        return ("\n".join(f"{one.english}\t{one.french}" for one in sentences()),)
    return ("\n\n".join(part.text for part in story()),)
