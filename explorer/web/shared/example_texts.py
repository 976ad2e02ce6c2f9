"""Texts to begin with, for each language that a model was trained on, and for a reader's own."""

from dataclasses import dataclass
from typing import Literal

from explorer.locale import N_
from explorer.models.card import Card
from explorer.models.own_folder import is_own
from explorer.text.story import chinese_story
from explorer.text.words import is_chinese

Reads = Literal["english", "chinese", "recall"]
"""What a model has read: English or Chinese text, or the recall language."""

#: The longest text that the pages read, characters.
LONGEST = 400


@dataclass(frozen=True)
class Example:
    """A text to click; its title and what to look for in it are to be translated."""

    title: str
    text: str
    look_for: str


EXAMPLES: dict[Reads, tuple[Example, ...]] = {
    "english": (
        Example(
            N_("A sentence"),
            "'You are late,' said the Psychologist. The Time Traveller only smiled, "
            "and laid a small wheel of brass upon the table.",
            N_("Which units change at a space, at a full stop, inside quotation marks?"),
        ),
        Example(
            N_("A repeated word"),
            "the the the the the the the the the the the the",
            N_("The same word over and over: when do the gates settle?"),
        ),
        Example(
            N_("Line ends"),
            "The night was dark;\nthe wood was still;\nand all the little people slept.\n",
            N_("Line ends: does any unit count how far into the line it is?"),
        ),
        Example(
            N_("Strange letters"),
            "Zeitmaschine, Дом, 42 km/h",
            N_("Letters that the model has never or hardly ever seen: watch the surprise."),
        ),
    ),
    "chinese": (
        Example(
            N_("A sentence"),
            "“你来得晚了。”老人说。我只笑了一笑，把灯放在桌上，看着窗外的雪。",
            N_("Which units change at a comma, at a full stop, inside quotation marks?"),
        ),
        Example(
            N_("A repeated character"),
            "人人人人人人人人人人人人",
            N_("The same character over and over: when do the gates settle?"),
        ),
        Example(
            N_("Line ends"),
            "夜很深了。\n风停了，狗也不叫了，\n只有河水还在流。\n",
            N_("Line ends: a paragraph is a line here. What does the model expect after one?"),
        ),
        Example(
            N_("A story"),
            "\n".join(chinese_story().splitlines()[:3]),
            N_("The project’s own story: does any unit count how far into the paragraph it is?"),
        ),
        Example(
            N_("Strange letters"),
            "電腦里的Дом，每小时42公里",
            N_("Letters that the model has never or hardly ever seen: watch the surprise."),
        ),
    ),
    "recall": (
        Example(
            N_("Recall"),
            "!Abcdahbfegcadhbfcagehdbacfhgebdafcghabde?A",
            N_("Recall: !A must be remembered through the noise until ? asks for it."),
        ),
        Example(
            N_("Skip"),
            "!Cab(fg!Bhd!Dacebfh!Agcd)eahb?C",
            N_("Skip: everything in brackets, including other keys, is noise."),
        ),
        Example(
            N_("Forget"),
            "!Dabcfhe|gbdahcfeabgdch?-",
            N_("Forget: after the break |, nothing is known any more, so the answer is -."),
        ),
        Example(
            N_("All three"),
            "!Abg(c!Dh)f?A|ceh?-!Bdaf(!Cg)hb?B",
            N_("All three situations, one after another."),
        ),
    ),
}

#: Texts to put beside the first of those above: each differs from it in little, step by step.
SECOND: dict[Reads, tuple[Example, ...]] = {
    "english": (
        Example(
            N_("One new line more"),
            "'You are late,' said the Psychologist.\nThe Time Traveller only smiled, "
            "and laid a small wheel of brass upon the table.",
            N_("A new line in place of one space: which units begin to count again?"),
        ),
        Example(
            N_("No quotation marks"),
            " You are late,  said the Psychologist. The Time Traveller only smiled, "
            "and laid a small wheel of brass upon the table.",
            N_("Spaces in place of the quotation marks: which units tell the difference?"),
        ),
    ),
    "chinese": (
        Example(
            N_("One new line more"),
            "“你来得晚了。”老人说\n我只笑了一笑，把灯放在桌上，看着窗外的雪。",
            N_("A new line in place of a full stop: which units begin again?"),
        ),
        Example(
            N_("No quotation marks"),
            "，你来得晚了。，老人说。我只笑了一笑，把灯放在桌上，看着窗外的雪。",
            N_("Commas in place of the quotation marks: which units tell the difference?"),
        ),
    ),
    "recall": (
        Example(
            N_("Another key"),
            "!Cbcdahbfegcadhbfcagehdbacfhgebdafcghabde?C",
            N_("The key is C, not A: which units stay apart until the question?"),
        ),
        Example(
            N_("A break"),
            "!Abcdahbfegcadhbfcag|hdbacfhgebdafcghabde?-",
            N_("After the break |, the key counts no more: which units let go of it?"),
        ),
    ),
}

#: What is to be known to read the texts (to be translated).
EXPLAINED: dict[Reads, str] = {
    "english": N_(
        "This model was trained on *The Time Machine* and predicts the next character at "
        "every step."
    ),
    "chinese": N_(
        "This model was trained on stories and essays by Lu Xun and predicts the next "
        "character at every step."
    ),
    "recall": N_(
        "This tiny model was trained on three generated tasks. A capital letter A to D "
        "after an exclamation mark must be remembered; a to h are noise; everything in "
        "round brackets must be skipped; after a vertical bar, the past must be "
        "forgotten; a question mark asks, and the next character is the answer (a hyphen "
        "where nothing is known)."
    ),
}


#: The same for a model of the reader's own, of which nothing else is known.
EXPLAINED_OWN: dict[str, str] = {
    "characters": N_("A model of your own: it predicts the next character at every step."),
    "words": N_(
        "A model of your own: it predicts the next word at every step. Words are what stands "
        "between spaces."
    ),
    "numbers": N_(
        "A model of your own: it predicts the next number at every step. Type numbers with spaces "
        "or commas between them."
    ),
}
_FIRST = 12
"""Tokens of a text to begin with."""


def examples(name: str, card: Card) -> tuple[Example, ...]:
    """Texts for the model ``name``, the one to begin with first."""
    return (_own(card),) if is_own(name) else EXAMPLES[reads(card)]


def second_examples(name: str, card: Card) -> tuple[Example, ...]:
    """Texts to put beside that."""
    return (_own(card, backwards=True),) if is_own(name) else SECOND[reads(card)]


def explained(name: str, card: Card) -> str:
    """What is to be known to read the texts of the model ``name`` (to be translated)."""
    if not is_own(name):
        return EXPLAINED[reads(card)]
    return EXPLAINED_OWN[card.tokenisation.kind if card.tokenisation else "characters"]


def _own(card: Card, *, backwards: bool = False) -> Example:
    """Tokens that the model has, since nothing is known of what it has learned."""
    words, own = card.words, card.tokenisation
    apart = {*words.unsaid, own.end if own else None}
    some = [t for t in words.tokens if t not in apart and words.split(t) == (t,)]
    some = [t for t in some if any(map(str.isalnum, t))] or some
    first = some[:_FIRST]
    return Example(
        N_("The first tokens, backwards") if backwards else N_("Its first tokens"),
        words.join(reversed(first) if backwards else first),
        N_("Tokens as the vocabulary lists them, only to begin with: type a text of your own."),
    )


def reads(card: Card) -> Reads:
    """What a shipped model has read."""
    if card.task == "recall":
        return "recall"
    return "chinese" if is_chinese(card.vocabulary) else "english"
