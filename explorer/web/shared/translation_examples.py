"""Sentences to begin with, for each translation model: what it translates well, and what it fails.

A sentence that one model gets right is another's failure, so each has its own. What is said of them
was read off the outputs; a test holds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from explorer.locale import N_
from explorer.text.words import Language

FIRST = "I want to know when you will come back."
"""The one that every page begins with: all models get it right."""

_BANK = "The old man sat by the bank of the river."
_BEARS = "We didn't see any bears."
_TRUTH = "Why did you not tell me the truth?"
_RAIN = "If it rains tomorrow, I will stay at home."

#: What a person makes of those that are not among the project's own sentences.
TRANSLATIONS: Mapping[str, Mapping[Language, str]] = MappingProxyType(
    {
        FIRST: {
            "fr": "Je voudrais savoir quand tu vas revenir.",
            "zh": "我想知道你什么时候会回来。",
        },
        "I would like to know when the train leaves.": {
            "fr": "J'aimerais savoir à quelle heure part le train.",
            "zh": "我想知道火车什么时候开。",
        },
        _BANK: {
            "fr": "Le vieil homme s'est assis au bord de la rivière.",
            "zh": "老人坐在河边。",
        },
        _TRUTH: {"fr": "Pourquoi ne m'as-tu pas dit la vérité ?", "zh": "你为什么没告诉我真相？"},
        _RAIN: {
            "fr": "S'il pleut demain, je resterai à la maison.",
            "zh": "要是明天下雨，我就待在家里。",
        },
        "I bought 37 books.": {"fr": "J'ai acheté 37 livres.", "zh": "我买了37本书。"},
    }
)


@dataclass(frozen=True)
class Example:
    """A sentence to click.

    Attributes:
        title: On its button, to be translated.
        text: The sentence.
        fault: What is wrong with the translation, to be translated; empty where nothing is.
    """

    title: str
    text: str
    fault: str = ""


_FRENCH = (
    Example(N_("A statement"), FIRST),
    Example(N_("A question"), _TRUTH),
    Example(N_("A new name"), "I think Zelenka lives in Kraków."),
    Example(N_("A long sentence"), "I am learning Chinese because I want to live in China."),
)
_CHINESE = (
    Example(N_("A statement"), FIRST),
    Example(N_("A question"), _TRUTH),
    Example(N_("A new name"), "Where does Zelenka live?"),
    Example(N_("A long sentence"), _RAIN),
)
_FAULTS: Mapping[str, tuple[Example, ...]] = MappingProxyType(
    {
        "en-fr-gru": (
            Example(
                N_("Goes wrong: two meanings"),
                _BANK,
                N_("It writes “banque”, where money is kept, for the bank of a river."),
            ),
            Example(
                N_("Goes wrong: a rare word"),
                _BEARS,
                N_("The bears become a film. How likely was “ours”, the right word?"),
            ),
        ),
        "en-fr-lstm": (
            Example(
                N_("Goes wrong: a number"),
                "I bought 37 books.",
                N_("It writes “books at 37”: the number was copied, but to the wrong place."),
            ),
            Example(
                N_("Goes wrong: a rare word"),
                _BEARS,
                N_("It writes that we saw nothing: the bears are lost."),
            ),
        ),
        "en-zh-gru": (
            Example(
                N_("Goes wrong: the opposite"),
                "My father would never sell this house.",
                N_("It writes 买, “buy”, for “sell”."),
            ),
            Example(
                N_("Goes wrong: half is lost"),
                "She has a cat that sleeps all day.",
                N_("It ends after the cat: what the cat does is lost."),
            ),
        ),
    }
)


def examples(model: str, language: Language) -> tuple[Example, ...]:
    """Those of a model that writes ``language``: what it does well, then what it fails."""
    return (*(_CHINESE if language == "zh" else _FRENCH), *_FAULTS.get(model, ()))
