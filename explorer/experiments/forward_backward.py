"""Is a bidirectional network kin to the forward–backward algorithm of a hidden Markov model?

Readers are trained on sequences drawn from a small model, states and symbols, and compared with the
exact posteriors, which they are never shown.
"""

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Verdict, Watch
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
    return {
        "KL, nats a place": {
            "network": [name.split(", ")[0] for name in spreads],
            "exact posterior": [name.split(", ")[1] for name in spreads],
            "mean": [spread.mean for spread in spreads.values()],
            "sd": [spread.sd for spread in spreads.values()],
            "count": [spread.count for spread in spreads.values()],
        }
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if each network reaches its posterior, and one that reads one way not smoothing."""
    both = distance(numbers, "both", "smoothing")
    forward = distance(numbers, "forward", "filtering")
    apart = distance(numbers, "forward", "smoothing")
    near = [both <= NEAR, forward <= NEAR, apart > 2 * NEAR]
    verdict: Verdict = (
        "holds" if all(near) else "holds in part" if any(near) else "does not hold here"
    )
    return Judgement(
        verdict,
        N_(
            "The bidirectional network comes within {both} nats of smoothing, the forward "
            "network within {forward} of filtering. The forward network stays {apart} nats "
            "away from smoothing; the best possible with only the past is {least} (means of "
            "{seeds} seeds)."
        ),
        {
            "seeds": str(numbers["KL, nats a place"]["count"][0]),
            "both": f"{both:.4f}",
            "forward": f"{forward:.4f}",
            "apart": f"{apart:.3f}",
            "least": f"{distance(numbers, 'exact filtering', 'smoothing'):.3f}",
        },
    )


def distance(numbers: Numbers, network: str, posterior: str) -> float:
    """The mean distance of a pair."""
    table = numbers["KL, nats a place"]
    pairs = list(zip(table["network"], table["exact posterior"], strict=True))
    return float(table["mean"][pairs.index((network, posterior))] or 0)


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
