import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from explorer.decoding.beam import beam_search
from explorer.decoding.hypothesis import Hypothesis
from explorer.errors import ExplorerError

END = 0


@dataclass(frozen=True)
class Seen:
    """The state of a random table: the source and every prefix that was read."""

    read: tuple[tuple[int, ...], ...]

    def select(self, rows: Tensor) -> "Seen":
        return Seen(tuple(self.read[n] for n in rows.tolist()))


@dataclass(frozen=True)
class Table:
    """Random probabilities of the next token, decided by the source and the prefix."""

    size: int
    begin: int = 7
    end: int = END

    def start(self, sources: Sequence[int]) -> Seen:
        return Seen(tuple((source,) for source in sources))

    def step(self, state: Seen, tokens: Tensor) -> tuple[Tensor, Seen]:
        read = tuple((*p, t) for p, t in zip(state.read, tokens.tolist(), strict=True))
        return torch.stack([self.log_probs(prefix) for prefix in read]), Seen(read)

    def log_probs(self, prefix: tuple[int, ...]) -> Tensor:
        chance = torch.Generator().manual_seed(hash(prefix) % 2**32)
        return (2 * torch.randn(self.size, generator=chance)).log_softmax(-1)


def log_prob(table: Table, source: int, tokens: Sequence[int]) -> float:
    """The sum over the tokens, each given those before it."""
    prefix: tuple[int, ...] = (source, table.begin)
    total = 0.0
    for token in tokens:
        total += table.log_probs(prefix)[token].item()
        prefix = (*prefix, token)
    return total


def all_finished(table: Table, source: int, longest: int) -> dict[tuple[int, ...], float]:
    """Every sequence that ends within ``longest`` tokens, with its log-probability."""
    others = [token for token in range(table.size) if token != END]
    return {
        tokens: log_prob(table, source, (*tokens, END))
        for length in range(longest)
        for tokens in product(others, repeat=length)
    }


def found(table: Table, source: int, **options: float) -> tuple[Hypothesis, ...]:
    (hypotheses,) = beam_search(table, [source], **options)
    return hypotheses


@settings(max_examples=60)
@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 5), st.sampled_from([0, 0.75, 1.5]))
def test_a_beam_of_the_whole_space_is_exhaustive(
    source: int, size: int, longest: int, alpha: float
) -> None:
    table = Table(size)
    known = all_finished(table, source, longest)
    scores = {tokens: p / (len(tokens) + 1) ** alpha for tokens, p in known.items()}
    width = size**longest
    hypotheses = found(table, source, width=width, lengths=[longest], alpha=alpha)
    assert all(h.finished for h in hypotheses)
    assert {h.tokens for h in hypotheses} == set(known)
    best = max(scores, key=scores.__getitem__)
    assert hypotheses[0].tokens == best
    for h in hypotheses:
        assert h.log_prob == pytest.approx(known[h.tokens], abs=1e-4)
        assert h.score == pytest.approx(scores[h.tokens], abs=1e-4)


@settings(max_examples=60)
@given(st.integers(0, 9999), st.integers(2, 6), st.integers(1, 8))
def test_width_one_takes_the_likeliest_token_at_every_step(
    source: int, size: int, longest: int
) -> None:
    table, prefix = Table(size), (source, 7)
    while len(prefix) - 2 < longest and prefix[-1] != END:
        prefix = (*prefix, int(table.log_probs(prefix).argmax()))
    (greedy,) = found(table, source, width=1, lengths=[longest])
    assert greedy.finished == (prefix[-1] == END)
    assert greedy.tokens == (prefix[2:-1] if greedy.finished else prefix[2:])
    assert greedy.log_prob == pytest.approx(log_prob(table, source, prefix[2:]), abs=1e-4)


