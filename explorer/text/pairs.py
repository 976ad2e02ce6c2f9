"""Sentences with their translations: read from TSV, and split so that no test sentence leaks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from explorer.errors import ExplorerError
from explorer.text.components import components

SHORTEST, LONGEST = 2, 20
"""Words of a sentence that may be held out."""

Together = Literal["sentence", "component"]
"""What stays on one side of a split: a sentence with its translations, or also all sentences that
share a translation with it, and those that share one with these, and so on."""

_ATTRIBUTION = "CC-BY "  # how the last column of newer files from manythings.org begins


@dataclass(frozen=True)
class Pair:
    """A sentence and all its known translations, in the order in which they came."""

    source: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Pairs to learn from, to choose by and to measure on; no sentence is on two sides."""

    training: tuple[Pair, ...]
    validation: tuple[Pair, ...]
    test: tuple[Pair, ...]


def parse(text: str) -> tuple[Pair, ...]:
    """The pairs of a TSV text: a sentence, then its translations, a tab between any two.

    Lines of the same sentence become one pair. Blank lines are passed over, and so is the column
    of attributions that newer files from manythings.org have.

    Raises:
        ExplorerError: A line has no sentence or no translation, or there is no line at all.
    """
    found: dict[str, dict[str, None]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            source, references = _fields(line, number)
            found.setdefault(source, {}).update(dict.fromkeys(references))
    if not found:
        raise ExplorerError("There are no sentence pairs in this file.")
    return tuple(Pair(source, tuple(references)) for source, references in found.items())


def _fields(line: str, number: int) -> tuple[str, list[str]]:
    source, *rest = (field.strip() for field in line.split("\t"))
    references = [field for field in rest if field and not field.startswith(_ATTRIBUTION)]
    if not source or not references:
        raise ExplorerError(
            "Line {number} is not a sentence pair: it needs a sentence, a tab and a translation.",
            number=number,
        )
    return source, references


def split(
    pairs: Iterable[Pair], *, held_out: int, seed: int, together: Together = "component"
) -> Split:
    """Hold ``held_out`` sentences of 2 to 20 words out for the test and as many for validation.

    Sentences that differ in case and punctuation alone count as the same, and so do translations.

    Args:
        pairs: All pairs.
        held_out: Sentences on each of the two sides.
        seed: Decides which.
        together: What stays on one side. By ``sentence``, translations of test sentences are also
            among those that a model learns from: of 2,000 sentences of the English–French corpus,
            216 have such a one. The first models were trained so.

    Raises:
        ExplorerError: There are fewer than three times as many sentences of such lengths.
    """
    groups = _groups(tuple(pairs), together)
    eligible = {words for words, group in groups.items() if all(map(_eligible, group))}
    _check_size(sum(len(groups[words]) for words in eligible), held_out)
    sides: tuple[list[Pair], ...] = ([], [], [])  # test, validation, training
    for words in Random(seed).sample(sorted(groups), len(groups)):
        group = groups[words]
        fits = [len(side) + len(group) <= held_out and words in eligible for side in sides[:2]]
        sides[[*fits, True].index(True)].extend(group)
    test, validation, training = map(tuple, sides)
    return Split(training, validation, test)


def _groups(pairs: Sequence[Pair], together: Together) -> dict[str, list[Pair]]:
    """What stays together, by the words of a sentence of it, the first in alphabetical order."""
    joined = [_keys(pair, together) for pair in pairs]
    groups = [[pairs[place] for place in places] for places in components(joined)]
    return {min(normalised(pair.source) for pair in group): group for group in groups}


def _keys(pair: Pair, together: Together) -> set[tuple[str, str]]:
    """What joins a pair to others: its sentence, and its translations if these count."""
    references = pair.references if together == "component" else ()
    translations = {("translation", normalised(reference)) for reference in references}
    return {("sentence", normalised(pair.source)), *translations}


def normalised(sentence: str) -> str:
    """The sentence without case and punctuation: its words, a space between them."""
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", sentence.casefold())))


def _eligible(pair: Pair) -> bool:
    return SHORTEST <= len(normalised(pair.source).split()) <= LONGEST


def _check_size(eligible: int, held_out: int) -> None:
    enough = 3 * held_out
    if eligible < enough:
        raise ExplorerError(
            "The corpus has {count} sentences of {shortest} to {longest} words; this model needs "
            "at least {enough}.",
            count=eligible,
            shortest=SHORTEST,
            longest=LONGEST,
            enough=enough,
        )
