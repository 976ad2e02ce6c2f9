"""Names and numbers that no vocabulary knows: hidden behind placeholders, copied back after.

A word that a translation takes over as it is needs no place in a vocabulary. It is hidden as
``<name>`` or ``<number>``, and the k-th placeholder of the output stands for the k-th of the
source.
"""

from collections.abc import Sequence, Set

from explorer.text.vocabulary import Vocabulary

NAME, NUMBER = "<name>", "<number>"


def placeholder(token: str) -> str | None:
    """What may stand for the token: ``<name>`` if it begins with a capital, ``<number>``, or none.

    A token with a digit anywhere is a number.
    """
    if any(character.isdigit() for character in token):
        return NUMBER
    return NAME if token[0].isupper() else None


def hide(tokens: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tokens, placeholders for the names and numbers that the vocabulary does not know."""
    strangers = {token for token in tokens if token not in vocabulary}
    return _hidden(tokens, strangers)


def hide_shared(
    source: Sequence[str],
    target: Sequence[str],
    *,
    known: Sequence[Vocabulary],
    all_of_them: bool = False,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A sentence and its translation, what they share hidden on both sides.

    Args:
        source: The sentence's tokens.
        target: Its translation's tokens.
        known: The vocabularies of source and target. A shared name or number that one of them
            does not know is hidden, and so is one of the source's own that the first lacks.
        all_of_them: Hide known names and numbers too, so that models meet many placeholders.
    """
    both = set(source) & set(target)
    shared = {t for t in both if all_of_them or any(t not in words for words in known)}
    own = {token for token in source if token not in known[0]}
    return _hidden(source, shared | own), _hidden(target, shared)


def restore(
    tokens: Sequence[str], *, source: Sequence[str], hidden: Sequence[str]
) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The output with the source's words for its placeholders, and which those are.

    Args:
        tokens: The output as the model wrote it.
        source: The source's tokens.
        hidden: The same, as `hide` left them. If the output has more placeholders of a kind, the
            last one of the kind is copied again; if the source has none, they stay.
    """
    waiting = {
        kind: [word for word, seen in zip(source, hidden, strict=True) if seen == kind]
        for kind in (NAME, NUMBER)
    }
    copied = tuple(bool(waiting.get(token)) for token in tokens)
    written = []
    for token, copy in zip(tokens, copied, strict=True):
        words = waiting[token] if copy else [token]
        written.append(words.pop(0) if len(words) > 1 else words[0])
    return tuple(written), copied


def _hidden(tokens: Sequence[str], strangers: Set[str]) -> tuple[str, ...]:
    return tuple((token in strangers and placeholder(token)) or token for token in tokens)
