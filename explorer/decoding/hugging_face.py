"""A Hugging Face model as a scorer: encoder–decoder, or causal. Needs no more than the model.

The model is called as its library documents it, so the library is needed by whoever loads the
model, and not here. A step reads whole prefixes again, padded to the right, which a causal decoder
does not see: prefixes of several lengths can share a batch, at the price that a search of T steps
reads T² / 2 tokens. The probabilities are the model's own; of what its `generate` adds (forced,
banned or minimal tokens), nothing is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.errors import ExplorerError

PROMPT = -1
"""What stands before the first token that a causal model predicts: its prompt."""


@dataclass(frozen=True)
class Prompted:
    """The state of N prefixes.

    Args:
        prefixes: The tokens that the decoder reads, (N,) rows.
        sources: The source of each, (N,).
        encoded: Of the B sources: hidden states (B, S, H) and which of the S places are real,
            (B, S); None for a causal model.
    """

    prefixes: tuple[tuple[int, ...], ...]
    sources: Tensor
    encoded: tuple[Tensor, Tensor] | None

    def select(self, rows: Tensor) -> "Prompted":
        """The state of the prefixes ``rows``, in that order."""
        prefixes = tuple(self.prefixes[row] for row in rows.tolist())
        return replace(self, prefixes=prefixes, sources=self.sources[rows])

    def joined(self, others: "Sequence[Prompted]") -> "Prompted":
        """The state of these prefixes and then of the others'; all have the same sources."""
        prefixes = sum((other.prefixes for other in others), self.prefixes)
        sources = torch.cat([self.sources, *(other.sources for other in others)])
        return replace(self, prefixes=prefixes, sources=sources)


@dataclass(frozen=True)
class HuggingFaceScorer:
    """Scores a model's tokens given token numbers: a source's, or a prompt's.

    Args:
        model: A `PreTrainedModel` of `transformers` that has a language-model head, in eval mode.
        tokenizer: Says what tokens are called, if given.
    """

    model: Any
    tokenizer: Any = None

    @property
    def begin(self) -> int:
        """The token that the decoder reads first; `PROMPT` for a causal model."""
        if not self.model.config.is_encoder_decoder:
            return PROMPT
        return self._configured("decoder_start_token_id")

    @property
    def end(self) -> int:
        """The model's ``eos_token_id``, the first if there are several."""
        return self._configured("eos_token_id")

    def word(self, token: int) -> str:
        """What the tokenizer calls the token; its number without one."""
        if self.tokenizer is None or token == PROMPT:
            return str(token)
        return str(self.tokenizer.convert_ids_to_tokens(token))

    def start(self, sources: Sequence[Sequence[int]]) -> Prompted:
        """The state of an empty prefix of each source, which has at least one token."""
        if not all(sources):
            raise ExplorerError("A model needs at least one token to begin with.")
        numbers = torch.arange(len(sources))
        if not self.model.config.is_encoder_decoder:
            return Prompted(tuple(map(tuple, sources)), numbers, None)
        ids, real = self._padded(sources)
        encoded = self.model.get_encoder()(input_ids=ids, attention_mask=real)
        hidden = encoded.last_hidden_state  # (B, S, H)
        return Prompted(((),) * len(sources), numbers, (hidden, real))

    def step(self, state: Prompted, tokens: Tensor) -> tuple[Tensor, Prompted]:
        """The log-probabilities (N, V) after reading ``tokens``, (N,), and the state then."""
        read = tuple(
            prefix if token == PROMPT else (*prefix, token)
            for prefix, token in zip(state.prefixes, tokens.tolist(), strict=True)
        )
        logits = self._logits(read, state)  # (N, T, V)
        last = torch.tensor([len(prefix) - 1 for prefix in read], device=logits.device)
        rows = torch.arange(len(read), device=logits.device)
        log_probs = logits[rows, last].float().log_softmax(-1)
        return log_probs.cpu(), replace(state, prefixes=read)

    def _logits(self, read: Sequence[Sequence[int]], state: Prompted) -> Tensor:
        ids, real = self._padded(read)
        if state.encoded is None:
            given = self.model(input_ids=ids, attention_mask=real, use_cache=False)
        else:
            hidden, seen = (part[state.sources.to(part.device)] for part in state.encoded)
            given = self.model(
                encoder_outputs=(hidden,),
                attention_mask=seen,
                decoder_input_ids=ids,
                decoder_attention_mask=real,
                use_cache=False,
            )
        logits: Tensor = given.logits
        return logits

    def _padded(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Token numbers side by side, (N, T), and which of them are real, (N, T) of 0 and 1."""
        ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
        lengths = torch.tensor([len(row) for row in rows])
        real = (torch.arange(ids.shape[1]) < lengths[:, None]).long()
        return ids.to(self.model.device), real.to(self.model.device)

    def _configured(self, name: str) -> int:
        """A token number of the model's configuration."""
        for config in (getattr(self.model, "generation_config", None), self.model.config):
            value = getattr(config, name, None)
            if value is not None:
                return int(value[0] if isinstance(value, list | tuple) else value)
        raise ExplorerError("The model's configuration does not say its {name}.", name=name)
