"""What `generate` of Hugging Face keeps to besides a model's probabilities, as far as we do."""

import reprlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from explorer.errors import ExplorerError


@dataclass(frozen=True)
class Rules:
    """What may come, masked after the normalisation, as `generate` does in a beam search.

    Args:
        ends: The tokens that end a sequence, at least one. A search has one end: it is the first of
            these, and is worth what the likeliest of them is.
        forced: The tokens with which every output begins, at no cost.
        banned: Tokens that never come.
        banned_first: Tokens that do not come as the first that is not forced.
    """

    ends: tuple[int, ...]
    forced: tuple[int, ...]
    banned: tuple[int, ...]
    banned_first: tuple[int, ...]

    @classmethod
    def of(
        cls,
        model: Any,
        *,
        ends: Iterable[int] | int | None,
        forced: Iterable[int] | int | None,
        banned: Iterable[int] | int | None,
        banned_first: Iterable[int] | int | None,
    ) -> "Rules":
        """Those given; what is None as the model's generation configuration has it.

        A beginning is forced by the configuration of encoder–decoders alone: that of a causal model
        is its prompt.

        Raises:
            ExplorerError: It does not say what ends a sequence.
        """
        end = token_numbers(configured(model, "eos_token_id"))
        if not (end if ends is None else token_numbers(ends)):
            raise unsaid("eos_token_id")
        first = token_numbers(configured(model, "forced_bos_token_id")) if encodes(model) else ()
        return cls(
            ends=end if ends is None else token_numbers(ends),
            forced=first if forced is None else token_numbers(forced),
            banned=_banned(model, end) if banned is None else token_numbers(banned),
            banned_first=token_numbers(
                configured(model, "begin_suppress_tokens") if banned_first is None else banned_first
            ),
        )

    def apply(self, log_probs: Tensor, written: Tensor) -> Tensor:
        """The log-probabilities (N, V), changed in place, where ``written``, (N,), tokens came."""
        if self.banned:
            log_probs[:, list(self.banned)] = -torch.inf
        if self.banned_first:
            rows = (written == len(self.forced)).nonzero()  # (F, 1)
            log_probs[rows, torch.tensor(self.banned_first)] = -torch.inf
        for place, token in enumerate(self.forced):
            rows = (written == place).nonzero()[:, 0]
            log_probs[rows] = -torch.inf
            log_probs[rows, token] = 0.0
        # Last, so that an end that may not come, or has to, counts as what it is.
        end, *others = self.ends
        if others:
            log_probs[:, end] = log_probs[:, list(self.ends)].amax(1)
            log_probs[:, others] = -torch.inf
        return log_probs

    def check(self, vocabulary: int) -> None:
        """Hold the tokens against the size of a vocabulary.

        Raises:
            ExplorerError: One of them is none of it.
        """
        named = {"ends": self.ends, "forced": self.forced, "banned": self.banned}
        for name, tokens in (*named.items(), ("banned_first", self.banned_first)):
            for token in tokens:
                if not 0 <= token < vocabulary:
                    raise ExplorerError(
                        "The model's tokens are numbered 0 to {last}, so {name} cannot "
                        "contain {token}.",
                        last=vocabulary - 1,
                        name=name,
                        token=token,
                    )


def encodes(model: Any) -> bool:
    """Whether it is an encoder–decoder."""
    return bool(getattr(getattr(model, "config", None), "is_encoder_decoder", False))


def configured(model: Any, *names: str) -> Any:
    """The first of these that the model's configuration says; None if it says none of them."""
    configs = [getattr(model, name, None) for name in ("generation_config", "config")]
    values = (getattr(config, name, None) for name in names for config in configs)
    return next((value for value in values if value is not None), None)


def unsaid(name: str) -> ExplorerError:
    """That the configuration does not say what a search cannot do without."""
    return ExplorerError("The model's configuration does not specify {name}.", name=name)


def _banned(model: Any, ends: Collection[int]) -> tuple[int, ...]:
    """Suppressed tokens, and bad words of one token; as in `generate`, an end is no bad word."""
    words: Iterable[Sequence[int]] = configured(model, "bad_words_ids") or ()
    bad = [word[0] for word in words if len(word) == 1 and word[0] not in ends]
    return (*token_numbers(configured(model, "suppress_tokens")), *bad)


def token_numbers(value: Any) -> tuple[int, ...]:
    """A token number, or several, or none.

    Raises:
        ExplorerError: It is none of these.
    """
    if value is None:
        return ()
    try:
        return tuple(map(int, value)) if isinstance(value, Iterable) else (int(value),)
    except (TypeError, ValueError):
        raise ExplorerError(
            "A token must be a whole number, and several tokens a list of whole numbers; not "
            "{given}.",
            given=reprlib.repr(value),
        ) from None
