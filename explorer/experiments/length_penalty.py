"""Does log p alone favour short translations, and does dividing by the length mend that?

Beam search ranks by log p / L^α. The project's own sentences are translated with α = 0 and with
0.75, the book's (section 9.8).
"""

from collections.abc import Sequence
from statistics import fmean

from explorer.evaluation.sentence import sentence_bleu
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.own_translations import MODELS, measured, translators
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.verdicts import Interval, above, by_share
from explorer.locale import N_
from explorer.text.numbers import decimal

ALPHAS = (0.0, 0.75)


def measure(watch: Watch) -> Numbers:
    """Tokens and sentence BLEU of every translation, by model and α."""
    texts = [sentence.english for sentence in measured()]
    found: list[Row] = []
    for done, (name, translator) in enumerate(translators().items(), 1):
        for alpha in ALPHAS:
            for place, one in enumerate(translator.translate(texts, alpha=alpha)):
                bleu = sentence_bleu(one.text, [measured()[place].french]).bleu
                of: Row = {"model": name, "alpha": alpha, "sentence": place}
                found.append({**of, "tokens": len(one.tokens), "BLEU": round(bleu, 2)})
        watch(done / len(MODELS))
    return {"translations": columns(found)}


def judge(numbers: Numbers) -> Judgement:
    """It holds if dividing by L^0.75 makes translations longer and better, with both models.

    That is, if the 95 % intervals, over sentences, of the tokens and of the BLEU that it adds are
    above 0.
    """
    tokens, bleu = ([_added(numbers, m, name) for m in MODELS] for name in ("tokens", "BLEU"))
    first = {"tokens": tokens[0], "bleu": bleu[0]}
    added = {f"{name}_{end}": getattr(of, end) for name, of in first.items() for end in of._fields}
    return Judgement(
        by_share([of.low > 0 for of in (*tokens, *bleu)]),
        N_(
            "Ranked by log p / L^{alpha} instead of log p, translations by {model} are "
            "{tokens_mean} tokens longer (95% interval {tokens_low} to {tokens_high}) and have "
            "{bleu_mean} BLEU more ({bleu_low} to {bleu_high}); with log p they have {before} "
            "tokens on average ({sentences} sentences). Of {all} comparisons, of two models, "
            "{above} are above 0."
        ),
        {
            "model": MODELS[0],
            "alpha": f"{ALPHAS[-1]:g}",
            "all": str(len(tokens) + len(bleu)),
            "sentences": str(len(_of(numbers, MODELS[0], ALPHAS[0], "tokens"))),
            "before": f"{fmean(_of(numbers, MODELS[0], ALPHAS[0], 'tokens')):.1f}",
            "above": str(sum(of.low > 0 for of in (*tokens, *bleu))),
            **{place: decimal(value, 2) for place, value in added.items()},
        },
    )


def _added(numbers: Numbers, model: str, name: str) -> Interval:
    before, after = (_of(numbers, model, alpha, name) for alpha in ALPHAS)
    return above(after, before)


def _of(numbers: Numbers, model: str, alpha: float, name: str) -> Sequence[float]:
    return column(rows(numbers["translations"], model=model, alpha=alpha), name)


EXPERIMENT = Experiment(
    name="length-penalty",
    section="9.8",
    claim=N_(
        "Ranked by log p alone, short translations win: dividing by a power of the length makes "
        "translations longer and better."
    ),
    measure=measure,
    judge=judge,
)
