"""Does a decoder learn faster from the reference (teacher forcing) than from its own output?

The same small translator; at every step of training the decoder reads the token that the reference
has there, or the one that it thought likeliest itself. Both are then used in the one way there is:
each reads what it wrote (section 9.7).
"""

from statistics import fmean

from explorer.experiments.experiment import Experiment, Judgement, Numbers
from explorer.experiments.small_translator import UPDATES, Lesson, right
from explorer.experiments.variants import Variants, compared, values
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.text.numbers import decimal, percent

FORCED, OWN = "reference", "own"
VARIANTS = Variants(
    {FORCED: Lesson(), OWN: Lesson(fed="own")},
    lambda model, lesson: {"right": right(model)},
)


def judge(numbers: Numbers) -> Judgement:
    """It holds if teacher forcing gets more right: the 95 % interval of the gain is above 0."""
    gain = compared(numbers, FORCED, OWN, "right")
    forced, own = (values(numbers["seeds"], way, "right") for way in (FORCED, OWN))
    return Judgement(
        by_share([gain.low > 0]),
        N_(
            "After {updates} updates, {forced} of the held-out translations are right to the last "
            "token if the decoder read the reference in training, and {own} if it read its own "
            "output: {gain} percentage points more (95% interval {low} to {high}; {seeds} seeds)."
        ),
        {
            "updates": str(UPDATES),
            "forced": percent(fmean(forced), 1),
            "own": percent(fmean(own), 1),
            "gain": decimal(100 * gain.mean, 1),
            "low": decimal(100 * gain.low, 1),
            "high": decimal(100 * gain.high, 1),
            "seeds": str(len(forced)),
        },
    )


EXPERIMENT = Experiment(
    name="teacher-forcing",
    section="9.7",
    claim=N_(
        "With teacher forcing, a decoder learns faster than if it reads its own output in training."
    ),
    measure=VARIANTS.measure,
    judge=judge,
)
