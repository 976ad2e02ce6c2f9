"""Does a GRU need both gates? One of them held still after training, and from the start.

The book's exercise on GRUs with only a reset gate or only an update gate (section 9.1), on the
three tasks that its section 9.1 motivates gates by.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Table, Watch
from explorer.experiments.gate_alone import AWAY, GATES_OF, UPDATES, trained
from explorer.experiments.tables import Row, rows, spread, spread_columns
from explorer.experiments.verdicts import Interval, by_share, difference, share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.text.numbers import decimal, percent
from explorer.text.recall import SITUATIONS
from explorer.training.recall import EXAMINATION, accuracy

SEEDS = range(5)
LAGS = (10, 50, 100, 200)
TEXTS = 500  # for every accuracy
JUDGED = 100  # the lag that the verdict looks at
LEARNED, LOST = 0.99, 0.9
MARGIN = 0.01  # what a gate alone may lose and still be enough


def measure(watch: Watch) -> Numbers:
    """Accuracies: of gru-recall with gates held still, and of models trained with gates away."""
    held = spread_columns(_held(), value="accuracy")
    return {"held": held, "trained": spread_columns(_trained(watch), value="accuracy")}


def judge(numbers: Numbers) -> Judgement:
    """Whether each gate alone learns all three tasks, and neither can be taken from both.

    A gate alone is enough if, on the task that is hardest for it, it loses at most `MARGIN` to both
    gates: the 95 % interval of the difference, over the seeds, begins there or above. That says
    something only where both gates, trained for as long, get at least `LEARNED` right. A gate is
    needed if, taken from the model trained with both, it brings the share of right answers below
    `LOST`, by the interval over the questions.
    """
    both = _hardest(numbers["trained"], "both")
    alone = {kind: _hardest(numbers["trained"], kind) for kind in AWAY}
    less = {kind: difference(of, both) for kind, of in alone.items()}
    left = {kind: _answered(_hardest(numbers["held"], kind)) for kind in AWAY}
    enough = [both.mean >= LEARNED and found.low >= -MARGIN for found in less.values()]
    return Judgement(
        by_share([*enough, *(found.high < LOST for found in left.values())]),
        N_(
            "At lag {lag}, on the hardest task for each model, after {updates} updates: with both "
            "gates, {both} of the answers are right; with the reset gate alone, {reset}, a "
            "difference of {reset_less} percentage points (95% interval {reset_less_low} to "
            "{reset_less_high}); with the update gate alone, {update}, a difference of "
            "{update_less} ({update_less_low} to {update_less_high}; means of {seeds} seeds). The "
            "shipped model, trained with both gates and then deprived of the other one: "
            "{reset_left} ({reset_left_low} to {reset_left_high}) and {update_left} "
            "({update_left_low} to {update_left_high}; {questions} questions)."
        ),
        {
            "lag": str(JUDGED),
            "updates": f"{UPDATES:,}",
            "seeds": str(both.count),
            "both": percent(both.mean, 1),
            **{kind: percent(of.mean, 1) for kind, of in alone.items()},
            **_said("less", less, lambda end: decimal(100 * end, 1)),
            **_said("left", left, lambda end: percent(end, 1)),
            "questions": f"{_hardest(numbers['held'], 'both').count * TEXTS:,}",
        },
    )


def _hardest(table: Table, kind: str) -> Spread:
    """The accuracy of a kind of model in the situation that is hardest for it."""
    return min(map(spread, rows(table, gates=kind, lag=JUDGED)), key=lambda of: of.mean)


def _answered(sets: Spread) -> Interval:
    """The accuracy of one model over sets of questions, with its interval over the questions."""
    count = sets.count * TEXTS
    return share(sets.mean * count, count)


def _said(
    name: str, found: Mapping[str, Interval], text: Callable[[float], str]
) -> Mapping[str, str]:
    """Intervals by kind of model, by the places of the sentence."""
    return {
        place: text(end)
        for kind, of in found.items()
        for place, end in of.ends(f"{kind}_{name}").items()
    }


def _held() -> Iterator[Row]:
    """One gate of the shipped model held where it is of no use; spread over sets of texts."""
    model = load_as(LanguageModel, "gru-recall").model
    for kind, gates in {**GATES_OF, "none": ()}.items():
        away = [Intervention(gate, value=AWAY[gate]) for gate in AWAY if gate not in gates]
        with intervening(model, *away):
            for seed in SEEDS:
                yield from _accuracies(model, kind, seed)


def _trained(watch: Watch) -> Iterator[Row]:
    """Models trained with the gates that they have; spread over seeds."""
    done, updates = 0, len(GATES_OF) * len(SEEDS) * UPDATES

    def tick() -> None:
        nonlocal done
        done += 1
        watch(done / updates)

    for seed in SEEDS:
        for kind in GATES_OF:
            yield from _accuracies(trained(kind, seed, tick=tick), kind, seed)


def _accuracies(model: LanguageModel, kind: str, seed: int) -> Iterator[Row]:
    right = partial(accuracy, model, texts=TEXTS, seed=EXAMINATION + seed)
    for situation in SITUATIONS:
        for lag in LAGS:
            yield {
                "gates": kind,
                "situation": situation,
                "lag": lag,
                "accuracy": right(situation, lag),
            }


EXPERIMENT = Experiment(
    name="one-gate",
    section="9.1",
    claim=N_(
        "Either gate alone is enough to learn to remember, to skip and to forget; a GRU "
        "trained with both cannot do without either."
    ),
    measure=measure,
    judge=judge,
)
