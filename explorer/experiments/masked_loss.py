"""Does a translator learn worse where padding is not masked?

The same small translator from the same starts and examples, with the mask; with padding counted as
targets in the loss; and with an encoder that reads on behind the ends of sentences (section 9.7).
What it has learned is always measured on held-out sentences with padding left out of the mean.
"""

from statistics import fmean

from explorer.experiments.experiment import Experiment, Judgement, Numbers
from explorer.experiments.small_translator import UPDATES, Lesson, nats
from explorer.experiments.variants import Variants, compared, values
from explorer.experiments.verdicts import by_share
from explorer.locale import N_

MASKED, COUNTED, READ = "masked", "counted", "read"
VARIANTS = Variants(
    {MASKED: Lesson(), COUNTED: Lesson(padding="counted"), READ: Lesson(padding="read")},
    lambda model, lesson: {"nats": nats(model, lesson)},
)


def judge(numbers: Numbers) -> Judgement:
    """It holds if both leaks cost nats: the 95 % interval of the paired difference is above 0."""
    leaks = {leak: compared(numbers, leak, MASKED, "nats") for leak in (COUNTED, READ)}
    masked = values(numbers["seeds"], MASKED, "nats")
    return Judgement(
        by_share([leak.low > 0 for leak in leaks.values()]),
        N_(
            "After {updates} updates with the mask, a held-out token costs {masked} nats. Counting "
            "padding as targets in training adds {counted} nats (95% interval {counted_low} to "
            "{counted_high}), letting the encoder read it {read} ({read_low} to {read_high}; "
            "{seeds} seeds)."
        ),
        {
            "updates": str(UPDATES),
            "masked": f"{fmean(masked):.3f}",
            "seeds": str(len(masked)),
            **leaks[COUNTED].said(COUNTED, 3),
            **leaks[READ].said(READ, 3),
        },
    )


EXPERIMENT = Experiment(
    name="masked-loss",
    section="9.7",
    claim=N_("Padding must be masked: a model trained with it counted or read learns less."),
    measure=VARIANTS.measure,
    judge=judge,
)
