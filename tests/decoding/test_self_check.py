"""Scorers with faults in their states: which of their wrong proofs the self-check sees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from torch import Tensor

from explorer.decoding.decode import decode
from explorer.decoding.exact import exact
from explorer.decoding.self_check import self_check
from explorer.decoding.traced_beam import beam
from explorer.decoding.validating import Validating
from explorer.errors import ExplorerError
from tests.decoding.scorers import BEGIN, END, Hashed, Random

V, H = 6, 5


@dataclass(frozen=True)
class Sums:
    """The state of N prefixes: two vectors each, as an LSTM has two."""

    one: np.ndarray  # (N, H)
    two: np.ndarray  # (N, H)

    def select(self, rows: Tensor) -> "Sums":
        return type(self)(self.one[rows.numpy()], self.two[rows.numpy()])

    def joined(self, others: Sequence["Sums"]) -> "Sums":
        return self.side_by_side([self, *others])

    def side_by_side(self, parts: Sequence["Sums"]) -> "Sums":
        return type(self)(
            np.concatenate([part.one for part in parts]),
            np.concatenate([part.two for part in parts]),
        )


@dataclass(frozen=True)
class Recurrent:
    """A small recurrent network in NumPy; the source decides its weights."""

    state: type[Sums] = Sums
    in_place: bool = False
    begin: int = BEGIN
    end: int = END

    def start(self, sources: Sequence[int]) -> Sums:
        rng = np.random.default_rng(sources[0])
        weights = rng.normal(size=(2 * H + H, V)), rng.normal(size=(BEGIN + 1, H))
        object.__setattr__(self, "weights", weights)
        return self.state(np.zeros((len(sources), H)), np.zeros((len(sources), H)))

    def step(self, state: Sums, tokens: Tensor) -> tuple[Tensor, Sums]:
        out, embedding = self.weights  # type: ignore[attr-defined]
        new = np.tanh(0.8 * state.one[:, ::-1] + embedding[tokens.numpy()])
        two = 0.7 * state.two + new
        if self.in_place:
            state.one[:], state.two[:] = new, two
            new, two = state.one, state.two
        logits = np.concatenate([new, two, new * two], 1) @ out
        return torch.from_numpy(logits).log_softmax(-1), type(state)(new, two)


class Forgets(Sums):
    """Its select() gives as many rows as are asked for, and not those."""

    def select(self, rows: Tensor) -> "Sums":
        return super().select(torch.arange(len(rows)) % len(self.one))


class Half(Sums):
    """Its select() forgets one of the two vectors."""

    def select(self, rows: Tensor) -> "Sums":
        return Half(self.one[rows.numpy()], self.two[np.arange(len(rows)) % len(self.two)])


class Sorts(Sums):
    """Its select() gives the right rows in another order."""

    def select(self, rows: Tensor) -> "Sums":
        return super().select(rows.sort().values)


class Joins(Sums):
    """Its joined() puts the others first."""

    def joined(self, others: Sequence[Sums]) -> "Sums":
        return self.side_by_side([*others, self])


FAULTS: dict[str, Callable[[], Recurrent]] = {
    "select ignored": lambda: Recurrent(Forgets),
    "one of two parts forgotten": lambda: Recurrent(Half),
    "another order": lambda: Recurrent(Sorts),
    "joined the wrong way round": lambda: Recurrent(Joins),
    "changed in place": lambda: Recurrent(in_place=True),
}
RULES = {"max_length": 5, "alpha": 0.75, "width": 3}


def wrong(fault: str, source: int) -> tuple[bool, bool]:
    """Whether exact search proves something that is not so, and whether the check sees it."""
    right = decode(Recurrent(), source, "exhaustive", **RULES).n_best[0]
    scorer = FAULTS[fault]()
    tree = exact(Validating(scorer), source, **RULES, batch=3)
    ours = tree.n_best[0]
    proved = tree.proved_optimal and (
        ours.tokens != right.tokens or abs(ours.score - right.score) > 1e-6
    )
    try:
        self_check(scorer, source, tree)
    except ExplorerError:
        return proved, True
    return proved, False


def test_what_the_check_sees_of_the_wrong_proofs_of_faulty_scorers() -> None:
    """50 faulty scorers, ten of each fault: it sees all of their wrong proofs, or all but one."""
    found = {fault: [wrong(fault, source) for source in range(10)] for fault in FAULTS}
    proofs = {fault: [seen for proved, seen in some if proved] for fault, some in found.items()}
    every = [seen for some in proofs.values() for seen in some]
    assert len(every) > 15
    assert sum(every) >= len(every) - 1
    assert all(proofs.values())  # there are wrong proofs of every kind


@pytest.mark.parametrize("strategy", ["beam", "exhaustive", "exact"])
def test_every_search_is_checked(strategy: str) -> None:
    said = []
    for source in range(20):
        try:
            decode(Recurrent(Forgets), source, strategy, **RULES)
        except ExplorerError as error:
            said.append(str(error))
    assert len(said) >= 8
    assert all("when the sequence is scored alone" in one for one in said)


@dataclass(frozen=True)
class Drifts(Random):
    """A scorer that is off by a little more at every call: by chance, or by the rows it reads."""

    chance: bool = False
    size: int = 5

    def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
        log_probs, after = super().step(state, tokens)
        off = CHANCE.random() if self.chance else 1e-3 * len(tokens)
        return log_probs - off, after


CHANCE = np.random.default_rng(0)


def test_a_scorer_that_draws_by_chance_is_told_from_one_that_mixes_its_rows() -> None:
    with pytest.raises(ExplorerError, match="different log-probabilities each time"):
        decode(Drifts(chance=True), 1, "exact", max_length=5)


def test_rounding_is_no_fault() -> None:
    """What is as far off in any batch, by little, is rounding that has grown."""
    decode(Drifts(), 1, "beam", width=4, max_length=5)


def test_a_trusted_scorer_is_not_asked_again() -> None:
    class Trusted(Recurrent):
        trusted = True

    for source in range(5):
        decode(Trusted(Forgets), source, "exact", **RULES)


def test_what_is_scored_again_is_little_beside_the_search() -> None:
    calls: list[int] = []

    class Counted(Random):
        def step(self, state: Hashed, tokens: Tensor) -> tuple[Tensor, Hashed]:
            calls.append(len(tokens))
            return super().step(state, tokens)

    tree = beam(Counted(9, 0.5), 3, width=5, max_length=40)
    calls.clear()
    self_check(Counted(9, 0.5), 3, tree)
    assert len(calls) <= 4
    assert max(calls) <= 4
