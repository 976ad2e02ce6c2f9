"""Is a bidirectional network kin to the forward–backward algorithm of a hidden Markov model?

Readers are trained on sequences drawn from a small model, states and symbols, and compared with the
exact posteriors, which they are never shown.
"""

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Watch
from explorer.experiments.tables import Row, columns, one_row, spread
from explorer.experiments.verdicts import Interval, by_share, interval
from explorer.locale import N_
from explorer.markov.examples import BIRD
from explorer.markov.learning import Plan, distances, learn

SEEDS = range(5)
NEAR = 0.02  # nats a place


def measure(watch: Watch) -> Numbers:
    """Every distance over the seeds, nats a place."""
    return over_seeds(Plan(), SEEDS, watch)


def over_seeds(plan: Plan, seeds: range, watch: Watch = lambda share: None) -> Numbers:
    """The same for any plan and seeds: a row a pair of what is compared."""
    found = []
    for seed in seeds:

        def told(share: float, begun: int = seed) -> None:
            watch((begun - seeds.start + share) / len(seeds))

        lesson = learn(BIRD, plan=plan, seed=seed, watch=told)
        found.append(distances(BIRD, lesson, plan=plan))
    spreads = {name: Spread.of([each[name] for each in found]) for name in found[0]}
    made: list[Row] = [
        {"network": network, "exact posterior": posterior, **vars(of)}
        for name, of in spreads.items()
        for network, posterior in [name.split(", ")]
    ]
    return {"KL, nats a place": columns(made)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if each network reaches its posterior, and one that reads one way not smoothing.

    The 95 % interval over the seeds of the first two distances ends at most at `NEAR`, and that of
    the third begins above twice as much.
    """
    both = distance(numbers, "both", "smoothing")
    forward = distance(numbers, "forward", "filtering")
    apart = distance(numbers, "forward", "smoothing")
    return Judgement(
        by_share([both.high <= NEAR, forward.high <= NEAR, apart.low > 2 * NEAR]),
        N_(
            "The bidirectional network comes within {both} nats of smoothing (95% interval "
            "{both_low} to {both_high}), the forward network within {forward} of filtering "
            "({forward_low} to {forward_high}). The forward network stays {apart} nats away from "
            "smoothing ({apart_low} to {apart_high}); the best possible with only the past is "
            "{least} (means of {seeds} seeds)."
        ),
        {
            "seeds": str(numbers["KL, nats a place"]["count"][0]),
            **both.said("both", 5),
            **forward.said("forward", 5),
            **apart.said("apart", 4),
            "least": f"{distance(numbers, 'exact filtering', 'smoothing').mean:.4f}",
        },
    )


def distance(numbers: Numbers, network: str, posterior: str) -> Interval:
    """The mean distance of a pair, with its interval over the seeds."""
    pair = {"network": network, "exact posterior": posterior}
    return interval(spread(one_row(numbers["KL, nats a place"], **pair)))


EXPERIMENT = Experiment(
    name="forward-backward",
    section="9.4",
    claim=N_(
        "A bidirectional network is related to the forward–backward algorithm: it learns "
        "the result of smoothing, which a network that reads in one direction cannot."
    ),
    measure=measure,
    judge=judge,
)
