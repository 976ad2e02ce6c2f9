"""A Hugging Face model as a scorer: encoder–decoder, or causal. Needs no more than the model.

The model is called as its library documents it, so the library is needed by whoever loads the
model, and not here. Where it has a cache whose rows can be reordered, a step reads one token of
each prefix. Where it has none, and where prefixes of several lengths share a batch (exact search),
a step reads whole prefixes again, padded to the right, which a causal decoder does not see; a
search of T steps then reads T² / 2 tokens. At the first search a few short passes show whether the
model is causal as it is called, and whether its cache gives what a plain pass gives.

The probabilities are the model's own. Of what its `generate` adds, `Rules` are kept to: all tokens
that end a sequence, tokens that are forced at its beginning, and tokens that may not come. Nothing
is done of the rest: minimal lengths, a forced end, penalties of repetition, banned sequences of
several tokens.
"""

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.decoding.adapters.hugging_face_cache import PrefixCache, fits
from explorer.decoding.adapters.hugging_face_rules import (
    Rules,
    configured,
    encodes,
    token_numbers,
    unsaid,
)
from explorer.decoding.adapters.hugging_face_state import EncodedSources, HuggingFaceState
from explorer.errors import ExplorerError

PROMPT = -1
"""What stands before the first token that a causal model predicts: its prompt."""

CACHES = ("past_key_values", "cache_params")
"""What models call their cache; a call takes one of them."""

Tokens = Sequence[Sequence[int]]


