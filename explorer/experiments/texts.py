"""Texts to measure on: own sentences, which no model has read, and questions of one length."""

from random import Random

from explorer.text import recall
from explorer.text.sentences import sentences

CHUNKS = 10


def chunks() -> list[str]:
    """The English sentences as one text, in ten parts of one length; the spread is over these."""
    text = " ".join(sentence.english for sentence in sentences())
    length = len(text) // CHUNKS
    return [text[start : start + length] for start in range(0, CHUNKS * length, length)]


def windows(text: str, length: int, *, stride: int) -> list[str]:
    """All stretches of so many characters that begin ``stride`` characters apart."""
    return [text[start : start + length] for start in range(0, len(text) - length + 1, stride)]


def questions(random: Random, count: int, *, past: int, lag: int) -> list[str]:
    """Texts of the recall task whose key stands at the same step in all of them.

    Args:
        random: A source of chance.
        count: How many.
        past: Noise before ``!`` and the key, which so stands at step past + 1.
        lag: Steps from the key to the question, which ends the text.
    """
    return [
        f"{_noise(random, past)}!{key}{_noise(random, lag - 1)}?"
        for key in random.choices(recall.KEYS, k=count)
    ]


def _noise(random: Random, length: int) -> str:
    return "".join(random.choices(recall.NOISE, k=length))
