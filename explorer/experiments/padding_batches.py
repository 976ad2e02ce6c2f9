"""Do padded minibatches teach what sentences one at a time teach, and faster?

Sentences of different lengths become a minibatch by being padded to one length (section 9.5). With
the mask, its gradient must be the mean of the gradients of its sentences; what it is for is time.
"""

from collections.abc import Callable, Sequence
from random import Random
from statistics import fmean
from time import process_time

import torch
from torch import Tensor

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Watch
from explorer.experiments.small_translator import Lesson, Pairs, begun, counted, loss_of, pairs
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.verdicts import by_share, interval
from explorer.locale import N_
from explorer.models.seq2seq import Seq2Seq, Source
from explorer.text.numbers import percent, short

SIZES = (2, 8, 32)  # sentences of a minibatch
ROUNDS = 10
ROUNDING = 1e-4  # of the gradient's norm, to which float32 sums in another order agree
JUDGED = 32


def measure(watch: Watch, *, rounds: int = ROUNDS) -> Numbers:
    """By size and round: how far the gradients are apart, the ratio of times, and the padding."""
    model, random = begun(Lesson(), seed=0), Random(0)
    compare(model, random, max(SIZES))  # the first one allocates
    found: list[Row] = []
    for done in range(rounds):
        for size in SIZES:
            found.append({"size": size, "round": done, **compare(model, random, size)})
        watch((done + 1) / rounds)
    return {"rounds": columns(found)}


def compare(model: Seq2Seq, random: Random, size: int) -> Row:
    """One minibatch beside its sentences, one at a time."""
    batch = pairs(random, size, test=False)
    single = alone(batch)
    weights = [float(each.target.shape[1] - 1) for each in single]  # tokens that count
    together, seconds = _timed(lambda: gradient(model, [batch], [1.0]))
    apart, seconds_apart = _timed(lambda: gradient(model, single, weights))
    return {
        "apart": float((together - apart).norm() / apart.norm()),
        "times as fast": seconds_apart / seconds,
        "padding": 1 - sum(weights) / (size * (batch.target.shape[1] - 1)),
    }


def alone(batch: Pairs) -> list[Pairs]:
    """The pairs of a minibatch one at a time, without padding."""
    ids, lengths = batch.source
    ends = counted(batch.target).sum(1)
    return [
        Pairs(Source(ids[n : n + 1, :length], lengths[n : n + 1]), batch.target[n : n + 1, :end])
        for n, (length, end) in enumerate(zip(lengths.tolist(), ends.tolist(), strict=True))
    ]


def gradient(model: Seq2Seq, batches: Sequence[Pairs], weights: Sequence[float]) -> Tensor:
    """The gradient of the mean loss over batches, weighted, as one vector."""
    model.zero_grad()
    for batch, weight in zip(batches, weights, strict=True):
        (weight / sum(weights) * loss_of(model, batch, Lesson())).backward()  # type: ignore[no-untyped-call]
    return torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])


def judge(numbers: Numbers) -> Judgement:
    """It holds if the gradients agree to rounding, and the padded minibatch is faster.

    Faster: the 95 % interval of how many times as fast, at the largest size, is above 1.
    """
    found, judged = rows(numbers["rounds"]), rows(numbers["rounds"], size=JUDGED)
    apart = max(column(found, "apart"))
    faster = interval(Spread.of(column(judged, "times as fast")))
    return Judgement(
        by_share([apart <= ROUNDING, faster.low > 1]),
        N_(
            "In minibatches of {size}, {padding} of the target positions are padding, and the "
            "gradient is computed {faster} times as fast as sentence by sentence (95% interval "
            "{faster_low} to {faster_high}). With the mask, the two gradients differ by at most "
            "{apart} of their norm, over {count} minibatches of {sizes}."
        ),
        {
            "size": str(JUDGED),
            "padding": percent(fmean(column(judged, "padding"))),
            **faster.said("faster", 1),
            "apart": short(apart, 1),
            "count": str(len(found)),
            "sizes": ", ".join(map(str, SIZES)),
        },
    )


def _timed(call: Callable[[], Tensor]) -> tuple[Tensor, float]:
    """What a call gives, and the processor's time for it."""
    started = process_time()
    return call(), process_time() - started


EXPERIMENT = Experiment(
    name="padding-batches",
    section="9.5",
    claim=N_(
        "Padded to one length, sentences of different lengths can be learned from in one "
        "minibatch: with the mask it teaches the same, and in less time."
    ),
    measure=measure,
    judge=judge,
)
