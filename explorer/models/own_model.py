"""Saves a reader's own language model: torch's modules become weights and a card."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import nn

from explorer.errors import ExplorerError
from explorer.models import checkpoint
from explorer.models.card import Card
from explorer.models.network import parameters
from explorer.models.own_modules import model_of
from explorer.text.tokenisation import Kind, Tokenisation
from explorer.text.vocabulary import UNKNOWN

_MARK = re.compile(r"<[^<>]+>|\[[^\[\]]+\]")  # what readers call tokens that are no text
_MOST_VOCABULARY = 1 << 20  # bytes of the tokens; a card has room for four times as many


def save(
    modules: Mapping[str, nn.Module | None],
    vocabulary: Sequence[str] | Mapping[str, int] | int,
    path: str | Path,
    *,
    kind: Kind | None = None,
    unknown: str | None = None,
    begin: str | None = None,
    end: str | None = None,
) -> Card:
    """Write a language model of your own into a folder, as `load` and the pages open it.

    For example::

        parts = {"embedding": net.embedding, "rnn": net.gru, "head": net.out}
        explorer.save(parts, [" ", "a", "b"], "models/mine")

    The model reads tokens one after another, each predicted from those before it: the embedding
    of a token, or its one-hot vector, goes into the recurrent layers from a state of zeros, and
    the head gives the scores of the next token.

    Args:
        modules: By the names ``"embedding"``, an ``nn.Embedding``, left out where tokens are read
            one-hot; ``"rnn"``, an ``nn.RNN`` (tanh), ``nn.GRU``, ``nn.LSTM`` or ``BookGRU`` of one
            direction and any number of layers; ``"head"``, an ``nn.Linear`` from H to V, whose
            weights may be the embedding's. They are left as they are.
        vocabulary: The V tokens by number, as texts in order or as a mapping from text to number;
            or V, where tokens are numbers.
        path: The folder, which is made if it is not there. Its name is the model's.
        kind: What a token of a text is: ``"characters"``, ``"words"`` between blanks, or
            ``"numbers"``. If not given: numbers where the vocabulary is V; characters where every
            token is one, but for marks such as ``<s>`` or ``[PAD]``; else words.
        unknown: The token that stands for every one that is not in the vocabulary; ``<unk>`` if
            that is there. Without one, texts with other tokens are refused.
        begin: The token that stands before every text, if the model was trained so.
        end: The token that ends what the model writes.

    Returns:
        The card that was written.

    Raises:
        ExplorerError: The modules are of other kinds, do not fit each other or the vocabulary, are
            too large, or compute something else than the same weights in plain layers; weights
            are not finite; or the folder cannot be written.
    """
    tokens = _tokens(vocabulary)
    _check_texts(tokens)
    unknown = UNKNOWN if unknown is None and UNKNOWN in tokens else unknown
    if kind is None:
        short = all(len(token) == 1 or _MARK.fullmatch(token) for token in tokens)
        kind = "numbers" if isinstance(vocabulary, int) else "characters" if short else "words"
    tokenisation = Tokenisation(kind, unknown, begin, end)
    _check_reserved(tokens, tokenisation)
    model = model_of(modules, len(tokens))
    folder = Path(path)
    card = Card(
        name=folder.resolve().name,
        task="language model",
        architecture=model.architecture,
        vocabulary=tokens,
        tokenisation=tokenisation,
        parameters=parameters(model),
        stored="float32",
        sha256="",
    )
    return checkpoint.save(folder, model, card)


def _tokens(vocabulary: Sequence[str] | Mapping[str, int] | int) -> tuple[str, ...]:
    if isinstance(vocabulary, int):
        return tuple(map(str, range(vocabulary)))
    if isinstance(vocabulary, Mapping):
        if sorted(vocabulary.values()) != [*range(len(vocabulary))]:
            raise ExplorerError(
                "The numbers of the vocabulary must be 0 to {last}, each once.",
                last=len(vocabulary) - 1,
            )
        return tuple(sorted(vocabulary, key=vocabulary.__getitem__))
    return tuple(vocabulary)


def _check_texts(tokens: tuple[str, ...]) -> None:
    """Different texts, not too long, as a card can have them."""
    wrong = next((t for t in tokens if not isinstance(t, str) or not _is_text(t)), None)
    if wrong is not None or len({*tokens}) != len(tokens) or not tokens:
        raise ExplorerError(
            "A vocabulary is of different texts, none of them empty; this one is not: {token}",
            token=repr(wrong if wrong is not None else _twice(tokens))[:60],
        )
    if sum(len(token.encode()) for token in tokens) > _MOST_VOCABULARY:
        raise ExplorerError(
            "The vocabulary has more than {most} bytes of text.", most=_MOST_VOCABULARY
        )


def _check_reserved(tokens: tuple[str, ...], tokenisation: Tokenisation) -> None:
    """The tokens that mean something of their own are there, and are different ones."""
    for name in ("unknown", "begin", "end"):
        token = getattr(tokenisation, name)
        if token is not None and token not in tokens:
            raise ExplorerError(
                "The vocabulary has no token “{token}”, which is given as {name}.",
                token=token,
                name=name,
            )
    own = [t for t in (tokenisation.unknown, tokenisation.begin, tokenisation.end) if t]
    if len({*own}) < len(own):
        raise ExplorerError("The tokens for unknown, begin and end must be different ones.")


def _is_text(token: str) -> bool:
    try:
        return bool(token.encode()) and len(token) <= 10_000
    except UnicodeEncodeError:
        return False


def _twice(tokens: tuple[str, ...]) -> str:
    return next((t for n, t in enumerate(tokens) if t in tokens[:n]), "")
