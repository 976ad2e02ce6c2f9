"""The two ends of a GRU's gates: a plain RNN at one, an unchanged state at the other.

Section 9.1: with reset at 1 and update at 0 a GRU is a plain RNN; with update at 1 the old state
is kept and the tokens are passed over. Both are tried in float32 and float64 on GRUs with random
weights and on the trained ones. Where the reset gate is 1, the book's GRU and PyTorch's are the
same: whether it comes before or after the product, it resets nothing.

Two right computations differ by rounding, and a network that is chaotic makes much of it. So the
two are compared step by step from the same states, and over whole sequences beside what the plain
RNN itself differs by when its products are summed in another order.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random

import torch
from torch import Tensor, nn

from explorer.experiments.experiment import Experiment, Judgement, Numbers, Spread, Table, Watch
from explorer.experiments.tables import Row, column, columns, rows
from explorer.experiments.verdicts import by_share
from explorer.locale import N_
from explorer.models.catalogue import load_as
from explorer.models.language_model import LanguageModel
from explorer.recurrence.intervening import intervening
from explorer.recurrence.intervention import Intervention
from explorer.recurrence.trace import trace
from explorer.text import recall
from explorer.text.numbers import short
from explorer.text.sentences import sentences
from explorer.text.vocabulary import Vocabulary

COUNT = 50  # sequences for every number: of random GRUs, each has one of its own
LARGEST = 64  # units of a random GRU
STEPS = (1, 2, 5, 10, 20, 50, 100)
BEFORE, LENGTHS = 40, (1, 2, 5, 10, 20, 50)  # a stretch to be passed over: what precedes it
PRECISIONS: Mapping[str, torch.dtype] = {"float32": torch.float32, "float64": torch.float64}
#: Two right computations of values up to 1 differ by a few units in the last place at each step.
ROUNDING = {"float32": 1e-5, "float64": 1e-13}

PLAIN = (Intervention("reset", value=1.0), Intervention("update", value=0.0))
GATES: Mapping[str, tuple[Intervention, ...]] = {"held": PLAIN, "free": ()}
_Pair = tuple[nn.GRU, Tensor]


def plain_rnn(gru: nn.GRU) -> nn.RNN:
    """The plain RNN, tanh, whose weights are those of a GRU's candidate.

    PyTorch's candidate is tanh(W_in x + b_in + R ⊙ (W_hn H + b_hn)): with R = 1 its two biases are
    the RNN's two.

    Args:
        gru: Of one layer and one direction, with biases.
    """
    H = gru.hidden_size
    rnn = nn.RNN(gru.input_size, H, batch_first=gru.batch_first, dtype=gru.weight_hh_l0.dtype)
    rnn.load_state_dict({name: weight[2 * H :] for name, weight in gru.state_dict().items()})
    return rnn.requires_grad_(False)


@torch.inference_mode()
def apart(gru: nn.GRU, inputs: Tensor, *interventions: Intervention) -> Tensor:
    """How far the GRU's states are from those of its plain RNN, both in PyTorch's own pass, (T,).

    Args:
        gru: As for `plain_rnn`, batch first.
        inputs: (1, T, X).
        interventions: What is changed in the GRU.
    """
    with intervening(gru, *interventions):
        changed, _ = gru(inputs)  # (1, T, H)
    return _distance(changed[0], plain_rnn(gru)(inputs)[0][0])


@torch.inference_mode()
def apart_at_each_step(gru: nn.GRU, inputs: Tensor, *interventions: Intervention) -> Tensor:
    """The same, of single steps that begin in the states that the GRU is in by itself, (T,)."""
    before = torch.cat([torch.zeros_like(gru(inputs)[0][:, :1]), gru(inputs)[0][:, :-1]], 1)
    steps = inputs[0][:, None]  # (T, 1, X), a batch of single steps
    with intervening(gru, *interventions):
        changed, _ = gru(steps, before)  # (T, 1, H)
    return _distance(changed[:, 0], plain_rnn(gru)(steps, before)[0][:, 0])


@torch.inference_mode()
def apart_from_itself(gru: nn.GRU, inputs: Tensor) -> Tensor:
    """How far the plain RNN in PyTorch's own pass is from its trace, (T,)."""
    rnn = plain_rnn(gru)
    traced = torch.from_numpy(trace(rnn, inputs)["hidden"].values[0, 0, 0])  # (T, H)
    return _distance(traced, rnn(inputs)[0][0])


def _distance(some: Tensor, others: Tensor) -> Tensor:
    """The greatest difference of any unit at each step, (T,), of (T, H)."""
    distance: Tensor = (some - others).abs().amax(-1)
    return distance


@torch.inference_mode()
def passed_over(gru: nn.GRU, inputs: Tensor, *, begin: int, end: int) -> tuple[float, float]:
    """What it does to hold the update gate at 1 from step ``begin`` to before ``end``.

    Args:
        gru: As for `apart`.
        inputs: (1, T, X), ``end`` < T.
        begin: Above 0.
        end: Above ``begin``.

    Returns:
        How far the state after the stretch is from the one before it, and how far the last state
        is from that of the inputs without the stretch.
    """
    with intervening(gru, Intervention("update", value=1.0, steps=range(begin, end))):
        changed = gru(inputs)[0][0]  # (T, H)
    without = gru(torch.cat([inputs[:, :begin], inputs[:, end:]], 1))[0][0]  # (T − stretch, H)
    copied = (changed[end - 1] - changed[begin - 1]).abs().max()
    return copied.item(), (changed[-1] - without[-1]).abs().max().item()


