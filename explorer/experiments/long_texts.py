"""Texts of one length to follow a state through: own sentences, or the recall language.

Knows nothing of models.
"""

from random import Random

from explorer.text import recall
from explorer.text.sentences import sentences


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
    """The project's own English sentences in an order of their own, cut at ``length`` characters.

    Args:
        number: Decides the order.
        length: Of the text, in characters.
    """
    shuffled = [pair.english for pair in sentences()]
    Random(number).shuffle(shuffled)
    return " ".join(shuffled)[:length]
