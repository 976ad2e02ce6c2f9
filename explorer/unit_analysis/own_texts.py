"""The project's own texts, which a result may point into: they ship with it."""

from random import Random

from explorer.models.card import Card
from explorer.text import recall
from explorer.text.sentences import sentences
from explorer.text.story import chinese_story, story
from explorer.text.words import is_chinese

_TEXTS, _TOKENS = 200, 300  # of the recall language


def own_texts(card: Card, part: str = "decoder") -> tuple[str, ...]:
    """Those that a model of this card reads, or this part of a translation model.

    The story in its language; a line for each sentence pair; or in the recall language texts that
    were drawn for this, the same every time. None for a decoder of a language that no pair is in.
    """
    if card.vocabulary == recall.VOCABULARY.tokens:
        return tuple(recall.free(Random(f"units {n}"), _TOKENS) for n in range(_TEXTS))
    if card.source_vocabulary and part == "decoder" and card.target_language == "zh":
        return ()
    if card.source_vocabulary or card.task == "infill":
        return ("\n".join(f"{one.english}\t{one.french}" for one in sentences()),)
    if is_chinese(card.vocabulary):
        return (chinese_story(),)
    return ("\n\n".join(part.text for part in story()),)