def measure(watch: Watch) -> Numbers:
    """Differences of states, by weights, precision and steps, with their spread over sequences."""
    tables: dict[str, list[Row]] = {"each step": [], "sequences": [], "passed over": []}
    for done, name in enumerate(("random", *TRAINED), start=1):
        for precision, dtype in PRECISIONS.items():
            pairs = [_cast(pair, dtype) for pair in (_random() if name == "random" else _on(name))]
            for table, found in {
                "each step": _each_step(pairs),
                "sequences": _sequences(pairs),
                "passed over": _passed_over(pairs),
            }.items():
                tables[table] += [{"weights": name, "precision": precision, **r} for r in found]
        watch(done / (1 + len(TRAINED)))
    return {name: columns(found) for name, found in tables.items()}


def judge(numbers: Numbers) -> Judgement:
    """Whether the greatest differences are those of rounding, in both precisions."""
    step = {p: _greatest(numbers["each step"], p, "held") for p in PRECISIONS}
    passed = {p: _greatest(numbers["passed over"], p) for p in PRECISIONS}
    held = [max(step[p], passed[p]) <= ROUNDING[p] for p in PRECISIONS]
    return Judgement(
        by_share(held),
        N_(
            "From the same state, in {sequences} sequences with each kind of weights, the two "
            "differ after one step by at most {float32} in float32 and {float64} in float64. Over "
            "{steps} steps, a network may amplify such rounding: up to {grown} in float32, where "
            "the plain RNN differs from itself by up to {itself} if its sums are taken in another "
            "order. After up to {stretch} steps with the update gate at 1, the state is that of "
            "the text without these steps, to within {passed} (float64)."
        ),
        {
            "steps": str(STEPS[-1]),
            "sequences": str(numbers["each step"]["count"][0]),
            "float32": short(step["float32"], 1),
            "float64": short(step["float64"], 1),
            "grown": short(_greatest(numbers["sequences"], "float32", "held")),
            "itself": short(_greatest(numbers["sequences"], "float32", "itself")),
            "stretch": str(LENGTHS[-1]),
            "passed": short(passed["float64"], 1),
        },
    )


def _greatest(table: Table, precision: str, gates: str | None = None) -> float:
    where = {"precision": precision} | ({} if gates is None else {"gates": gates})
    return max(column(rows(table, **where), "greatest"))


def _each_step(pairs: Sequence[_Pair]) -> Iterator[Row]:
    """The greatest difference at any single step, gates held and gates free."""
    for gates, interventions in GATES.items():
        found = [apart_at_each_step(*pair, *interventions).max().item() for pair in pairs]
        yield {"gates": gates, **_spread(found)}


def _sequences(pairs: Sequence[_Pair]) -> Iterator[Row]:
    """The greatest difference within the first steps, and the plain RNN's from itself."""
    distances = {
        gates: [apart(*pair, *interventions) for pair in pairs]
        for gates, interventions in GATES.items()
    }
    distances["itself"] = [apart_from_itself(*pair) for pair in pairs]
    for gates, of in distances.items():
        for steps in STEPS:
            found = [distance[:steps].max().item() for distance in of]
            yield {"gates": gates, "steps": steps, **_spread(found)}


def _passed_over(pairs: Sequence[_Pair]) -> Iterator[Row]:
    """What a stretch with the update gate at 1 changes, by its length."""
    for length in LENGTHS:
        both = [passed_over(*pair, begin=BEFORE, end=BEFORE + length) for pair in pairs]
        yield {"steps": length, **_spread([max(found) for found in both])}


def _spread(values: Sequence[float]) -> Row:
    return {**vars(Spread.of(values)), "greatest": max(values)}


def _random() -> Iterator[_Pair]:
    """GRUs of 1 to 64 units with weights as PyTorch draws them, and inputs from N(0, 1)."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        for number in range(COUNT):
            size = 1 + number * (LARGEST - 1) // (COUNT - 1)
            gru = nn.GRU(8, size, batch_first=True).requires_grad_(False)
            yield gru, torch.randn(1, STEPS[-1], 8)


def _on(name: str) -> Iterator[_Pair]:
    """A trained GRU on texts that no model has learned from."""
    model, card = load_as(LanguageModel, name)
    assert isinstance(model.rnn, nn.GRU)
    for number in range(COUNT):
        ids = Vocabulary(card.vocabulary).encode(TRAINED[name](number)[: STEPS[-1]])
        yield model.rnn, model.inputs(torch.tensor([ids]))


def _cast(pair: _Pair, dtype: torch.dtype) -> _Pair:
    return deepcopy(pair[0]).to(dtype), pair[1].to(dtype)


def _sentences(number: int) -> str:
    """Own sentences from some place on."""
    text = " ".join(sentence.english for sentence in sentences())
    return text[number * (len(text) - STEPS[-1]) // COUNT :]


def _symbols(number: int) -> str:
    return recall.free(Random(number), 2 * STEPS[-1])


#: The trained GRUs, each with what gives its n-th text.
TRAINED = {"gru-recall": _symbols, "gru-timemachine": _sentences}

EXPERIMENT = Experiment(
    name="plain-rnn",
    section="9.1",
    claim=N_(
        "With the reset gate at 1 and the update gate at 0, a GRU is a plain RNN with "
        "the same weights; with the update gate at 1, it copies its state and skips the "
        "tokens."
    ),
    measure=measure,
    judge=judge,
)
