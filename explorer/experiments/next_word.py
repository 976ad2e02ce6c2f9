"""What is a bidirectional network worth as a predictor of the next word?

Beside a network that reads forward, with as many parameters and the same training, on the
project's own sentences, which none of them was trained on.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

import numpy as np

from explorer.cloze.filler import Filler
from explorer.cloze.next_word_misuse import (
    before_a_full_stop,
    with_both_sides,
    without_the_right,
    write,
)
from explorer.experiments.bootstrap import resampled
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Table, Watch
from explorer.experiments.tables import Row, columns
from explorer.experiments.verdicts import Interval, by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.infill import Infill
from explorer.text.numbers import decimal
from explorer.text.sentences import sentences
from explorer.text.words import detokenise, tokenise

MODELS = ("bilstm-infill", "forward-infill")
FAR = 1.5  # times a perplexity that count as far worse
BEGINNINGS = 2  # words of a sentence that a model is given to write on
BOTH, MISSING = "with all that it reads", "as the next word"
STOPPED = "as the next word, a full stop behind"
FORWARD = "forward model"
WAYS: Mapping[str, Callable[[Filler, Sequence[str]], list[float]]] = {
    BOTH: with_both_sides,
    MISSING: without_the_right,
    STOPPED: before_a_full_stop,
}


def measure(watch: Watch) -> Numbers:
    """Perplexities in all, nats sentence by sentence, and what the models write."""
    fillers = {name: Filler.of(*load_as(Infill, name)) for name in MODELS}
    texts = [tokenise(sentence.english, "en") for sentence in sentences()]
    watch(0.1)
    paid = {
        (name, way): [pay(filler, tokens) for tokens in texts]
        for name, filler in fillers.items()
        for way, pay in WAYS.items()
    }
    watch(0.6)
    return {
        "perplexity": perplexities(paid),
        "sentences": by_sentence(paid),
        "writing": _writing(fillers, texts),
    }


def perplexities(paid: Mapping[tuple[str, str], list[list[float]]]) -> Table:
    """A row a model and way: perplexity of all tokens, and nats a token over the sentences."""
    made: list[Row] = [
        {
            "model": name,
            "way": way,
            "perplexity": math.exp(sum(map(sum, sentences)) / sum(map(len, sentences))),
            **vars(Spread.of([sum(of) / len(of) for of in sentences if of])),
        }
        for (name, way), sentences in paid.items()
    ]
    return columns(made)


def by_sentence(paid: Mapping[tuple[str, str], list[list[float]]]) -> dict[str, list[float]]:
    """A row a sentence: how many words every model knows, and what all of them cost in each way.

    The forward model reads no more than what comes before, so all of its ways are one.
    """
    kept = {way: paid[MODELS[0], way] for way in WAYS} | {FORWARD: paid[MODELS[1], MISSING]}
    words = [len(of) for of in kept[FORWARD]]
    assert all([len(of) for of in sentences] == words for sentences in kept.values())
    nats = {way: [round(sum(of), 4) for of in sentences] for way, sentences in kept.items()}
    return {"words": [*words], **nats}


def _writing(fillers: Mapping[str, Filler], texts: Sequence[Sequence[str]]) -> Table:
    """How many words each writes, and what a word of it costs the forward model."""
    beginnings = list(dict.fromkeys(tuple(tokens[:BEGINNINGS]) for tokens in texts))
    by = fillers["forward-infill"]
    made: list[Row] = []
    for name, filler in fillers.items():
        of = [write(filler, beginning).tokens for beginning in beginnings]
        costs = [nats for tokens in of for nats in without_the_right(by, tokens)[BEGINNINGS:]]
        made.append(
            {
                "model": name,
                **vars(Spread.of([float(len(tokens) - BEGINNINGS) for tokens in of])),
                "perplexity": math.exp(fmean(costs)),
                "an example": detokenise(of[0], "en"),
            }
        )
    return columns(made)


def judge(numbers: Numbers) -> Judgement:
    """It holds if seeing both sides is better than one, and doing without the right far worse.

    The 95 % interval (bootstrap over sentences) of how many times as high the forward model's
    perplexity is as that of the model with both sides lies above 1; and that of how many times as
    high the latter's is for the next word, in the kinder of its two ways, above `FAR`.
    """
    table = {way: np.array(nats, float) for way, nats in numbers["sentences"].items()}
    missing, stopped = (perplexity(table, way) for way in (MISSING, STOPPED))
    better = times(table, FORWARD, BOTH)
    worse = times(table, MISSING if missing < stopped else STOPPED, FORWARD)
    return Judgement(
        by_share([better.low > 1, worse.low > FAR]),
        N_(
            "With both sides visible, the bidirectional model has a perplexity of {both}; the "
            "forward model has {forward}, {better} times as much (95% interval {better_low} to "
            "{better_high}). Predicting the next word, the bidirectional model has {missing}, and "
            "{stopped} with a full stop after the word: in the better of these two ways {worse} "
            "times as much as the forward model ({worse_low} to {worse_high}; {sentences} "
            "sentences; one trained model each)."
        ),
        {
            "both": decimal(perplexity(table, BOTH), 1),
            "missing": f"{missing:,.0f}",
            "stopped": f"{stopped:,.0f}",
            "forward": decimal(perplexity(table, FORWARD), 1),
            **better.said("better", 1),
            **worse.said("worse", 1),
            "sentences": str(np.count_nonzero(table["words"])),
        },
    )


def perplexity(table: Mapping[str, np.ndarray], way: str) -> float:
    """Of all words of all sentences in one way."""
    return math.exp(table[way].sum() / table["words"].sum())


def times(table: Mapping[str, np.ndarray], one: str, other: str) -> Interval:
    """How many times as high the perplexity in one way is as in another, over the sentences."""
    pairs = np.stack([table[one] - table[other], table["words"]], axis=1)  # (N, 2)

    def ratio(some: np.ndarray) -> float:
        nats, words = some.sum(0)
        return math.exp(nats / words)

    return resampled(pairs, ratio)


EXPERIMENT = Experiment(
    name="next-word",
    section="9.4",
    claim=N_(
        "A bidirectional network is the wrong tool for predicting the next word: the "
        "context it relies on is missing."
    ),
    measure=measure,
    judge=judge,
)
