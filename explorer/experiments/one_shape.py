"""Does a sentence of any length become a state of one shape, and what does that cost long ones?

The encoder–decoder of section 9.6 on the project's own sentence pairs, which no model has read.
"""

from collections.abc import Iterator

from explorer.evaluation.sentence import sentence_bleu
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Watch
from explorer.experiments.own_translations import (
    GROUPS,
    MODELS,
    group,
    label,
    measured,
    translated,
    translators,
)
from explorer.experiments.tables import Row, one_row, spread, spread_columns
from explorer.experiments.verdicts import Interval, by_share, difference
from explorer.locale import N_
from explorer.seq2seq.encoder_states import encode
from explorer.seq2seq.forced_decoding import forced
from explorer.seq2seq.model_input import target_tokens
from explorer.seq2seq.translator import Translator
from explorer.text.words import tokenise

BLEU, NATS = "BLEU", "nats per character"
SHORT, LONG = label(GROUPS[-2]), label(GROUPS[-1])  # the groups that are compared


def measure(watch: Watch) -> Numbers:
    """Numbers in the state, BLEU of the translation and cost of the reference, by length."""
    shapes: list[Row] = []
    worth: list[Row] = []
    costs: list[Row] = []
    for done, (name, translator) in enumerate(translators().items(), 1):
        shapes += sorted(_shapes(name, translator), key=_place)
        worth += sorted(_worth(name, translator), key=_place)
        costs += sorted(_costs(name, translator), key=_place)
        watch(done / len(MODELS))
    return {
        "numbers in the state": spread_columns(shapes, value="numbers"),
        BLEU: spread_columns(worth, value=BLEU),
        NATS: spread_columns(costs, value=NATS),
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if the shape is one, and long sentences pay: by BLEU and by nats, with both models.

    Pay: of sentences of 10 to 20 words beside those of 7 to 9, the 95 % interval of what they lose
    in mean sentence BLEU, and of what a character of their references costs more, is above 0. A
    shape that is not one makes it not hold, whatever the others say.
    """
    state = numbers["numbers in the state"]
    same = not any(state["sd"]) and len({*state["mean"]}) == len(MODELS)
    lost = {name: _more(numbers, BLEU, name, SHORT, LONG) for name in MODELS}
    costs = {name: _more(numbers, NATS, name, LONG, SHORT) for name in MODELS}
    pays = [found.low > 0 for found in (*lost.values(), *costs.values())]
    return Judgement(
        by_share(pays) if same else "does not hold here",
        N_(
            "Every sentence of {shortest} to {longest} words becomes {count} numbers "
            "({model}). Sentences of {many} words have {lost} BLEU less than those of {few} (95% "
            "interval {lost_low} to {lost_high}), and a character of their references costs "
            "{costs} nats more ({costs_low} to {costs_high}; {long} long sentences and {short} "
            "shorter ones). In {pays} of {all} comparisons, of two models, long sentences pay."
        ),
        {
            "shortest": str(GROUPS[0][0]),
            "longest": str(GROUPS[-1][1]),
            "count": f"{float(state['mean'][0] or 0):,.0f}",
            "model": MODELS[0],
            "few": SHORT,
            "many": LONG,
            "long": str(_of(numbers, BLEU, MODELS[0], LONG).count),
            "short": str(_of(numbers, BLEU, MODELS[0], SHORT).count),
            "pays": str(sum(pays)),
            "all": str(len(pays)),
            **lost[MODELS[0]].said("lost", 0),
            **costs[MODELS[0]].said("costs", 3),
        },
    )


def _more(numbers: Numbers, table: str, model: str, one: str, other: str) -> Interval:
    """By how much one group of a model's sentences is above another."""
    return difference(*(_of(numbers, table, model, words) for words in (one, other)))


def _of(numbers: Numbers, table: str, model: str, words: str) -> Spread:
    return spread(one_row(numbers[table], model=model, words=words))


def _shapes(name: str, translator: Translator) -> Iterator[Row]:
    for sentence in measured():
        state = encode(translator, [sentence.english])
        parts = [state.hidden, *([state.memory] if state.memory is not None else [])]
        yield {
            "model": name,
            "words": _words(sentence.english),
            "numbers": sum(p.size for p in parts),
        }


def _worth(name: str, translator: Translator) -> Iterator[Row]:
    for sentence, one in zip(measured(), translated(translator), strict=True):
        bleu = sentence_bleu(one.text, [sentence.french]).bleu
        yield {"model": name, "words": _words(sentence.english), BLEU: bleu}


def _costs(name: str, translator: Translator) -> Iterator[Row]:
    for sentence in measured():
        target = target_tokens(translator, sentence.french)
        nats = -forced(translator, sentence.english, target, alternatives=1).log_prob
        characters = len(sentence.french)
        yield {"model": name, "words": _words(sentence.english), NATS: nats / characters}


def _words(english: str) -> str:
    return group(len(tokenise(english, "en")))


def _place(row: Row) -> int:
    """Where a row's group stands among the groups, the shortest first."""
    return [label(of) for of in GROUPS].index(str(row["words"]))


EXPERIMENT = Experiment(
    name="one-shape",
    section="9.6",
    claim=N_(
        "An encoder turns a sentence of any length into a state of fixed shape, and long sentences "
        "pay for it."
    ),
    measure=measure,
    judge=judge,
)
