"""What a model gives a translation that it is made to write, token by token (forced decoding).

The probabilities are those that the search sees: tokens that may not come (``<unk>``, ``<pad>``,
``<bos>``, a placeholder without anything to copy) are taken out after the normalisation, so that
all others keep the model's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.seq2seq.model_input import Sentence, Target, read_source, read_target
from explorer.seq2seq.translator import Translator
from explorer.text.copying import restore
from explorer.text.vocabulary import EOS


@dataclass(frozen=True)
class Alternative:
    """A token that might come.

    Args:
        token: The word; for a placeholder, the word that would be copied.
        log_prob: Nats.
        copied: Whether it is a placeholder's.
    """

    token: str
    log_prob: float
    copied: bool = False


@dataclass(frozen=True)
class Step:
    """One token of a forced translation, given all those before it.

    Args:
        token: As it was given; ``<eos>`` for the end.
        number: Its number in the target's vocabulary; of its placeholder, if it is copied; 0 if
            it is not known.
        copied: Whether it is copied from the source.
        known: Whether the model can write it. If not, its probability and rank are those of
            ``<unk>``, which no search may take.
        log_prob: Nats.
        rank: 1 for the likeliest; only tokens that may come are counted before it.
        entropy: Nats, of the model's whole distribution, before any token is taken out of it.
        banned: The share of that distribution which goes to tokens that may not come.
        alternatives: The likeliest tokens that may come, the best first.
    """

    token: str
    number: int
    copied: bool
    known: bool
    log_prob: float
    rank: int
    entropy: float
    banned: float
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Forced:
    """A translation that was given, as the model judges it.

    Args:
        source: The source's tokens as they were written.
        tokens: The translation's tokens, T of them.
        steps: One for each token, and one for the end, if there is an end.
        finished: Whether its end was forced too.
    """

    source: tuple[str, ...]
    tokens: tuple[str, ...]
    steps: tuple[Step, ...]
    finished: bool

    @property
    def log_prob(self) -> float:
        """The sum over the steps, nats."""
        return sum(step.log_prob for step in self.steps)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The tokens that the model cannot write, each of them once."""
        return tuple(dict.fromkeys(step.token for step in self.steps if not step.known))

    @property
    def costs(self) -> tuple[tuple[str, float], ...]:
        """The token of each step with its log p."""
        return tuple((step.token, step.log_prob) for step in self.steps)

    @property
    def leaves_greedy(self) -> int | None:
        """The first step whose token greedy search would not write, if there is one."""
        steps = enumerate(self.steps)
        return next((place for place, step in steps if step.rank > 1 or not step.known), None)

    def score(self, alpha: float) -> float:
        """log_prob / Lᵅ, L counting the ending token: what a search would rank it by."""
        return self.log_prob / float(max(1, len(self.steps)) ** alpha)


def forced(
    translator: Translator,
    source_text: str,
    tokens: Sequence[str],
    *,
    alternatives: int = 5,
    copied: Sequence[bool] | None = None,
    finished: bool = True,
) -> Forced:
    """The log-probability of each of the given tokens, by one teacher-forced pass.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        tokens: The translation's tokens: those of a `Translation`, or of `target_tokens`.
        alternatives: How many likely tokens are kept at each step.
        copied: Which tokens are copies, as a `Translation` says; without it, every word that is
            hidden in the source is one, as in training.
        finished: Whether the end is forced, too; not so for a translation that was cut.

    Raises:
        ExplorerError: The source has no words, or one of the two has too many.
    """
    sentence = read_source(translator, source_text)
    target = read_target(translator, sentence, tokens, copied=copied)
    places = len(target.tokens) + finished
    log_probs, allowed = distributions(translator, sentence, target.numbers)
    rows = zip(log_probs[:places], allowed[:places], strict=True)
    steps = tuple(
        _step(translator, sentence, target, place, *row, alternatives=alternatives)
        for place, row in enumerate(rows)
    )
    return Forced(sentence.tokens, target.tokens, steps, finished)


@torch.inference_mode()
def distributions(
    translator: Translator, sentence: Sentence, numbers: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """The model's log-probabilities before and after the ban, (T + 1, V) each, T forced tokens."""
    scorer = translator.scorer
    state = scorer.start([sentence.numbers])
    ids = torch.tensor([[scorer.begin, *numbers]], device=state.source.device)  # (1, T + 1)
    logits, _ = translator.model(ids, state.decoder)
    log_probs = logits[0].log_softmax(-1)  # (T + 1, V)
    return log_probs.cpu(), scorer.banned(log_probs.clone(), state).cpu()


def _step(
    translator: Translator,
    sentence: Sentence,
    target: Target,
    place: int,
    log_probs: Tensor,  # (V,)
    allowed: Tensor,  # (V,) the same, −inf for tokens that may not come
    *,
    alternatives: int,
) -> Step:
    ending = place == len(target.tokens)
    number = translator.scorer.end if ending else target.numbers[place]
    shares = log_probs.exp()
    before = translator.target.decode(target.numbers[:place])
    return Step(
        token=EOS if ending else target.tokens[place],
        number=number,
        copied=not ending and target.copied[place],
        known=ending or target.known[place],
        log_prob=log_probs[number].item(),
        rank=1 + int((allowed > log_probs[number]).sum()),
        entropy=torch.special.entr(shares).sum().item(),
        banned=shares[allowed.isneginf()].sum().item(),
        alternatives=_likeliest(translator, sentence, before, allowed, count=alternatives),
    )


def _likeliest(
    translator: Translator,
    sentence: Sentence,
    before: tuple[str, ...],
    allowed: Tensor,  # (V,)
    *,
    count: int,
) -> tuple[Alternative, ...]:
    """The best tokens after those before, placeholders as the words that they would copy."""
    best = allowed.topk(min(count, int(allowed.isfinite().sum())))
    found = []
    for number, log_prob in zip(best.indices.tolist(), best.values.tolist(), strict=True):
        output = (*before, translator.target.tokens[number])
        words, copies = restore(output, source=sentence.tokens, hidden=sentence.hidden)
        found.append(Alternative(words[-1], log_prob, copies[-1]))
    return tuple(found)