@dataclass(frozen=True)
class HuggingFaceScorer:
    """Scores a model's tokens given token numbers: a source's, or a prompt's.

    What is None of the rules is read from the model's generation configuration.

    Args:
        model: A `PreTrainedModel` of `transformers` that has a language-model head, in eval mode.
        tokenizer: Says what tokens are called, if given.
        ends: The tokens that end a sequence. A search has one end: it is the first of these, and
            is worth what the likeliest of them is.
        forced: The tokens with which every output begins, after the one that the decoder starts
            with. As in `generate` they cost nothing, and count in the length.
        banned: Tokens that never come.
        banned_first: Tokens that do not come as the first that is not forced.
    """

    model: Any
    tokenizer: Any = None
    ends: Iterable[int] | int | None = None
    forced: Iterable[int] | int | None = None
    banned: Iterable[int] | int | None = None
    banned_first: Iterable[int] | int | None = None

    @property
    def begin(self) -> int:
        """The token that the decoder reads first; `PROMPT` for a causal model."""
        if not encodes(self.model):
            return PROMPT
        first = configured(self.model, "decoder_start_token_id", "bos_token_id")
        if first is None:
            raise unsaid("decoder_start_token_id")
        return int(first[0] if isinstance(first, list | tuple) else first)

    @property
    def end(self) -> int:
        """The token that stands for all that end a sequence."""
        return self.rules.ends[0]

    @cached_property
    def rules(self) -> Rules:
        """What may come, as given or configured when it is first asked for."""
        return Rules.of(
            self.model,
            ends=self.ends,
            forced=self.forced,
            banned=self.banned,
            banned_first=self.banned_first,
        )

    @property
    def rounding(self) -> float:
        """The relative precision that the model computes in."""
        return float(torch.finfo(self.model.dtype).eps)

    def word(self, token: int) -> str:
        """What the tokenizer calls the token; its number without one."""
        if self.tokenizer is None or token == PROMPT:
            return str(token)
        return str(self.tokenizer.convert_ids_to_tokens(token))

    def start(self, sources: Tokens) -> HuggingFaceState:
        """The state of an empty prefix of each source, which has at least one token.

        Raises:
            ExplorerError: A source has no token; or the model is in training mode, cannot be called
                in this way, is not causal, or does not say how a sequence begins or ends.
        """
        prompts = [token_numbers(source) for source in sources]
        if not all(prompts):
            raise ExplorerError("A model needs at least one token to start from.")
        if getattr(self.model, "training", False):
            raise ExplorerError("The model is in training mode: call its eval() before a search.")
        if self._keeps is None:
            raise ExplorerError(
                "The model {model} is not causal as called: later tokens change its predictions "
                "for earlier ones. A search needs a causal decoder; some models become one with "
                "a setting, such as is_decoder=True for BERT.",
                model=type(self.model).__name__,
            )
        return self._begun(prompts)

    def step(self, state: HuggingFaceState, tokens: Tensor) -> tuple[Tensor, HuggingFaceState]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then.

        Raises:
            ExplorerError: The model's call fails.
        """
        read = tuple(
            prefix if token == PROMPT else (*prefix, token)
            for prefix, token in zip(state.prefixes, tokens.tolist(), strict=True)
        )
        logits, cached = self._logits(read, state, keep=bool(self._keeps))
        written = torch.tensor([len(prefix) for prefix in read]) - state.begun[state.sources]
        log_probs = self.rules.apply(_normalised(logits), written)
        return log_probs, replace(state, prefixes=read, cached=cached)

    @torch.inference_mode()
    def alone(self, source: Sequence[int], tokens: Sequence[int]) -> tuple[float, ...]:
        """The log-probabilities of a whole sequence's tokens, by one pass without a cache."""
        state = self._begun([token_numbers(source)])
        first = (*state.prefixes[0], *([self.begin] if encodes(self.model) else []))
        logits = self._plain([[*first, *tokens[:-1]]], state)[0, len(first) - 1 :]  # (T, V)
        log_probs = self.rules.apply(_normalised(logits), torch.arange(len(tokens)))
        found: list[float] = log_probs[torch.arange(len(tokens)), torch.tensor(tokens)].tolist()
        return tuple(found)

    def _begun(self, sources: Tokens) -> HuggingFaceState:
        numbers = torch.arange(len(sources))
        if not encodes(self.model):
            lengths = torch.tensor([len(source) for source in sources])
            return HuggingFaceState(tuple(map(tuple, sources)), numbers, lengths, None)
        ids, real = self._padded(sources)
        output = _call(self.model.get_encoder(), input_ids=ids, attention_mask=real)
        begun = torch.ones_like(numbers)
        return HuggingFaceState(
            ((),) * len(sources), numbers, begun, EncodedSources(output, ids, real)
        )

    def _logits(
        self, read: Tokens, state: HuggingFaceState, *, keep: bool
    ) -> tuple[Tensor, PrefixCache | None]:
        """The logits (N, V) after prefixes, and what the model keeps of them if it shall."""
        lengths = torch.tensor([len(prefix) for prefix in read])
        keep = keep and bool((lengths == lengths[0]).all())  # none of them is padded
        cache = state.cached.fresh() if keep and state.cached is not None else None
        ids, real = self._padded(read)
        given = self._called(ids if cache is None else ids[:, -1:], real, state, cache, keep=keep)
        kept = next((given[name] for name in CACHES if name in given), None) if keep else None
        last = (lengths if cache is None else torch.ones_like(lengths)).to(ids.device) - 1
        logits = given.logits[torch.arange(len(read), device=ids.device), last]
        return logits, PrefixCache.of(kept, state.sources) if fits(kept) else None

    def _plain(self, read: Tokens, state: HuggingFaceState) -> Tensor:
        """The logits (N, T, V) at every place of prefixes, in one pass."""
        logits: Tensor = self._called(*self._padded(read), state, None, keep=False).logits
        return logits

    def _called(
        self, ids: Tensor, real: Tensor, state: HuggingFaceState, cache: Any, *, keep: bool
    ) -> Any:
        """What the model gives for decoder tokens, (N, T), after those that the cache holds.

        Where it has a cache nothing is padded, and it is given no mask.
        """
        encoded = state.encoded.given(state.sources) if state.encoded else {}
        of = "decoder_" if encoded else ""
        given = {f"{of}input_ids": ids, "use_cache": keep}
        given |= (
            dict.fromkeys(CACHES, cache) if cache is not None else {f"{of}attention_mask": real}
        )
        return _call(self.model, **given, **encoded)

    def _padded(self, rows: Tokens) -> tuple[Tensor, Tensor]:
        """Token numbers side by side, (N, T), and which of them are real, (N, T) of 0 and 1."""
        ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
        lengths = torch.tensor([len(row) for row in rows])
        real = (torch.arange(ids.shape[1]) < lengths[:, None]).long()
        return ids.to(self.model.device), real.to(self.model.device)

    @cached_property
    @torch.inference_mode()
    def _keeps(self) -> bool | None:
        """Whether the model's cache gives what plain passes give; None if it is not causal.

        Rounding is told from a fault by what a token matters: half of the model's digits.
        """
        token, other = self._two_tokens()
        state = self._begun([[token]])
        first = token if state.encoded is None else self.begin
        plain = self._plain([[first, token, token], [first, token, other]], state.select(_TWO))
        self.rules.check(plain.shape[-1])
        near = torch.finfo(plain.dtype).eps ** 0.5
        matters = _apart(plain[0, -1], plain[1, -1])
        if _apart(plain[0, :-1], plain[1, :-1]) > near * matters:
            return None
        found = self._stepwise(state, first, token, other)
        rounding = near * matters + 16 * near**2 * plain.abs().max().item()
        return found is not None and _apart(found, plain[:, -1]) <= rounding

    def _two_tokens(self) -> tuple[int, int]:
        """Two of the model's tokens that mean nothing in particular, as far as it has such."""
        special = {*self.rules.ends, configured(self.model, "pad_token_id"), self.begin}
        size = self.model.get_input_embeddings().weight.shape[0]
        plain = [token for token in range(min(size, 50)) if token not in special]
        return (plain or [self.end])[0], (plain or [self.end])[-1]

    def _stepwise(
        self, state: HuggingFaceState, first: int, token: int, other: int
    ) -> Tensor | None:
        """The last logits, (2, V), of two sequences by reordered steps; None without a cache."""
        try:
            _, cached = self._logits([[first]], state, keep=True)
            if cached is None:
                return None
            two = replace(state, cached=cached).select(_TWO)
            self._logits([[first, other], [first, other]], two, keep=True)  # must change nothing
            _, cached = self._logits([[first, other], [first, token]], two, keep=True)
            two = replace(two, cached=cached).select(torch.tensor([1, 1]))
            both = [[first, token, token], [first, token, other]]
            return self._logits(both, two, keep=True)[0]
        except Exception:  # a cache that cannot be used so is not used
            return None


_TWO = torch.tensor([0, 0])


def _apart(one: Tensor, other: Tensor) -> float:
    return (one.float() - other.float()).abs().max().item()


def _normalised(logits: Tensor) -> Tensor:
    return logits.float().log_softmax(-1).cpu()


def _call(module: Any, **given: Any) -> Any:
    """Call a module with what it takes of the arguments.

    Raises:
        ExplorerError: It fails, or gives neither logits nor hidden states.
    """
    takes = inspect.signature(module.forward).parameters
    anything = any(one.kind is one.VAR_KEYWORD for one in takes.values())
    some = {name: value for name, value in given.items() if anything or name in takes}
    try:
        found = module(**some, return_dict=True)
    except ExplorerError:  # an intervention that this model cannot have, for one
        raise
    except Exception as error:
        raise ExplorerError(
            "The model {model} cannot be called as a language model over tokens: {error}",
            model=type(module).__name__,
            error=f"{type(error).__name__}: {error}".splitlines()[0][:200],
        ) from error
    if not hasattr(found, "logits") and "use_cache" in given:
        raise ExplorerError(
            "The model {model} returns no logits: a search needs a model with a "
            "language-model head.",
            model=type(module).__name__,
        )
    return found