def written_out(table: Table, source: int, width: int, longest: int) -> set[tuple[int, ...]]:
    """Beam search over plain lists: what it finishes."""
    beam, finished = [((), 0.0)], set()
    for _ in range(longest):
        grown = []
        for tokens, total in beam:
            log_probs = table.log_probs((source, table.begin, *tokens)).tolist()
            grown += [((*tokens, token), total + p) for token, p in enumerate(log_probs)]
        grown.sort(key=lambda candidate: -candidate[1])
        finished |= {tokens[:-1] for tokens, _ in grown[:width] if tokens[-1] == END}
        beam = [candidate for candidate in grown if candidate[0][-1] != END][:width]
        if len(finished) >= width:
            break
    return finished


@settings(max_examples=60)
@given(st.integers(0, 9999), st.integers(2, 6), st.integers(1, 5), st.integers(1, 6))
def test_it_finds_what_a_beam_search_over_lists_finds(
    source: int, size: int, width: int, longest: int
) -> None:
    table = Table(size)
    expected = written_out(table, source, width, longest)
    hypotheses = found(table, source, width=width, lengths=[longest])
    got = {h.tokens for h in hypotheses if h.finished}
    assert got <= expected
    assert len(got) == min(width, len(expected))
    assert [h.finished for h in hypotheses] == [True] * len(hypotheses) or not expected


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 7)), max_size=6), st.integers(1, 4))
def test_a_source_is_searched_as_if_it_were_alone(asked: list[tuple[int, int]], width: int) -> None:
    table = Table(5)
    sources, lengths = [s for s, _ in asked], [n for _, n in asked]
    together = beam_search(table, sources, width=width, lengths=lengths, alpha=0.5)
    alone = [found(table, s, width=width, lengths=[n], alpha=0.5) for s, n in asked]
    assert list(together) == alone


@dataclass(frozen=True)
class Never(Table):
    """A table that never ends a sequence."""

    def log_probs(self, prefix: tuple[int, ...]) -> Tensor:
        return super().log_probs(prefix).index_fill(0, torch.tensor([END]), -torch.inf)


def test_a_search_that_never_ends_is_cut_and_says_so() -> None:
    (best,) = found(Never(4), 3, width=2, lengths=[6], alpha=1.0)
    assert not best.finished
    assert len(best.tokens) == 6
    assert best.score == pytest.approx(best.log_prob / 6)
    assert math.isfinite(best.log_prob)


@pytest.mark.parametrize(("width", "alpha"), [(0, 0.0), (-1, 0.0), (1, -0.1)])
def test_an_impossible_beam_is_refused(width: int, alpha: float) -> None:
    with pytest.raises(ExplorerError, match="at least"):
        beam_search(Table(3), [1], width=width, lengths=[3], alpha=alpha)


BOOK = {
    (): (0.1, 0.5, 0.2, 0.2),
    (1,): (0.2, 0.1, 0.4, 0.3),
    (1, 2): (0.2, 0.2, 0.2, 0.4),
    (1, 3): (0.1, 0.1, 0.6, 0.2),
    (1, 2, 3): (0.6, 0.0, 0.2, 0.2),
    (1, 3, 2): (0.6, 0.1, 0.2, 0.1),
}
"""The four tokens of section 9.8, <eos> A B C: what comes next after the prefixes it speaks of."""


class Book(Table):
    """Greedy search takes A B C <eos>, though A C B <eos> is likelier; all else ends at once."""

    def log_probs(self, prefix: tuple[int, ...]) -> Tensor:
        return torch.tensor(BOOK.get(prefix[2:], (1.0, 0.0, 0.0, 0.0))).log()


def test_the_books_example() -> None:
    (greedy,) = found(Book(4), 0, width=1, lengths=[4])
    assert greedy.tokens == (1, 2, 3)
    assert math.exp(greedy.log_prob) == pytest.approx(0.048)
    hypotheses = {h.tokens: h for h in found(Book(4), 0, width=99, lengths=[4])}
    assert math.exp(hypotheses[(1, 3, 2)].log_prob) == pytest.approx(0.054)
