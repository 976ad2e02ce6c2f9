"""What an experiment is: a claim, a measurement, and a verdict judged from the numbers alone.

Torch is not imported, so that a page can show at once what was measured.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Literal, TypeAlias, get_args

from explorer.errors import ExplorerError
from explorer.locale import N_
from explorer.stored import document
from explorer.stored.typed import record

Verdict = Literal["holds", "holds in part", "does not hold here"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_SAID = (N_("holds"), N_("holds in part"), N_("does not hold here"))  # for the catalogues

Value: TypeAlias = float | int | str | None
#: Columns of one length by name. What has a spread has columns mean, sd and count beside it.
Table: TypeAlias = Mapping[str, Sequence[Value]]
#: Tables by name: all that an experiment measured.
Numbers: TypeAlias = Mapping[str, Table]
#: Told the share that is done, from 0 to 1.
Watch: TypeAlias = Callable[[float], None]


@dataclass(frozen=True)
class Judgement:
    """What the numbers say of the claim.

    Attributes:
        verdict: Whether it holds.
        sentence: By how much: an English template that the catalogues translate, so always written
            as a literal in ``N_``.
        values: What goes into its places, and into those of the method and rule that a page shows
            beside it, written as text.
    """

    verdict: Verdict
    sentence: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True)
class Experiment:
    """A claim of the chapter and how it is put to the test.

    Attributes:
        name: What the command and the file of its result are called.
        section: Of *Dive into Deep Learning*, such as "9.1".
        claim: In the project's own words; an English message that the catalogues translate.
        measure: Gives the numbers. The same on one machine whenever it is called, but for times.
        judge: Gives the verdict from the numbers and nothing else.
    """

    name: str
    section: str
    claim: str
    measure: Callable[[Watch], Numbers]
    judge: Callable[[Numbers], Judgement]


@dataclass(frozen=True)
class Result:
    """What was measured, and the judgement of it; JSON that a person can read.

    Attributes:
        name: Of the experiment.
        section: Of the book.
        claim: As the experiment words it.
        judgement: By these numbers.
        numbers: All that was measured.
        command: What measures it again.
        seconds: How long it took.
        torch: The version that computed it.
    """

    name: str
    section: str
    claim: str
    judgement: Judgement
    numbers: Numbers
    command: str
    seconds: float
    torch: str

    def to_json(self) -> str:
        """The result as JSON; numbers that are not finite are null."""
        return json.dumps(_finite(asdict(self)), ensure_ascii=False, allow_nan=False)

    @classmethod
    def read(cls, file: Path) -> "Result":
        """The result kept in a file.

        Raises:
            ExplorerError: The file is missing or damaged.
        """
        try:
            return record(cls, document.read(file))
        except (OSError, ValueError):
            here = Path.cwd()
            shown = file.relative_to(here) if file.is_relative_to(here) else file
            raise ExplorerError(
                "The result {file} is missing or damaged; regenerate it with: {command}",
                file=str(shown),
                command=f"python -m explorer experiment {file.stem} --out {shown}",
            ) from None


@dataclass(frozen=True)
class Spread:
    """A number measured several times, over seeds or sentences.

    Attributes:
        mean: Its mean.
        sd: Its standard deviation with n − 1; 0 of a single value.
        count: n, how many values there are.
    """

    mean: float
    sd: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """The spread of at least one value."""
        return cls(fmean(values), stdev(values) if len(values) > 1 else 0.0, len(values))


def _finite(value: Any) -> Any:
    """The value with null for every number that JSON has no word for."""
    if isinstance(value, Mapping):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
