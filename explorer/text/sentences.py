"""The project's own sentences in English, French and Chinese, tagged by tense and by who acts.

Made so that tenses, subjects and lengths mix: 2 to 20 English words, questions, negations, relative
clauses.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from explorer.text.words import Language

TENSES = ("present", "past", "future", "conditional", "imperative")
SUBJECTS = ("I", "you", "he", "she", "we", "they", "name", "noun")
"""The subject of the main clause; ``name`` for people by name, ``noun`` for all other nouns."""

_FILE = "sentences.tsv"


@dataclass(frozen=True)
class Sentence:
    """A sentence, its translations, and the tags of its main clause."""

    english: str
    french: str
    chinese: str
    tense: str
    subject: str

    def translation(self, language: Language) -> str:
        """The sentence in French or, as ``zh``, in Chinese."""
        return self.chinese if language == "zh" else self.french


@cache
def sentences() -> tuple[Sentence, ...]:
    """All sentence pairs, in the order of the file: by tense, then by subject."""
    text = files("explorer.text").joinpath(_FILE).read_text(encoding="utf-8")
    _header, *lines = text.splitlines()
    return tuple(Sentence(*line.split("\t")) for line in lines)


def english_text() -> str:
    """The English sentences, a line each."""
    return "\n".join(sentence.english for sentence in sentences())
