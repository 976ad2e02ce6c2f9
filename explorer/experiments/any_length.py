"""Does a decoder choose the length of its output itself?

The project's own sentences, none of which a model has read: how long are translations beside their
references, and beside the source, whose length the encoder saw (section 9.6)?
"""

from collections.abc import Iterator
from statistics import fmean

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.own_translations import MODELS, measured, translated, translators
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.verdicts import above, by_share, share
from explorer.locale import N_
from explorer.seq2seq.translator import Translator
from explorer.text.numbers import decimal, percent
from explorer.text.words import tokenise

ENDED = 0.95  # of all outputs, more than this share must end by themselves


def measure(watch: Watch) -> Numbers:
    """Words of the source, of the output and of the reference, sentence by sentence."""
    found: list[Row] = []
    for done, (name, translator) in enumerate(translators().items(), 1):
        found += _lengths(name, translator)
        watch(done / len(MODELS))
    return {"lengths": columns(found)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if outputs end by themselves, nearer to the reference's length than the source is.

    With both models: the 95 % interval of the share of outputs that end before they are cut lies
    above `ENDED`; and that of how many words nearer the output's length is than the source's, above
    0.
    """
    ended, nearer = {}, {}
    for model in MODELS:
        of = rows(numbers["lengths"], model=model)
        ended[model] = share(int(sum(column(of, "ended"))), len(of))
        nearer[model] = above(_away(of, "source"), _away(of, "output"))
    first, alone = nearer[MODELS[0]], ended[MODELS[0]]
    of = rows(numbers["lengths"], model=MODELS[0])
    return Judgement(
        by_share([*(e.low > ENDED for e in ended.values()), *(n.low > 0 for n in nearer.values())]),
        N_(
            "{ended} of {count} outputs end by themselves (95% interval {ended_low} to "
            "{ended_high}; {model}; of the other model, {other}), with {shortest} to {longest} "
            "words and punctuation marks. From the length of the reference, an output is {output} "
            "words away on average and the source {source}: the output is nearer by {nearer} (95% "
            "interval {low} to {high}; below 0, farther)."
        ),
        {
            **{name: percent(end, 1) for name, end in alone.ends("ended").items()},
            "other": percent(ended[MODELS[1]].mean, 1),
            "model": MODELS[0],
            "shortest": f"{min(column(of, 'output')):g}",
            "longest": f"{max(column(of, 'output')):g}",
            "output": f"{fmean(_away(of, 'output')):.2f}",
            "source": f"{fmean(_away(of, 'source')):.2f}",
            "nearer": decimal(first.mean, 2),
            "low": decimal(first.low, 2),
            "high": decimal(first.high, 2),
            "count": str(len(of)),
        },
    )


def _away(found: list[Row], side: str) -> list[float]:
    """How many words a side is shorter or longer than the reference, sentence by sentence."""
    both = zip(column(found, side), column(found, "reference"), strict=True)
    return [abs(words - reference) for words, reference in both]


def _lengths(name: str, translator: Translator) -> Iterator[Row]:
    for sentence, one in zip(measured(), translated(translator), strict=True):
        yield {
            "model": name,
            "source": len(tokenise(sentence.english, "en")),
            "output": len(tokenise(one.text, "fr")),
            "reference": len(tokenise(sentence.french, "fr")),
            "ended": int(one.finished),
        }


EXPERIMENT = Experiment(
    name="any-length",
    section="9.6",
    claim=N_(
        "A decoder writes outputs of any length and ends them itself, whatever the length of its "
        "input."
    ),
    measure=measure,
    judge=judge,
)
