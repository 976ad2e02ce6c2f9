"""Does a sentence of any length become a state of one shape, and what does that cost long ones?

The encoder–decoder of section 9.6 on the project's own sentence pairs, which no model has read.
"""

from collections.abc import Iterator

from explorer.evaluation.sentence import sentence_bleu
from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, number, spread_columns
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.encoder_states import encode
from explorer.seq2seq.translator import Translator
from explorer.text.pieces import joined
from explorer.text.sentences import sentences

MODELS = ("en-fr-gru", "en-fr-lstm")
GROUPS = ((2, 4), (5, 6), (7, 9), (10, 20))  # words and marks of the source


def measure(watch: Watch) -> Numbers:
    """Numbers in the state, and BLEU of the translation, sentence by sentence."""
    shapes: list[Row] = []
    worth: list[Row] = []
    for done, name in enumerate(MODELS, 1):
        translator = Translator.of(*load_as(Seq2Seq, name))
        shapes += sorted(_shapes(name, translator), key=_place)
        worth += sorted(_worth(name, translator), key=_place)
        watch(done / len(MODELS))
    return {
        "numbers in the state": spread_columns(shapes, value="numbers"),
        "BLEU": spread_columns(worth, value="BLEU"),
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if all states of a model are as large; the sentence says what length costs."""
    state = numbers["numbers in the state"]
    same = not any(state["sd"]) and len({*state["mean"]}) == len(MODELS)
    short, long = (_worth_of(numbers, _label(group)) for group in (GROUPS[0], GROUPS[-1]))
    return Judgement(
        "holds" if same else "does not hold here",
        N_(
            "Every sentence of {shortest} to {longest} words becomes {count} numbers "
            "({model}). More words share the same space: average sentence BLEU is {short} at "
            "{few} words and {long} at {many}."
        ),
        {
            "shortest": str(GROUPS[0][0]),
            "longest": str(GROUPS[-1][1]),
            "count": f"{float(state['mean'][0] or 0):,.0f}",
            "model": MODELS[0],
            "short": f"{short:.0f}",
            "few": _label(GROUPS[0]),
            "long": f"{long:.0f}",
            "many": _label(GROUPS[-1]),
        },
    )


def _worth_of(numbers: Numbers, words: str) -> float:
    def wanted(row: Row) -> bool:
        return row["model"] == MODELS[0] and row["words"] == words

    return number(numbers["BLEU"], "mean", wanted)


def _shapes(name: str, translator: Translator) -> Iterator[Row]:
    for sentence in sentences():
        state = encode(translator, [sentence.english])
        parts = [state.hidden, *([state.memory] if state.memory is not None else [])]
        words = len(translator.words(sentence.english))
        yield {"model": name, "words": _group(words), "numbers": sum(part.size for part in parts)}


def _worth(name: str, translator: Translator) -> Iterator[Row]:
    found = translator.translate([sentence.english for sentence in sentences()])
    for sentence, one in zip(sentences(), found, strict=True):
        bleu = sentence_bleu(one.text, [sentence.french]).bleu
        yield {"model": name, "words": _group(len(joined(one.source))), "BLEU": bleu}


def _group(words: int) -> str:
    return next(_label(group) for group in GROUPS if words <= group[1] or group == GROUPS[-1])


def _place(row: Row) -> int:
    """Where a row's group stands among the groups, the shortest first."""
    return [_label(group) for group in GROUPS].index(str(row["words"]))


def _label(group: tuple[int, int]) -> str:
    return f"{group[0]}–{group[1]}"


EXPERIMENT = Experiment(
    name="one-shape",
    section="9.6",
    claim=N_("An encoder turns a sentence of any length into a state of fixed shape."),
    measure=measure,
    judge=judge,
)
