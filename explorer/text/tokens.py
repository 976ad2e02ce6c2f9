"""Cuts a text into tokens. Knows nothing of vocabularies or models."""


def characters(text: str) -> tuple[str, ...]:
    """Every character of ``text`` as a token: case, punctuation and newlines are kept."""
    return tuple(text)
