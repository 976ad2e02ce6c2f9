"""Two sentences and the line between their states, decoded at points along it.

The whole state that the decoder starts from is mixed: the context, and every layer's hidden state
and memory. A point takes its greatest length, and the names and numbers that it may copy, from the
sentence that is nearer; so the ends of the line are the two sentences' own translations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.decoding.beam import Rules, Stopping, beam_search
from explorer.decoding.scorer import Wrapped
from explorer.models.recurrent import State
from explorer.models.seq2seq import DecoderState
from explorer.seq2seq.model_input import read_source
from explorer.seq2seq.scorer import Prefixes
from explorer.seq2seq.translator import Translation, Translator, longest


@dataclass(frozen=True)
class Point:
    """A point of the line, decoded.

    Attributes:
        share: How much of the second sentence's state is in it, 0 to 1.
        greedy: What greedy search writes from there.
        beam: What beam search writes.
    """

    share: float
    greedy: Translation
    beam: Translation


@dataclass(frozen=True)
class _Given(Wrapped[Sequence[int], Prefixes]):
    """A scorer that begins at given states; its sources are their row numbers."""

    state: Prefixes

    def start(self, sources: Sequence[int]) -> Prefixes:
        return self.state.select(torch.tensor(sources))

    def step(self, state: Prefixes, tokens: Tensor) -> tuple[Tensor, Prefixes]:
        return self.scorer.step(state, tokens)


def decode_between(
    translator: Translator,
    one: str,
    other: str,
    *,
    points: int = 11,
    width: int = 5,
    alpha: float = 0.75,
    stopping: Stopping = "first k",
) -> tuple[Point, ...]:
    """What the decoder writes at points along the line between two sentences' states.

    Args:
        translator: The model with its words.
        one: The sentence at share 0.
        other: The sentence at share 1.
        points: At equal distances, both ends among them, at least 2.
        width: Of the beam.
        alpha: The exponent of the length that log-probabilities are divided by.
        stopping: When the beam stops; greedy search ends with its first end.

    Raises:
        ExplorerError: A text has no words or too many, the width is below 1 or alpha below 0.
    """
    shares = torch.linspace(0, 1, points)  # (P,)
    nearer = [0 if share < 0.5 else 1 for share in shares.tolist()]
    greedy, beam = (
        _decode(translator, (one, other), shares, nearer, rules=rules)
        for rules in (Rules(1, alpha, "first k"), Rules(width, alpha, stopping))
    )
    return tuple(map(Point, shares.tolist(), greedy, beam))


@torch.inference_mode()
def _decode(
    translator: Translator,
    texts: tuple[str, str],
    shares: Tensor,
    nearer: Sequence[int],
    *,
    rules: Rules,
) -> list[Translation]:
    read = [read_source(translator, text) for text in texts]
    ends = translator.scorer.start([sentence.numbers for sentence in read])
    mixed = mix(ends.decoder, shares)
    state = translator.scorer.at(mixed, ends.given.ban[nearer])
    found = beam_search(
        _Given(translator.scorer, state),
        range(len(nearer)),
        width=rules.width,
        lengths=[longest(read[place].tokens, translator.language) for place in nearer],
        alpha=rules.alpha,
        stopping=rules.stopping,
    )
    return [
        translator.written(best[0], read[place].tokens, read[place].hidden)
        for best, place in zip(found, nearer, strict=True)
    ]


def mix(ends: DecoderState, shares: Tensor) -> DecoderState:
    """The states on the line from the first of two rows to the second, at ``shares``, (P,).

    At 0 and 1 they are the rows themselves, to the last bit. They keep their type and device.
    """

    def along(values: Tensor) -> Tensor:  # (…, 2, H) to (…, P, H)
        first, second = values.narrow(-2, 0, 1), values.narrow(-2, 1, 1)
        return torch.lerp(first, second, shares[:, None].to(values))

    state: State = ends.state
    mixed = along(state) if isinstance(state, Tensor) else (along(state[0]), along(state[1]))
    return DecoderState(along(ends.context), mixed)
