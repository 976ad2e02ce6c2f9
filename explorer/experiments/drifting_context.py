"""Must the context stay what the encoder wrote, or may it follow the decoder's state?

In training all steps see the encoder's final state. Code of the book once let the decoder take its
own last state as the context in prediction, where it is called step by step (d2l-en, issue 2134).
The same trained translators are used both ways (section 9.7).
"""

from statistics import fmean

from explorer.experiments.experiment import Experiment, Judgement, Numbers
from explorer.experiments.small_translator import Lesson, right
from explorer.experiments.variants import Variants, values
from explorer.experiments.verdicts import above, by_share
from explorer.locale import N_
from explorer.text.numbers import decimal, percent

VARIANTS = Variants(
    {"trained": Lesson()},
    lambda model, lesson: {"constant": right(model), "drifting": right(model, drifting=True)},
)


def judge(numbers: Numbers) -> Judgement:
    """It holds if the constant context gets more right: the 95 % interval of it is above 0."""
    constant, drifting = (
        values(numbers["seeds"], "trained", way) for way in ("constant", "drifting")
    )
    gain = above(constant, drifting)
    return Judgement(
        by_share([gain.low > 0]),
        N_(
            "With the encoder's final state as the context at every step, {constant} of the "
            "held-out translations are right to the last token; with a context that follows the "
            "decoder's state, {drifting}: {gain} percentage points fewer (95% interval {low} to "
            "{high}; {seeds} trained models)."
        ),
        {
            "constant": percent(fmean(constant), 1),
            "drifting": percent(fmean(drifting), 1),
            "gain": decimal(100 * gain.mean, 1),
            "low": decimal(100 * gain.low, 1),
            "high": decimal(100 * gain.high, 1),
            "seeds": str(len(constant)),
        },
    )


EXPERIMENT = Experiment(
    name="drifting-context",
    section="9.7",
    claim=N_(
        "In prediction, the context must stay the encoder's final state: if it follows the "
        "decoder's state, translations get worse."
    ),
    measure=VARIANTS.measure,
    judge=judge,
)
