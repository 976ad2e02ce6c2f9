"""Are two recurrent layers better than one?

The same small translator with one layer in encoder and decoder, with two of the same width, and
with two that have as many parameters as the one (section 9.3).
"""

from statistics import fmean

from explorer.experiments.experiment import Experiment, Judgement, Numbers
from explorer.experiments.small_translator import UPDATES, Lesson, nats, right
from explorer.experiments.variants import Variants, compared, values
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.text.numbers import percent

ONE, WIDE, SAME = "one", "wide", "same"
VARIANTS = Variants(
    {ONE: Lesson(), WIDE: Lesson(layers=2), SAME: Lesson(layers=2, units=34)},
    lambda model, lesson: {"nats": nats(model, lesson), "right": right(model)},
)


def judge(numbers: Numbers) -> Judgement:
    """It holds if two layers save nats at the same width and at the same number of parameters.

    That is, if the 95 % interval of the paired difference is above 0; in part, if of one alone.
    """
    saved = {way: compared(numbers, ONE, way, "nats") for way in (WIDE, SAME)}
    one = values(numbers["seeds"], ONE, "nats")
    (alone, *_), (same, *_) = (values(numbers["seeds"], way, "parameters") for way in (ONE, SAME))
    return Judgement(
        by_share([way.low > 0 for way in saved.values()]),
        N_(
            "After {updates} updates, a held-out token costs {one} nats with one layer. Two layers "
            "of the same width save {wide} nats (95% interval {wide_low} to {wide_high}); two "
            "layers with the same number of parameters save {same} ({same_low} to {same_high}; "
            "{seeds} seeds). A negative saving is a loss."
        ),
        {
            "updates": str(UPDATES),
            "one": f"{fmean(one):.3f}",
            "seeds": str(len(one)),
            "unlike": percent(abs(same / alone - 1), 1),
            **saved[WIDE].said(WIDE, 3),
            **saved[SAME].said(SAME, 3),
        },
    )


EXPERIMENT = Experiment(
    name="two-layers",
    section="9.3",
    claim=N_("Two recurrent layers learn more than one, even with the same number of parameters."),
    measure=VARIANTS.measure,
    judge=judge,
)
