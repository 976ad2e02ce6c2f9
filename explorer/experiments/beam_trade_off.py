"""Is beam search between greedy and exhaustive search, in what it finds and in what it costs?

Translations of the project's own short sentences (section 9.8), ranked by log p alone, so that
exact search can prove the best. Exhaustive search would score |Y|^T′ sequences; it is counted, not
run.
"""

import math
from collections.abc import Iterator
from functools import partial

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, number, spread_columns
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.search.text_search import TextSearch, translation_search
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import power_of_ten
from explorer.text.sentences import sentences

MODEL = "en-fr-gru"
LONGEST = 8  # tokens of a source, pieces of rare words apart
WIDTHS = (1, 2, 5, 10, 20)
PREFIXES = 5000  # after so many exact search gives up; its sentence is left out


def measure(watch: Watch) -> Numbers:
    """By width: nats below the proved best, whether it was found, and continuations scored."""
    translator = Translator.of(*load_as(Seq2Seq, MODEL))
    texts = [s.english for s in sentences() if len(translator.read(s.english)) <= LONGEST]
    found: list[Row] = []
    for done, text in enumerate(texts, 1):
        found += _searched(translation_search(translator, text))
        watch(done / len(texts))
    return {
        value: spread_columns(
            [{"width": row["width"], value: row[value]} for row in found], value=value
        )
        for value in ("nats below the best", "found the best", "log10 of continuations")
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if wider beams find the best more often and none costs as much as all sequences."""
    hits = [_mean(numbers, "found the best", width) for width in WIDTHS]
    costs = [_mean(numbers, "log10 of continuations", width) for width in WIDTHS]
    every = _mean(numbers, "log10 of continuations", "exhaustive")
    between = costs == sorted(costs) and costs[-1] < every
    better = hits[-1] > hits[0]
    steady = hits == sorted(hits)
    return Judgement(
        ("does not hold here", "holds in part", "holds")[
            (between and better) + (between and better and steady)
        ],
        N_(
            "Greedy search finds the proved optimum for {greedy} of {count} sentences, width "
            "5 for {five} and width 20 for {twenty}. Width 20 scores {times} times as many "
            "continuations as greedy search; exhaustive search would score {every}."
        ),
        {
            "greedy": f"{hits[0]:.0%}",
            "count": str(numbers["found the best"]["count"][0]),
            "five": f"{hits[WIDTHS.index(5)]:.0%}",
            "twenty": f"{hits[-1]:.0%}",
            "times": f"{10 ** (costs[-1] - costs[0]):.0f}",
            "every": power_of_ten(round(every)),
        },
    )


def _mean(numbers: Numbers, value: str, width: int | str) -> float:
    return number(numbers[value], "mean", lambda row: row["width"] == width)


def _searched(asked: TextSearch) -> Iterator[Row]:
    """A row a width, then those of exact and exhaustive search.

    None if the best is not proved, or if a beam was cut: what has not ended is not comparable.
    """
    search = partial(decode, asked.scorer, asked.source, alpha=0.0, max_length=asked.max_length)
    best = search(strategy="exact", budget=Budget(nodes=PREFIXES))
    if not best.proved_optimal:
        return
    beams = [search(strategy="beam", width=width) for width in WIDTHS]
    if any(tree.unfinished for tree in beams):
        return
    for tree in beams:
        below = max(0.0, best.n_best[0].log_prob - tree.n_best[0].log_prob)
        yield _row(tree.width, below, math.log10(tree.bill.continuations_scored))
    yield _row("exact", 0.0, math.log10(best.bill.continuations_scored))
    yield _row("exhaustive", 0.0, asked.max_length * math.log10(len(asked.vocabulary)))


def _row(width: int | str, below: float, cost: float) -> Row:
    return {
        "width": width,
        "nats below the best": below,
        "found the best": float(below < 1e-3),
        "log10 of continuations": cost,
    }


EXPERIMENT = Experiment(
    name="beam-trade-off",
    section="9.8",
    claim=N_(
        "Beam search lies between greedy and exhaustive search: it finds more than the "
        "former and costs less than the latter."
    ),
    measure=measure,
    judge=judge,
)
