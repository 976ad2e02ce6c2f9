"""The code that stands on the wall, and the key that leads."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is mistaken for something else when it is read off a wall: 0 O, 1 I L, U V."""
LENGTH = 7


def new_code() -> str:
    """A code that cannot be guessed in the attempts that are allowed: one of 2 · 10¹⁰."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def new_key() -> str:
    """A key of 192 bits that nobody types: it leads, or stands for a person in a class."""
    return secrets.token_urlsafe(24)


def read_code(text: str) -> str | None:
    """A code as someone has typed it; None where it is none."""
    code = "".join(text[: 4 * LENGTH].split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
