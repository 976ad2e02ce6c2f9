"""What is a bidirectional network worth as a predictor of the next word?

Beside a network that reads forward, with as many parameters and the same training, on the
project's own sentences, which none of them was trained on.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from explorer.cloze.filler import Filler
from explorer.cloze.next_word_misuse import (
    before_a_full_stop,
    with_both_sides,
    without_the_right,
    write,
)
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Verdict, Watch
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.infill import Infill
from explorer.text.numbers import decimal
from explorer.text.sentences import sentences
from explorer.text.words import detokenise, tokenise

MODELS = ("bilstm-infill", "forward-infill")
BEGINNINGS = 2  # words of a sentence that a model is given to write on
BOTH, MISSING = "with all that it reads", "as the next word"
STOPPED = "as the next word, a full stop behind"
_WAYS: Mapping[str, Callable[[Filler, Sequence[str]], list[float]]] = {
    BOTH: with_both_sides,
    MISSING: without_the_right,
    STOPPED: before_a_full_stop,
}


def measure(watch: Watch) -> Numbers:
    """Perplexities a sentence and in all, and what the models write."""
    fillers = {name: Filler.of(*load_as(Infill, name)) for name in MODELS}
    texts = [tokenise(sentence.english, "en") for sentence in sentences()]
    watch(0.1)
    paid = {
        (name, way): [pay(filler, tokens) for tokens in texts]
        for name, filler in fillers.items()
        for way, pay in _WAYS.items()
    }
    watch(0.6)
    return {"perplexity": perplexities(paid), "writing": _writing(fillers, texts)}


def perplexities(paid: Mapping[tuple[str, str], list[list[float]]]) -> dict[str, list[float | str]]:
    """A row a model and way: perplexity of all tokens, and nats a token over the sentences."""
    spreads = [
        Spread.of([sum(of) / len(of) for of in sentences if of]) for sentences in paid.values()
    ]
    totals = [
        math.exp(sum(map(sum, sentences)) / sum(map(len, sentences))) for sentences in paid.values()
    ]
    return {
        "model": [name for name, _way in paid],
        "way": [way for _name, way in paid],
        "perplexity": [*totals],
        "mean": [spread.mean for spread in spreads],
        "sd": [spread.sd for spread in spreads],
        "count": [spread.count for spread in spreads],
    }


def _writing(
    fillers: Mapping[str, Filler], texts: Sequence[Sequence[str]]
) -> dict[str, list[float | str]]:
    """How many words each writes, and what a word of it costs the forward model."""
    beginnings = list(dict.fromkeys(tuple(tokens[:BEGINNINGS]) for tokens in texts))
    written = {
        name: [write(filler, beginning).tokens for beginning in beginnings]
        for name, filler in fillers.items()
    }
    lengths = [
        Spread.of([float(len(tokens) - BEGINNINGS) for tokens in of]) for of in written.values()
    ]
    by = fillers["forward-infill"]
    costs = [
        [nats for tokens in of for nats in without_the_right(by, tokens)[BEGINNINGS:]]
        for of in written.values()
    ]
    return {
        "model": [*written],
        "mean": [spread.mean for spread in lengths],
        "sd": [spread.sd for spread in lengths],
        "count": [spread.count for spread in lengths],
        "perplexity": [math.exp(sum(of) / len(of)) for of in costs],
        "an example": [detokenise(of[0], "en") for of in written.values()],
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if seeing both sides is better than one, and doing without the right far worse."""
    both = perplexity_of(numbers, "bilstm-infill", BOTH)
    missing = perplexity_of(numbers, "bilstm-infill", MISSING)
    forward = perplexity_of(numbers, "forward-infill", MISSING)
    stopped = perplexity_of(numbers, "bilstm-infill", STOPPED)
    signs = [both < forward, min(missing, stopped) > 1.5 * forward]
    verdict: Verdict = (
        "holds" if all(signs) else "holds in part" if signs[1] else "does not hold here"
    )
    return Judgement(
        verdict,
        N_(
            "With both sides visible, the bidirectional model has a perplexity of {both}; "
            "predicting the next word, {missing}, and {stopped} with a full stop after the word. "
            "The forward model has {forward} ({sentences} sentences; one trained model each)."
        ),
        {
            "both": decimal(both, 1),
            "missing": f"{missing:,.0f}",
            "stopped": f"{stopped:,.0f}",
            "forward": decimal(forward, 1),
            "sentences": str(numbers["perplexity"]["count"][0]),
        },
    )


def perplexity_of(numbers: Numbers, model: str, way: str) -> float:
    """The perplexity of a model in one of two ways."""
    table = numbers["perplexity"]
    rows = list(zip(table["model"], table["way"], strict=True))
    return float(table["perplexity"][rows.index((model, way))] or 0)


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
