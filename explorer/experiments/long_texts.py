"""Texts of one length to follow a state through: own sentences, or the recall language."""

from random import Random

from explorer.experiments.texts import chunks
from explorer.text import recall


def of_recall(number: int, length: int) -> str:
    """A text of the recall language whose last token asks for what was announced at its start.

    Args:
        number: Decides the text and, in turn, which of the three situations it is of.
        length: Of the text, in tokens.
    """
    random = Random(number)
    makers = tuple(recall.SITUATIONS.values())
    text = makers[number % len(makers)](random, length - 2)
    return text[-length:]


def of_sentences(number: int, length: int) -> str:
    """The beginning of one of the ten parts of the project's own English sentences.

    Args:
        number: Of the part, 0 to 9.
        length: Of the text, in characters.
    """
    return chunks()[number][:length]
