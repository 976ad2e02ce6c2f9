"""Does a GRU need both gates? One of them held still after training, and from the start.

The book's exercise on GRUs with only a reset gate or only an update gate (section 9.1), on the
three tasks that its section 9.1 motivates gates by.
"""

from collections.abc import Iterator
from functools import partial

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Table, Watch
from explorer.experiments.gate_alone import AWAY, GATES_OF, UPDATES, trained
from explorer.experiments.tables import Row, rows, spread_columns
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.text.numbers import percent
from explorer.text.recall import SITUATIONS
from explorer.training.recall import EXAMINATION, accuracy

SEEDS = (0, 1, 2)
LAGS = (10, 50, 100, 200)
TEXTS = 500  # for every accuracy
JUDGED = 100  # the lag that the verdict looks at
LEARNED, LOST = 0.99, 0.9


def measure(watch: Watch) -> Numbers:
    """Accuracies: of gru-recall with gates held still, and of models trained with gates away."""
    held = spread_columns(_held(), value="accuracy")
    return {"held": held, "trained": spread_columns(_trained(watch), value="accuracy")}


def judge(numbers: Numbers) -> Judgement:
    """Whether each gate alone learns all three tasks, and neither can be taken from both.

    A gate alone has learned them if its mean accuracy on the one that is hardest for it is at least
    `LEARNED`, which says something only where both gates, trained for as long, get there; a gate
    is needed if, taken from the model trained with both, it brings an accuracy below `LOST`.
    """
    alone = {kind: _worst(numbers["trained"], kind) for kind in AWAY}
    left = {kind: _worst(numbers["held"], kind) for kind in AWAY}
    both = _worst(numbers["trained"], "both")
    learn = [both >= LEARNED and accuracy >= LEARNED for accuracy in alone.values()]
    return Judgement(
        by_share([*learn, *(accuracy < LOST for accuracy in left.values())]),
        N_(
            "At lag {lag}, on the hardest task for each model, after {updates} updates: with both "
            "gates, {both} of the answers are right; with the reset gate alone, {reset}; with the "
            "update gate alone, {update} (means of {seeds} seeds). The shipped model, trained with "
            "both gates and then deprived of the other one: {reset_left} and {update_left}."
        ),
        {
            "lag": str(JUDGED),
            "updates": f"{UPDATES:,}",
            "seeds": str(numbers["trained"]["count"][0]),
            "both": percent(both, 1),
            "reset": percent(alone["reset"], 1),
            "update": percent(alone["update"], 1),
            "reset_left": percent(left["reset"], 1),
            "update_left": percent(left["update"], 1),
        },
    )


def _worst(table: Table, kind: str) -> float:
    """The mean accuracy of a kind of model in the situation that is hardest for it."""
    judged = [row for row in rows(table) if row["gates"] == kind and row["lag"] == JUDGED]
    return min(float(row["mean"] or 0) for row in judged)


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
