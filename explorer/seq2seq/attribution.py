"""Which source words moved each token of a translation, measured in two ways.

Both explain the same numbers: the model's log-probability of every token of a given translation,
given the tokens before it (before any token is forbidden to the search). Gradient × input asks
how the number answers to a small change of an embedding; leaving one out asks what it would have
been without the word. They need not agree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import linear

from explorer.models.seq2seq import DecoderState, Seq2Seq
from explorer.seq2seq.model_input import Sentence, Target, read_source, read_target
from explorer.seq2seq.scorer import source_batch
from explorer.seq2seq.translator import Translator
from explorer.text.pieces import joined, spans
from explorer.text.vocabulary import EOS, PAD, UNKNOWN

ROWS = 32  # rows of a batch: a long sentence takes no more memory than so many at once
PLACES = 1024  # distributions over the vocabulary that are held at once

Watch = Callable[[float], None]
"""Called with the share that is done, above 0 and up to 1."""


@dataclass(frozen=True)
class Attribution:
    """How much each source token did for each output token.

    Args:
        source: The source's tokens as they were written, and ``<eos>``, (S + 1,); or its words.
        target: The translation's tokens and ``<eos>``, (T + 1,); or its words.
        values: Nats, (T + 1, S + 1): above zero where the source token made the output token
            likelier.
        log_probs: What is explained: log p of each output token, nats, (T + 1,).
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    values: npt.NDArray[np.float64]
    log_probs: npt.NDArray[np.float64]


def gradient_times_input(
    translator: Translator,
    source_text: str,
    tokens: Sequence[str],
    *,
    copied: Sequence[bool] | None = None,
    words: bool = False,
    watch: Watch = lambda share: None,
) -> Attribution:
    """For each source token Σₑ xₑ · ∂ log p / ∂xₑ, x its embedding (E numbers).

    Source: Shrikumar et al. 2017, *Learning important features through propagating activation
    differences*, section 2.2; Captum calls it ``InputXGradient``.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        tokens: The translation's tokens.
        copied: Which of them are copies; see `forced`.
        words: Take the pieces of a word together, on both sides.
        watch: Told of every batch.

    Raises:
        ExplorerError: The source has no words, or one of the two has too many.
    """
    sentence, target = _read(translator, source_text, tokens, copied)
    model, ids, wanted = _prepared(translator, target)
    device = ids.device
    source = torch.tensor([sentence.numbers], device=device)  # (1, S + 1)
    values, log_probs = [], []
    for places in torch.split(torch.arange(len(wanted), device=device), ROWS):
        rows = model.source_embedding(source).detach().expand(len(places), -1, -1)
        with torch.enable_grad():  # one row of the batch for each output token
            embedded = rows.clone().requires_grad_()  # (B, S + 1, E)
            read = ids[: int(places[-1]) + 1].expand(len(places), -1)  # (B, T')
            explained = _at(model, embedded, read, places, wanted[places])  # (B,)
            (gradient,) = torch.autograd.grad(explained.sum(), embedded)
        values.append((gradient * embedded.detach()).sum(-1))
        log_probs.append(explained.detach())
        watch(min(1.0, len(values) * ROWS / len(wanted)))
    found = _attribution(sentence, target, torch.cat(values), torch.cat(log_probs))
    return _of_words(found, source=True) if words else found


