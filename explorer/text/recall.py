"""A language made to need gates: facts to keep, stretches to skip, breaks to forget at.

Three situations motivate gates in *Dive into Deep Learning*, section 9.1: an early symbol that
decides the end, noise in between that means nothing, and a break after which the past no longer
counts. Here all three are written in one language of single characters:

====================  ============================================================
``!A``                announces a key, one of ``A B C D``; a bare key means nothing
``( … )``             a stretch that counts for nothing, whatever it holds;
                      the first ``)`` ends it
``|``                 a break: what was announced before it is forgotten
``?``                 asks; the next token answers: the last key announced, ``-`` if none
``a`` to ``h``        noise
====================  ============================================================
"""

import re
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from explorer.text.vocabulary import UNKNOWN, Vocabulary

KEYS = "ABCD"
NOISE = "abcdefgh"
NOTHING = "-"
STRANGER = "·"
"""A character that the vocabulary has never seen: it reads as ``<unk>`` and counts as noise."""

VOCABULARY = Vocabulary((UNKNOWN, *KEYS, *NOISE, *"!()|?", NOTHING))

SHORTEST = 5
"""The smallest lag at which every situation fits."""

_SKIPPED = re.compile(r"\([^)]*(\)|$)")
_ANNOUNCED = re.compile(f"!([{KEYS}])")


def answer(text: str) -> str:
    """What the language answers if ``text`` is followed by ``?``; a ``?`` at its end is no harm."""
    counting = _SKIPPED.sub("()", text)
    announced = _ANNOUNCED.findall(counting.rpartition("|")[2])
    return announced[-1] if announced else NOTHING


def recall(random: Random, lag: int) -> str:
    """A question ``lag`` tokens after the key that answers it, and noise in between."""
    return f"{_past(random)}!{random.choice(KEYS)}{_noise(random, lag - 1)}?"


def skip(random: Random, lag: int) -> str:
    """As `recall`, with brackets over at least half of the way that hold misleading keys."""
    way = lag - 1
    width = random.randint(max(4, way // 2), way)
    before = random.randint(0, way - width)
    fact = f"!{random.choice(KEYS)}{_noise(random, before)}"
    return f"{_past(random)}{fact}{_brackets(random, width)}{_noise(random, way - width - before)}?"


def forget(random: Random, lag: int) -> str:
    """A question ``lag`` tokens after a break, or after the first key announced behind a break."""
    old = f"{_past(random)}!{random.choice(KEYS)}{_noise(random, random.randint(0, 20))}|"
    if random.random() < 0.5:
        return f"{old}{_noise(random, lag - 1)}?"
    new = f"{_noise(random, random.randint(0, 5))}!{random.choice(KEYS)}"
    return f"{old}{new}{_noise(random, lag - 1)}?"


SITUATIONS: Mapping[str, Callable[[Random, int], str]] = MappingProxyType(
    {"recall": recall, "skip": skip, "forget": forget}
)
"""Each makes a text that ends in ``?``, from a source of chance and a lag ≥ `SHORTEST`."""


def free(random: Random, length: int) -> str:
    """Some ``length`` tokens of everything in any order, every question with its answer."""
    text = ""
    while len(text) < length:
        text += _piece(random)
        if random.random() < 0.3:
            text += f"?{answer(text)}"
    return text


def _piece(random: Random) -> str:
    """A stretch of noise and then one thing that may count."""
    noise = _noise(random, int(2 ** random.uniform(0, 5)), letters=NOISE * 4 + KEYS + STRANGER)
    kind = random.choice("!!(|.")
    if kind == "!":
        return f"{noise}!{random.choice(KEYS)}"
    if kind == "(":
        return noise + _brackets(random, random.randint(4, 40))
    return noise + kind.strip(".")


def _past(random: Random) -> str:
    """A little noise, and as often as not a key that is soon out of date."""
    noise = _noise(random, random.randint(0, 5))
    return noise if random.random() < 0.5 else f"!{random.choice(KEYS)}{noise}"


def _brackets(random: Random, width: int) -> str:
    """A bracketed stretch of ``width`` ≥ 4 tokens: noise, a key announced in it, other decoys."""
    inside = list(_noise(random, width - 2))
    for _ in range(random.randint(0, 1 + width // 8)):
        inside[random.randrange(len(inside))] = random.choice(KEYS + "|")
    at = random.randrange(len(inside) - 1)
    inside[at : at + 2] = "!", random.choice(KEYS)
    return f"({''.join(inside)})"


def _noise(random: Random, length: int, *, letters: str = NOISE) -> str:
    return "".join(random.choices(letters, k=length))
