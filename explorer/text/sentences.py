"""The project's own sentences in English, French and Chinese, tagged by tense and by who acts.

Made so that tenses, subjects and lengths mix: 2 to 20 English words, questions, negations, relative
clauses. Their words are common ones; sentences with a rare word are a file of their own.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from explorer.text.words import Language

TENSES = ("present", "past", "future", "conditional", "imperative")
SUBJECTS = ("I", "you", "he", "she", "we", "they", "name", "noun")
"""The subject of the main clause; ``name`` for people by name, ``noun`` for all other nouns."""

_FILE, _RARE = "sentences.tsv", "rare_words.tsv"


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
    return _read(_FILE)


@cache
def with_rare_words() -> tuple[Sentence, ...]:
    """Further pairs, each with an English word that the shipped models met at most twice.

    Of the sentences that were held out from these models one in ten has such a word; so they are
    one in ten of these and `sentences` together.
    """
    return _read(_RARE)


def english_text() -> str:
    """The English sentences, a line each."""
    return "\n".join(sentence.english for sentence in sentences())


def _read(file: str) -> tuple[Sentence, ...]:
    text = files("explorer.text").joinpath(file).read_text(encoding="utf-8")
    _header, *lines = text.splitlines()
    return tuple(Sentence(*line.split("\t")) for line in lines)
