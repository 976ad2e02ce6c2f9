"""Does padding distort the loss where it is not masked, and the state where it is read?

Minibatches of the project's own sentence pairs, drawn at random (section 9.7).
"""

from collections.abc import Iterator, Sequence
from random import Random

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Watch
from explorer.experiments.tables import Row, number, spread_columns
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.seq2seq import Seq2Seq
from explorer.seq2seq.padding_mask import Masking, masking
from explorer.seq2seq.translator import Translator
from explorer.text.sentences import sentences

MODELS = ("en-fr-gru", "en-fr-lstm")
BATCHES, SIZE = 20, 8
LOSSES = ("masked", "padding counted", "padding read")


def measure(watch: Watch) -> Numbers:
    """The three losses of every minibatch, nats a token, and the share of padding in it."""
    losses: list[Row] = []
    shares: list[Row] = []
    for done, name in enumerate(MODELS, 1):
        translator = Translator.of(*load_as(Seq2Seq, name))
        for pairs in _minibatches():
            found = masking(translator, pairs)
            losses += _losses(name, found)
            shares.append({"model": name, "share": 1 - float(found.counted.mean())})
        watch(done / len(MODELS))
    return {
        "loss, nats a token": spread_columns(losses, value="nats"),
        "padding": spread_columns(shares, value="share"),
    }


def judge(numbers: Numbers) -> Judgement:
    """It holds if either leak moves the loss of both models by a tenth, in part if one does."""
    factors = {loss: min(_factor(numbers, model, loss) for model in MODELS) for loss in LOSSES[1:]}
    moved = sum(abs(factor - 1) > 0.1 for factor in factors.values())
    share = number(numbers["padding"], "mean", lambda row: row["model"] == MODELS[0])
    return Judgement(
        ("does not hold here", "holds in part", "holds")[moved],
        N_(
            "{share} of the positions in a random minibatch of {size} are padding. Counted "
            "as targets, they make the loss {counted} times as large; read by the encoder, "
            "{read} times (for the model that is affected less)."
        ),
        {
            "share": f"{share:.0%}",
            "size": str(SIZE),
            "counted": f"{factors[LOSSES[1]]:.2f}",
            "read": f"{factors[LOSSES[2]]:.2f}",
        },
    )


def _factor(numbers: Numbers, model: str, loss: str) -> float:
    return _nats(numbers, model, loss) / _nats(numbers, model, LOSSES[0])


def _nats(numbers: Numbers, model: str, loss: str) -> float:
    def wanted(row: Row) -> bool:
        return row["model"] == model and row["loss"] == loss

    return number(numbers["loss, nats a token"], "mean", wanted)


def _losses(model: str, found: Masking) -> Iterator[Row]:
    values = (found.masked, found.unmasked, found.with_leak)
    for loss, nats in zip(LOSSES, values, strict=True):
        yield {"model": model, "loss": loss, "nats": nats}


def _minibatches() -> Iterator[Sequence[tuple[str, str]]]:
    pairs = [(sentence.english, sentence.french) for sentence in sentences()]
    for seed in range(BATCHES):
        yield Random(seed).sample(pairs, SIZE)


EXPERIMENT = Experiment(
    name="masked-loss",
    section="9.7",
    claim=N_("Padding must be masked: otherwise it distorts the loss and the encoder's state."),
    measure=measure,
    judge=judge,
)