@torch.inference_mode()
def leave_one_out(
    translator: Translator,
    source_text: str,
    tokens: Sequence[str],
    *,
    replace: bool = False,
    copied: Sequence[bool] | None = None,
    words: bool = False,
    watch: Watch = lambda share: None,
) -> Attribution:
    """For each source token by how much log p falls when it is not there.

    Source: Li, Monroe & Jurafsky 2016, *Understanding neural networks through representation
    erasure*.

    Args:
        translator: The model with its words.
        source_text: A sentence.
        tokens: The translation's tokens.
        replace: Put ``<unk>`` in the token's place, so that the sentence keeps its length,
            instead of removing it.
        copied: Which of them are copies; see `forced`.
        words: Take the pieces of a word together, on both sides.
        watch: Told of every batch.

    Raises:
        ExplorerError: The source has no words, or one of the two has too many.
    """
    sentence, target = _read(translator, source_text, tokens, copied)
    model, ids, wanted = _prepared(translator, target)
    pad = translator.source.number(PAD)
    unknown = [translator.source.number(UNKNOWN)] if replace else []
    found = []
    pieces = (*sentence.tokens, EOS)
    left_out = spans(pieces) if words else tuple(range(s, s + 1) for s in range(len(pieces)))
    variants = _variants(sentence.numbers, left_out, unknown)
    for start in range(0, len(variants), ROWS):
        some = variants[start : start + ROWS]
        state = model.encode(source_batch(some, pad=pad).to(ids.device))
        found.append(_log_probs(model, state, ids.expand(len(some), -1), wanted))
        watch(min(1.0, (start + ROWS) / len(variants)))
    log_probs = torch.cat(found)  # (S + 2, T + 1), the whole sentence first
    taken = _attribution(sentence, target, (log_probs[0] - log_probs[1:]).T, log_probs[0])
    return _of_words(taken, source=False) if words else taken


def _variants(
    numbers: Sequence[int], left_out: Sequence[range], instead: Sequence[int]
) -> list[list[int]]:
    """The sentence, then the same without its first place, without its second, and so on."""
    less = [[*numbers[: s.start], *[*instead] * len(s), *numbers[s.stop :]] for s in left_out]
    return [list(numbers), *less]


def _of_words(found: Attribution, *, source: bool) -> Attribution:
    """The same with one row a word, and, if ``source``, one column a word: sums over its pieces."""
    rows = [span.start for span in spans(found.target)]
    values = np.add.reduceat(found.values, rows, axis=0)
    if source:
        values = np.add.reduceat(values, [span.start for span in spans(found.source)], axis=1)
    return Attribution(
        source=joined(found.source),
        target=joined(found.target),
        values=values,
        log_probs=np.add.reduceat(found.log_probs, rows),
    )


def _read(
    translator: Translator, source_text: str, tokens: Sequence[str], copied: Sequence[bool] | None
) -> tuple[Sentence, Target]:
    sentence = read_source(translator, source_text)
    return sentence, read_target(translator, sentence, tokens, copied=copied)


def _prepared(translator: Translator, target: Target) -> tuple[Seq2Seq, Tensor, Tensor]:
    """The model, what its decoder reads and what comes next, (T + 1,) each."""
    model, scorer = translator.model, translator.scorer
    device = model.head_bias.device
    ids = torch.tensor([scorer.begin, *target.numbers], device=device)
    return model, ids, torch.tensor([*target.numbers, scorer.end], device=device)


def _at(model: Seq2Seq, embedded: Tensor, ids: Tensor, places: Tensor, wanted: Tensor) -> Tensor:
    """The log p of one token in each row, (B,): the one wanted at the row's place."""
    lengths = torch.full((len(embedded),), embedded.shape[1])
    written, _ = model.write(ids, model.encode_embedded(embedded, lengths))  # (B, T', E)
    rows = torch.arange(len(places), device=ids.device)
    return _taken(model, written[rows, places], wanted)


def _log_probs(model: Seq2Seq, state: DecoderState, ids: Tensor, wanted: Tensor) -> Tensor:
    """The log p of each wanted token in each row, (B, T)."""
    written, _ = model.write(ids, state)  # (B, T, E)
    places = torch.split(written.flatten(0, 1), PLACES)
    tokens = torch.split(wanted.repeat(len(ids)), PLACES)
    found = [_taken(model, some, next_) for some, next_ in zip(places, tokens, strict=True)]
    return torch.cat(found).view(ids.shape)


def _taken(model: Seq2Seq, written: Tensor, wanted: Tensor) -> Tensor:
    """The log p of the wanted tokens, (N,), of what the decoder wrote, (N, E)."""
    logits = linear(written, model.target_embedding.weight, model.head_bias)  # (N, V)
    return logits.log_softmax(-1).gather(-1, wanted[:, None])[:, 0]


def _attribution(
    sentence: Sentence, target: Target, values: Tensor, log_probs: Tensor
) -> Attribution:
    return Attribution(
        source=(*sentence.tokens, EOS),
        target=(*target.tokens, EOS),
        values=values.double().cpu().numpy(),
        log_probs=log_probs.double().cpu().numpy(),
    )
