"""Is beam search between greedy and exhaustive search, in what it finds and in what it costs?

Translations of the project's own short sentences (section 9.8), ranked as the pages rank them, by
log p / L^0.75; exact search proves the best. Exhaustive search would score |Y|^T′ sequences; it is
counted, not run.
"""

import math
from collections.abc import Iterator, Sequence
from functools import partial

from explorer.decoding.budget import Budget
from explorer.decoding.decode import decode
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Table, Watch
from explorer.experiments.own_translations import measured
from explorer.experiments.tables import Row, columns, one_row, spread_columns
from explorer.experiments.verdicts import CONFIDENCE, by_share, sign_test
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.search.text_search import TextSearch, translation_search
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import percent, power_of_ten, short

MODEL = "en-fr-gru"
LONGEST = 8  # tokens of a source, pieces of rare words apart
WIDTHS = (1, 2, 5, 10, 20)
ALPHA = 0.75
JUDGED = 5  # the width that is judged beside greedy search
BELOW, FOUND, COST = "score below the best", "found the best", "log10 of continuations"
PREFIXES = 5000  # after so many exact search gives up; its sentence is left out


def measure(watch: Watch) -> Numbers:
    """By width: score below the proved best, whether it was found, and continuations scored."""
    translator = Translator.of(*load_as(Seq2Seq, MODEL))
    texts = [s.english for s in measured() if len(translator.read(s.english)) <= LONGEST]
    found: list[list[Row]] = []
    for done, text in enumerate(texts, 1):
        found.append(list(_searched(translation_search(translator, text))))
        watch(done / len(texts))
    proved = [of for of in found if of]
    every = [row for of in proved for row in of]
    tables = {
        value: spread_columns([{"width": r["width"], value: r[value]} for r in every], value=value)
        for value in (BELOW, FOUND, COST)
    }
    return {**tables, "beside greedy": beside_greedy(proved), "tried": {"sentences": [len(texts)]}}


def beside_greedy(searches: Sequence[Sequence[Row]]) -> Table:
    """For every width, how many sentences' proved best it alone finds, and greedy search alone."""
    found = [{row["width"]: row[FOUND] == 1 for row in of} for of in searches]
    counted: list[Row] = [
        {
            "width": width,
            "this alone": sum(of[width] and not of[1] for of in found),
            "greedy alone": sum(of[1] and not of[width] for of in found),
        }
        for width in WIDTHS[1:]
    ]
    return columns(counted)


def judge(numbers: Numbers) -> Judgement:
    """It holds if a beam of 5 finds more proved optima than greedy search, and costs less than all.

    More: a sign test over the sentences whose optimum one of the two alone finds, p < 0.05. Less: a
    beam of 20 scores fewer continuations than exhaustive search would.
    """
    hits = {width: _mean(numbers, FOUND, width) for width in WIDTHS}
    costs = {width: _mean(numbers, COST, width) for width in (*WIDTHS, "exact", "exhaustive")}
    beside = one_row(numbers["beside greedy"], width=JUDGED)
    won, lost = int(beside["this alone"] or 0), int(beside["greedy alone"] or 0)
    p = sign_test(won, won + lost)
    return Judgement(
        by_share([p < 1 - CONFIDENCE, costs[WIDTHS[-1]] < costs["exhaustive"]]),
        N_(
            "Ranked by log p / L^{alpha}, greedy search finds the proved optimum for {greedy} of "
            "{count} sentences, width {judged} for {found} (for {won} where greedy search does "
            "not, for {lost} the other way; p = {p}) and width {widest} for {widest_found}. "
            "Relative to greedy search, width {wider} scores {wider_times} times as many "
            "continuations, exact search, which proves the optimum, {exact_times} times, and "
            "exhaustive search would score {every} in all. Of {tried} sentences, exact search "
            "proved {count} within its limit."
        ),
        {
            "greedy": percent(hits[1]),
            "count": str(numbers[FOUND]["count"][0]),
            "alpha": f"{ALPHA:g}",
            "words": str(LONGEST),
            "judged": str(JUDGED),
            "found": percent(hits[JUDGED]),
            "wider": str(WIDTHS[-2]),
            "widest": str(WIDTHS[-1]),
            "widest_found": percent(hits[WIDTHS[-1]]),
            "won": str(won),
            "lost": str(lost),
            "p": short(p, 1),
            "wider_times": f"{10 ** (costs[WIDTHS[-2]] - costs[1]):.1f}",
            "exact_times": f"{10 ** (costs['exact'] - costs[1]):.1f}",
            "every": power_of_ten(round(costs["exhaustive"])),
            "tried": str(numbers["tried"]["sentences"][0]),
        },
    )


def _mean(numbers: Numbers, value: str, width: int | str) -> float:
    return float(one_row(numbers[value], width=width)["mean"] or 0)


def _searched(asked: TextSearch) -> Iterator[Row]:
    """A row a width, then those of exact and exhaustive search.

    None if the best is not proved, or if a beam was cut: what has not ended is not comparable.
    """
    search = partial(decode, asked.scorer, asked.source, alpha=ALPHA, max_length=asked.max_length)
    best = search(strategy="exact", budget=Budget(nodes=PREFIXES))
    if not best.proved_optimal:
        return
    beams = [search(strategy="beam", width=width) for width in WIDTHS]
    if any(tree.unfinished for tree in beams):
        return
    for tree in beams:
        below = max(0.0, best.n_best[0].score - tree.n_best[0].score)
        yield _row(tree.width, below, math.log10(tree.bill.continuations_scored))
    yield _row("exact", 0.0, math.log10(best.bill.continuations_scored))
    yield _row("exhaustive", 0.0, asked.max_length * math.log10(len(asked.vocabulary)))


def _row(width: int | str, below: float, cost: float) -> Row:
    return {"width": width, BELOW: below, FOUND: float(below < 1e-4), COST: cost}


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
