"""The project's own sentence pairs, English and French, tagged by tense and by who acts.

Made so that tenses, subjects and lengths mix: 2 to 20 English words, questions, negations, relative
clauses.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TENSES = ("present", "past", "future", "conditional", "imperative")
SUBJECTS = ("I", "you", "he", "she", "we", "they", "name", "noun")
"""The subject of the main clause; ``name`` for people by name, ``noun`` for all other nouns."""

_FILE = "sentences.tsv"


@dataclass(frozen=True)
class Sentence:
    """A sentence, its French translation, and the tags of its main clause."""

    english: str
    french: str
    tense: str
    subject: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """All sentence pairs, in the order of the file: by tense, then by subject."""
    text = files("explorer.text").joinpath(_FILE).read_text(encoding="utf-8")
    _header, *lines = text.splitlines()
    return tuple(Sentence(*line.split("\t")) for line in lines)


def english_text() -> str:
    """The English sentences, a line each."""
    return "\n".join(sentence.english for sentence in sentences())
