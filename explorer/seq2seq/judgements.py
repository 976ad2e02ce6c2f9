"""Which test translations a reader judges, and the file of what that reader found.

The file has no text of the corpus: a line a translation with the sentence's place in the test split
(from 0), the verdict, and the main fault. docs/training.md says what the words mean.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from explorer.errors import ExplorerError
from explorer.models.reading import FAULTS, VERDICTS, Fault, Reader, Reading, Verdict
from explorer.text.numbers import read_whole

FILE = "judgements.tsv"  # beside the card
READ, SEED = 60, 0
_HEADER = ("number", "judgement", "fault")
_NONE = "none"


@dataclass(frozen=True)
class Judgement:
    """One translation judged.

    Args:
        number: The sentence's place in the test split, from 0.
        verdict: How well the translation says what the sentence says.
        fault: The main fault; None if it is right.
    """

    number: int
    verdict: Verdict
    fault: Fault | None


def drawn(sentences: int, *, seed: int = SEED) -> tuple[int, ...]:
    """The places of the test sentences that are read, `READ` of so many, or all if they are fewer.

    The same for all models with as many test sentences.
    """
    return tuple(sorted(Random(seed).sample(range(sentences), min(READ, sentences))))


def parse(text: str) -> tuple[Judgement, ...]:
    """The judgements of a file: a header, then a line each, tabs between the columns.

    Raises:
        ExplorerError: A line is no judgement.
    """
    header, *lines = (tuple(line.split("\t")) for line in text.splitlines() or [""])
    if header != _HEADER:
        raise _no_judgement(1)
    return tuple(_judgement(line, number) for number, line in enumerate(lines, start=2))


def _judgement(columns: tuple[str, ...], line: int) -> Judgement:
    try:
        place, verdict, fault = columns
        number = read_whole(place)
    except ValueError:
        raise _no_judgement(line) from None
    if verdict == "right" and fault == _NONE:
        return Judgement(number, "right", None)
    if verdict == "right" or verdict not in VERDICTS or fault not in FAULTS:
        raise _no_judgement(line)
    return Judgement(number, verdict, fault)


def _no_judgement(line: int) -> ExplorerError:
    return ExplorerError(
        "Line {line} is no judgement. The first line is: {header}; every other one has a number, "
        "one of {verdicts}, and the main fault, one of {faults}, or “{none}” if it is right.",
        line=line,
        header=", ".join(_HEADER),
        verdicts=", ".join(VERDICTS),
        faults=", ".join(FAULTS),
        none=_NONE,
    )


def reading(
    judgements: Iterable[Judgement],
    *,
    sentences: int,
    reader: Reader,
    day: str,
    seed: int = SEED,
) -> Reading:
    """What the judgements come to, for the card.

    Args:
        judgements: All of them.
        sentences: How many the test split has.
        reader: Who made them.
        day: When they were made, as 2026-11-27.
        seed: Of the draw.

    Raises:
        ExplorerError: They are not of the sentences that this seed draws, each once.
    """
    given = tuple(judgements)
    if tuple(one.number for one in given) != drawn(sentences, seed=seed):
        raise ExplorerError(
            "These are not judgements of the sentences that seed {seed} draws of {sentences}, "
            "in their order and each once.",
            seed=seed,
            sentences=sentences,
        )
    verdicts = Counter(one.verdict for one in given)
    faults = Counter(one.fault for one in given if one.fault)
    return Reading(
        reader=reader,
        day=day,
        seed=seed,
        verdicts={verdict: verdicts[verdict] for verdict in VERDICTS},
        faults=dict(sorted(faults.items())),
    )
