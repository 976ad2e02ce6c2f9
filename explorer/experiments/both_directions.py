"""Do words on both sides decide every state of a bidirectional network?

One word at an end of each of the project's own sentences is changed, and the states at the other
places are compared before and after.
"""

from collections.abc import Sequence

import numpy as np

from explorer.cloze.filler import Filler
from explorer.cloze.state_changes import moved
from explorer.experiments.experiment import (
    Experiment,
    Judgement,
    Numbers,
    Spread,
    Table,
    Verdict,
    Watch,
)
from explorer.experiments.tables import Row, column, columns, one_row, rows, spread
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.infill import Infill
from explorer.text.numbers import percent
from explorer.text.sentences import sentences
from explorer.text.words import tokenise

MODEL = "bilstm-infill"
SWAPS = ("today", "yesterday")  # what takes the place; the other one where it is there already
FARTHEST = 6


def measure(watch: Watch) -> Numbers:
    """How far forward and backward states move, by how far they are from the changed word."""
    filler = Filler.of(*load_as(Infill, MODEL))
    return movements(filler, [tokenise(s.english, "en") for s in sentences()], watch)


def movements(
    filler: Filler, texts: Sequence[Sequence[str]], watch: Watch = lambda share: None
) -> Numbers:
    """The same for any filler and sentences: a table for the last word and one for the first."""
    found: dict[str, dict[tuple[str, int], list[float]]] = {"last": {}, "first": {}}
    for done, tokens in enumerate(texts):
        for end, place in (("last", len(tokens) - 2), ("first", 0)):
            if len(tokens) < 3:
                continue
            old = filler.spelled(tokens)[place]
            result = moved(filler, tokens, place, SWAPS[0] if old != SWAPS[0] else SWAPS[1])
            for half in ("forward", "backward"):
                shares = getattr(result, f"{half}_share")[1:-1]  # without <bos> and <eos>
                for other, share in enumerate(shares[:place] if end == "last" else shares[1:-1]):
                    distance = place - other if end == "last" else other + 1
                    found[end].setdefault((half, distance), []).append(float(share))
        watch((done + 1) / len(texts))
    return {f"the {end} word changed": _table(found[end]) for end in found}


def _table(found: dict[tuple[str, int], list[float]]) -> Table:
    """Rows of half and distance; the farthest together."""
    grouped: dict[tuple[str, int], list[float]] = {}
    for (half, distance), shares in found.items():
        grouped.setdefault((half, min(distance, FARTHEST)), []).extend(shares)
    made: list[Row] = [
        {
            "half": half,
            "words away": distance,
            "moved": float(np.mean([share > 0 for share in grouped[half, distance]])),
            **vars(Spread.of(grouped[half, distance])),
        }
        for half, distance in sorted(grouped, key=lambda of: (of[0] != "forward", of[1]))
    ]
    return columns(made)


def judge(numbers: Numbers) -> Judgement:
    """It holds if a change behind a state moves the backward half of all, and one before all."""
    last, first = numbers["the last word changed"], numbers["the first word changed"]
    reached = min(_share(last, "backward"), _share(first, "forward"))
    leaked = max(_share(last, "forward"), _share(first, "backward"))
    verdict: Verdict = (
        "holds"
        if reached > 0.99 and leaked == 0
        else "holds in part"
        if reached > 0.5
        else "does not hold here"
    )
    return Judgement(
        verdict,
        N_(
            "Changing the last word changed the backward half of {backward} of the states "
            "before it; changing the first word changed the forward half of {forward} of the "
            "states after it. The other half changed in {leaked}. Relative to its norm, the "
            "half next to the changed last word changed by {near}; six or more words away, "
            "by {far} ({sentences} sentences; one trained model)."
        ),
        {
            "backward": percent(_share(last, "backward")),
            "forward": percent(_share(first, "forward")),
            "leaked": percent(leaked),
            "near": percent(_mean(last, "backward", 1)),
            "far": percent(_mean(last, "backward", FARTHEST)),
            "sentences": str(rows(last, half="backward")[0]["count"]),  # states next to it
        },
    )


def _share(table: Table, half: str) -> float:
    """The share of states that moved at all."""
    found = rows(table, half=half)
    return float(np.average(column(found, "moved"), weights=column(found, "count")))


def _mean(table: Table, half: str, distance: int) -> float:
    return spread(one_row(table, half=half, **{"words away": distance})).mean


EXPERIMENT = Experiment(
    name="both-directions",
    section="9.4",
    claim=N_(
        "In a bidirectional network, the words on both sides determine the state at every position."
    ),
    measure=measure,
    judge=judge,
)
